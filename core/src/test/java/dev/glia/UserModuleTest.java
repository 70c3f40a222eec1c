package dev.glia;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.network.Network;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A module of somebody else's on core's: what it can and cannot see. */
class UserModuleTest {

  @TempDir private Path folder;

  @Test
  void aUsersOwnActivationAndLayerRunInAModuleWithAndWithoutTheVectorApi() throws Exception {
    assertThat(compile(sources())).isEmpty();
    String[] scalar = run().split(";", -1);
    String[] vector = run("--add-modules", "jdk.incubator.vector").split(";", -1);
    assertThat(scalar[0]).isEqualTo("scalar");
    assertThat(vector[0]).startsWith("vector ");
    assertThat(scalar[1]).as("the gradients are right").isEqualTo("true");
    assertThat(vector[1]).isEqualTo("true");
    assertThat(vector[2]).as("the loss").isEqualTo(scalar[2]);
    assertThat(scalar[3])
        .as("a record in a package that is not open")
        .isEqualTo(
            "The component x1 of Point cannot be read: open its package to dev.glia.core, or give"
                + " a Map.");
    assertThat(scalar[4]).as("a Map").isIn("0", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel.Kernels", "json.Json", "io.WholeFile", "text.OutsideText"})
  void itCannotSeeInternals(String internal) throws Exception {
    Path spy = folder.resolve("Spy.java");
    Files.writeString(spy, "package user; class Spy { dev.glia.internal." + internal + " it; }");
    List<Path> sources = new ArrayList<>(sources());
    sources.add(spy);
    String name = internal.substring(0, internal.indexOf('.'));
    assertThat(compile(sources)).contains("dev.glia.internal." + name + " is not visible");
  }

  private static List<Path> sources() throws IOException, URISyntaxException {
    Path root = Path.of(UserModuleTest.class.getResource("/user-module").toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  /** What the compiler complains of; its classes lie in the folder. */
  private String compile(List<Path> sources) throws IOException, URISyntaxException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter output = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-Xlint:all,-incubating",
              "--module-path",
              core().toString(),
              "-d",
              classes().toString());
      compiler
          .getTask(output, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    return output.toString();
  }

  private String run(String... options)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("--module-path");
    command.add(core() + System.getProperty("path.separator") + classes());
    command.addAll(List.of("--module", "user/user.Main"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code of %s", command).isZero();
    return output.strip();
  }

  private Path classes() {
    return folder.resolve("classes");
  }

  private static Path core() throws URISyntaxException {
    return Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
