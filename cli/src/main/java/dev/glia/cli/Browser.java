package dev.glia.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The user's browser. {@code java.awt.Desktop} would need a JVM that draws windows. */
final class Browser {

  private static final int SECONDS_TO_FAIL = 2;

  private Browser() {}

  /** Opens a page; false if there is no command that does it. */
  static boolean open(URI page) {
    return open(opener(System.getProperty("os.name")), page);
  }

  /** What opens a page on an operating system. */
  static List<String> opener(String system) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler");
    }
    return List.of(name.startsWith("mac") ? "open" : "xdg-open");
  }

  private static boolean open(List<String> opener, URI page) {
    List<String> command = new ArrayList<>(opener);
    command.add(page.toString());
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      // One that goes on is the browser itself; one that failed has ended at once.
      return !process.waitFor(SECONDS_TO_FAIL, TimeUnit.SECONDS) || process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
