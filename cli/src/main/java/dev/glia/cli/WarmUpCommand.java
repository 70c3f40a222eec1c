package dev.glia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code glia warm-up}: does once what users begin with. The launcher makes its cache of what this
 * loads; it is of no use to anyone else.
 */
@Command(
    name = "warm-up",
    hidden = true,
    description = "Train and show a page for a moment, for the launcher's cache.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class WarmUpCommand implements Callable<Integer> {

  private static final int PATIENCE_MS = 20_000;

  @Parameters(paramLabel = "FOLDER", description = "Where a model and a picture may be written.")
  private Path folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    int status =
        execute(
            "train",
            spec.commandLine().getOut(),
            "moons",
            "--epochs",
            "50",
            "--out",
            folder.resolve("cache.safetensors").toString(),
            "--plot",
            folder.resolve("cache.png").toString());
    visitStudio();
    return status;
  }

  private static int execute(String command, PrintWriter out, String... args) {
    CommandLine line = Main.commandLine(command);
    line.setOut(out);
    String[] all = new String[args.length + 1];
    all[0] = command;
    System.arraycopy(args, 0, all, 1, args.length);
    return line.execute(all);
  }

  private static void visitStudio() throws IOException, InterruptedException {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    Thread studio =
        Thread.ofPlatform()
            .start(() -> {
              try {
                StudioCommand.show(null, false, null, writer, writer);
              } catch (IOException e) {
                Failures.say(writer, e);
              }
            });
    try {
      while (studio.isAlive() && !out.toString().contains("Ctrl-C")) {
        Thread.sleep(5);
      }
      if (studio.isAlive()) {
        URI address = URI.create(out.toString().lines().findFirst().orElseThrow());
        for (String path : List.of("/", "/api/catalog")) {
          get(address, path);
        }
      }
    } finally {
      studio.interrupt();
      studio.join();
    }
  }

  private static void get(URI address, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName(address.getHost()), address.getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(path, address.getAuthority());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
  }
}
