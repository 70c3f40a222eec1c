package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a module among modules; its launcher and its jar take the class path. */
class ModulesTest {

  /** What the command is made of, in a folder of classes or in a jar. */
  private static final List<String> PARTS =
      List.of(
          "core/",
          "csv/",
          "jdbc/",
          "parquet/",
          "plot/",
          "studio/",
          "cli/",
          "glia-",
          "picocli-",
          "fastcsv-",
          "d3-");

  @TempDir private Path folder;

  /** A training, its pictures, and a look at the studio. */
  @Test
  void theCommandRunsOnTheModulePath() throws Exception {
    List<String> command = command("--add-modules", "jdk.incubator.vector,d3");
    command.addAll(List.of("warm-up", folder.toString()));
    String output = run(command);
    assertThat(output).doesNotContain("fault", "Exception");
    assertThat(Glia.files(folder)).containsExactly("cache.png", "cache.safetensors");
  }

  @Test
  void withoutTheVectorApiItTakesTheScalarKernelAndKnowsItsVersion() throws Exception {
    List<String> command = command();
    command.add("--version");
    assertThat(run(command)).matches("glia \\d\\S+ \\(scalar kernel, Java 25.*\\)\n");
  }

  private static List<String> command(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("--module-path", modulePath()));
    command.addAll(List.of("--module", "dev.glia.cli/dev.glia.cli.Main"));
    return command;
  }

  private static String modulePath() {
    String[] path = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    return Arrays.stream(path)
        .filter(ModulesTest::isPart)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The jar's own name, or the folder of the module whose classes these are; no tests. */
  private static boolean isPart(String entry) {
    Path path = Path.of(entry);
    boolean jar = entry.endsWith(".jar");
    String name = jar ? path.getFileName().toString() : moduleOf(path) + "/";
    return (jar || path.endsWith("classes")) && PARTS.stream().anyMatch(name::startsWith);
  }

  /** Of {@code core/target/fast/classes} it is core. */
  private static String moduleOf(Path classes) {
    Path above = classes;
    while (above.getParent() != null && !above.endsWith("target")) {
      above = above.getParent();
    }
    return above.getParent() == null ? "" : above.getParent().getFileName().toString();
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code of %s: %s", command, output).isZero();
    return output
        .lines()
        .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
        .flatMap(line -> Stream.of(line, "\n"))
        .collect(Collectors.joining());
  }
}
