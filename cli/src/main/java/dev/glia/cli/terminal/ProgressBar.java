package dev.glia.cli.terminal;

import java.util.Locale;

/** A status line that fills up; our own, as the libraries for it are larger than this file. */
public final class ProgressBar {

  private static final int CELLS = 30;
  private static final long NANOS_BETWEEN = 80_000_000; // a dozen a second is enough for an eye

  private final Terminal terminal;
  private final String what;
  private final long began = System.nanoTime();
  private long last;

  public ProgressBar(Terminal terminal, String what) {
    this.terminal = terminal;
    this.what = what;
  }

  /** Shows how far it is: done of total (-1 if unknown), in words of its own. */
  public void show(long done, long total, String words) {
    long now = System.nanoTime();
    if (!terminal.interactive() || (now - last < NANOS_BETWEEN && done != total)) {
      return;
    }
    last = now;
    if (total <= 0) {
      terminal.status(what + "  " + words);
      return;
    }
    int filled = (int) (CELLS * done / total);
    double left = (now - began) / 1e9 * (total - done) / Math.max(1, done);
    terminal.status(
        "%s [%s%s] %3d%%  %s%s"
            .formatted(
                what,
                "=".repeat(filled),
                " ".repeat(CELLS - filled),
                100 * done / total,
                words,
                done == 0 ? "" : String.format(Locale.ROOT, "  %.0f s left", left)));
  }
}
