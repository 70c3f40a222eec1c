package dev.glia.cli;

import dev.glia.studio.Studio;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glia studio}: the page, until Ctrl-C. */
@Command(
    name = "studio",
    description = {
      "Show a page on which networks learn: train, watch, try and check every number.",
      "",
      "Prints the page's address and runs until Ctrl-C. The page is given out to this machine alone"
          + " and needs no other."
    },
    footer = {
      "",
      "Examples:",
      "  glia studio",
      "  glia studio --open",
      "  glia studio --port 9000"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class StudioCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "Where the page is: 0 for a free port; default: "
              + Studio.PORT
              + ", or a free one where that is taken.")
  private @Nullable Integer port;

  @Option(names = "--open", description = "Open the page in the browser.")
  private boolean open;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where downloaded data sets lie, in a folder each; default: GLIA_DATA, else the user's"
              + " cache folder.")
  private @Nullable Path dataDir;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandLine line = spec.commandLine();
    return show(port, open, dataDir, line.getOut(), line.getErr());
  }

  /**
   * Shows the page; without a word of picocli's, whose classes take longer to load than the studio
   * (they are too old for the launcher's cache).
   */
  static int show(
      @Nullable Integer port,
      boolean open,
      @Nullable Path dataDir,
      PrintWriter out,
      PrintWriter err)
      throws IOException {
    try (Studio studio = port == null ? Studio.start(dataDir) : Studio.startAt(port, dataDir)) {
      out.println(studio.address());
      out.flush();
      err.println("The studio is at this address until Ctrl-C.");
      if (open && !Browser.open(studio.address())) {
        err.println("There is no command here that opens a browser: open the address yourself.");
      }
      err.flush();
      stayUntilInterrupted(studio);
    }
    return 0;
  }

  /** Waits; Ctrl-C and SIGTERM end the JVM, which closes the studio first. */
  static void stayUntilInterrupted(Studio studio) {
    Thread atExit = new Thread(studio::close);
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(atExit);
    }
  }
}
