package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.internal.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import picocli.CommandLine;

/** The command as its users have it: run here in the tests' JVM, or as a process of its own. */
final class Glia {

  /** Longer than any of these commands takes; one that hangs shall not hang the tests. */
  private static final long PATIENCE_SECONDS = 120;

  private Glia() {}

  /** The words of a training with one small network, also where the data are a file. */
  static List<Object> simply(Object data, Object... args) {
    List<Object> words = new ArrayList<>(List.of("train", data));
    if (data instanceof Path file && !Files.isDirectory(file)) {
      words.addAll(List.of("--recipe", "simple"));
    }
    words.addAll(List.of(args));
    return words;
  }

  /** What a command did. */
  record Run(int status, String out, String err) {

    /** The same run, which must have been a success. */
    Run ok() {
      assertThat(status).as(this::toString).isZero();
      return this;
    }

    /**
     * Checks that the command failed with a single sentence of the given words, as users shall see
     * it, and printed no result.
     */
    void fails(int expectedStatus, String... words) {
      assertThat(status).as(this::toString).isEqualTo(expectedStatus);
      assertThat(err).doesNotContain("Exception", "\tat ", "fault in Glia", "null");
      List<String> sentences = err.lines().filter(line -> line.startsWith("glia: ")).toList();
      assertThat(sentences).as(this::toString).hasSize(1);
      assertThat(sentences.getFirst()).contains(words);
    }

    /** The lines of {@code --json}, each of which must be an object. */
    List<Map<?, ?>> objects() {
      List<Map<?, ?>> objects = new ArrayList<>();
      for (String line : out.lines().toList()) {
        assertThat(Json.read(line)).isInstanceOf(Map.class);
        objects.add((Map<?, ?>) Json.read(line));
      }
      return objects;
    }

    /** The objects of one kind of event. */
    List<Map<?, ?>> events(String event) {
      return objects().stream().filter(object -> event.equals(object.get("event"))).toList();
    }

    /** A field of all events of one kind. */
    List<Object> values(String event, String field) {
      return events(event).stream().<Object>map(object -> object.get(field)).toList();
    }

    /** The last line of {@code train --json}. */
    Map<?, ?> result() {
      return events("result").getFirst();
    }

    /** The losses of all logged epochs. */
    List<Object> losses() {
      return events("epoch").stream()
          .flatMap(epoch -> Stream.<Object>of(epoch.get("loss"), epoch.get("val_loss")))
          .toList();
    }
  }

  /** Runs a command in this JVM. */
  static Run run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int status = line.execute(texts(args).toArray(String[]::new));
    return new Run(status, out.toString(), err.toString());
  }

  /** What starts a command in a JVM of its own. */
  static List<String> command(List<String> jvmOptions, Object... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+IgnoreUnrecognizedVMOptions"));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(texts(args));
    return command;
  }

  /** Runs a command in a JVM of its own, in a folder. */
  static Run runIn(Path folder, Object... args) throws IOException, InterruptedException {
    return finish(new ProcessBuilder(command(List.of(), args)).directory(folder.toFile()).start());
  }

  /** Waits for a process and takes what it printed. */
  static Run finish(Process process) throws IOException, InterruptedException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try (var stream = process.getErrorStream()) {
                stream.transferTo(err);
              } catch (IOException e) {
                err.writeBytes(e.toString().getBytes(StandardCharsets.UTF_8));
              }
            });
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      Assertions.fail("The command did not end: " + process.info());
    }
    reader.join();
    // What the JVM itself says of an incubator module is not the command's.
    String said =
        err.toString(StandardCharsets.UTF_8)
            .replaceFirst("WARNING: Using incubator modules: .*\\R", "");
    return new Run(process.exitValue(), out, said);
  }

  private static List<String> texts(Object... args) {
    return Stream.of(args).map(String::valueOf).toList();
  }

  /** A file that lies beside the repository; without it the test is skipped, but not in CI. */
  static Path shared(String path) {
    Path found = Path.of(System.getProperty("glia.shared", "../shared")).resolve(path).normalize();
    if (!Files.exists(found)) {
      String message = found + " is not there: -Dglia.shared=DIR says where the folder lies.";
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      Assumptions.abort(message);
    }
    return found.toAbsolutePath();
  }

  /** The names of all files in a folder and below, in order. */
  static List<String> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }
}
