package dev.glia.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL of Debian's on a free port, with its data in a folder of its own.
 *
 * <p>It refuses to run as root: then it runs as the user postgres, whom the package has made.
 */
final class PostgresServer implements AutoCloseable {

  static final String USER = "glia";

  private static final int SECONDS = 120;

  private final Path bin;
  private final Path folder;
  private final int port;

  private PostgresServer(Path bin, Path folder, int port) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
  }

  /** Starts one; skips the test where none is installed, but in continuous integration. */
  static PostgresServer start(String password) throws IOException {
    Path bin = binaries();
    Path folder = Files.createTempDirectory("glia-postgres");
    Path secret = Files.writeString(folder.resolve("password"), password);
    if (isRoot()) {
      run(List.of("chown", "-R", "postgres", folder.toString()));
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PostgresServer server = new PostgresServer(bin, folder, port);
    server.runAsUser(
        "initdb",
        "-D",
        server.data(),
        "-U",
        USER,
        "-A",
        "scram-sha-256",
        "-E",
        "UTF8",
        "--locale=C",
        "--pwfile=" + secret,
        "--no-sync");
    server.runAsUser(
        "pg_ctl",
        "-D",
        server.data(),
        "-l",
        folder.resolve("log").toString(),
        "-w",
        "-o",
        "-p %d -h 127.0.0.1 -k '' -F".formatted(port),
        "start");
    return server;
  }

  String address() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static Path binaries() throws IOException {
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        List<Path> found =
            versions
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.exists(bin.resolve("initdb")))
                .sorted()
                .toList();
        if (!found.isEmpty()) {
          return found.getLast();
        }
      }
    }
    String message = "PostgreSQL is not there: apt-get install postgresql.";
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail(message);
    }
    Assumptions.abort(message);
    throw new AssertionError(message);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void runAsUser(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws IOException {
    Path output = Files.createTempFile("glia-postgres", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroy();
        throw new IOException(String.join(" ", command) + " failed: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(output);
    }
  }

  @Override
  public void close() throws IOException {
    runAsUser("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
