package dev.glia.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of this module's folder, started as a reader would.
 *
 * @param name without {@code .java}
 */
record Program(String name) {

  /** This module's folder. */
  static final Path FOLDER = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  /** The options that every command gives Java, by {@code @examples/jvm}. */
  static final Path OPTIONS = FOLDER.resolve("jvm");

  /** The class path in the options: where {@code ./glia} builds. */
  static final String CLASS_PATH = "-cp \"cli/target/launcher/lib/*\"";

  /** All programs. */
  static List<Program> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".java"))
          .sorted()
          .map(file -> new Program(file.substring(0, file.length() - ".java".length())))
          .toList();
    }
  }

  /** The command without arguments, as README and the program's head have it. */
  String command() {
    return "java @examples/jvm examples/" + name + ".java";
  }

  String source() throws IOException {
    return Files.readString(FOLDER.resolve(name + ".java"));
  }

  /**
   * Runs the command and waits for it. Only the class path is another one: what this build has
   * compiled, as {@code ./glia} may not have built yet.
   *
   * @param folder where the program runs and may write
   * @return the lines of its standard output
   */
  List<String> run(Path folder, String... arguments) throws IOException, InterruptedException {
    Path options = folder.resolve("jvm");
    String classPath = "-cp \"" + classPath().replace("\\", "\\\\") + "\"";
    Files.writeString(options, Files.readString(OPTIONS).replace(CLASS_PATH, classPath));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + options);
    command.add(FOLDER.resolve(name + ".java").toString());
    command.addAll(List.of(arguments));
    File out = folder.resolve("stdout").toFile();
    File err = folder.resolve("stderr").toFile();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out)
            .redirectError(err)
            .start();
    try {
      assertThat(process.waitFor()).as(() -> read(err)).isZero();
    } finally {
      process.destroyForcibly(); // where the test itself was interrupted
    }
    return Files.readAllLines(out.toPath());
  }

  /** This test's class path without this module, whose programs run from their source. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).startsWith(FOLDER))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String read(File file) {
    try {
      return Files.readString(file.toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
