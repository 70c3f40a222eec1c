package dev.glia.cli.terminal;

import dev.glia.internal.json.Json;
import dev.glia.internal.text.ShownText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/**
 * Where a command writes: results on stdout, messages and one changing status line on stderr.
 *
 * <p>The status line is there only where stderr is a terminal, which Java can't tell: the launcher
 * does, in the property {@code glia.terminal}.
 *
 * <p>Whatever a line holds of labels, cells and names of files, a terminal only shows it.
 */
public final class Terminal {

  private static final String ERASE_LINE = "\r\u001B[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean quiet;
  private final boolean json;
  private final boolean interactive;
  private boolean statusShown;

  public Terminal(CommandLine command, OutputOptions options) {
    out = command.getOut();
    err = command.getErr();
    quiet = options.quiet;
    json = options.json;
    interactive = !quiet && "yes".equals(System.getProperty("glia.terminal"));
  }

  /** Whether {@link #status} shows anything. */
  boolean interactive() {
    return interactive;
  }

  /** A line of the result. */
  public void result(String line) {
    clearStatus();
    // JSON is for programs, which want all of it; its escapes are the same.
    out.println(json ? ShownText.escaped(line) : ShownText.line(line));
    out.flush();
  }

  /** A line of the result that --quiet leaves out. */
  public void detail(String line) {
    if (!quiet) {
      result(line);
    }
  }

  /** A line for the person in front of it. */
  public void message(String line) {
    if (!quiet) {
      clearStatus();
      err.println(ShownText.line(line));
      err.flush();
    }
  }

  /** Tells a person or, with --json, a program that a file was written. */
  public void written(String what, String field, Path file) {
    if (json) {
      result(Json.write(Map.of(field, file.toString())));
    } else {
      message(what + ": " + file);
    }
  }

  /** Replaces the status line. */
  public void status(String line) {
    if (interactive) {
      err.print(ERASE_LINE + ShownText.line(line));
      err.flush();
      statusShown = true;
    }
  }

  /** Takes the status line away. */
  public void clearStatus() {
    if (statusShown) {
      err.print(ERASE_LINE);
      err.flush();
      statusShown = false;
    }
  }
}
