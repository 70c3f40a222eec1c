package dev.glia.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that the programs' heads and the README give are those that the other tests run. */
class CommandsTest {

  static List<Program> programs() throws IOException {
    return Program.all();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void theProgramsHeadGivesTheCommand(Program program) throws IOException {
    assertThat(program.source().lines()).anyMatch(line -> isCommand(line, program));
  }

  private static boolean isCommand(String line, Program program) {
    return line.matches("// {3}" + program.command().replace(".", "\\.") + "( \\[[A-Z_]+])?");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void theReadmeGivesTheCommand(Program program) throws IOException {
    Path readme = Program.FOLDER.resolveSibling("README.md");
    assertThat(Files.readString(readme)).contains(program.command());
  }

  @Test
  void theClassPathIsWhereTheLauncherBuilds() throws IOException {
    assertThat(Files.readString(Program.OPTIONS)).contains(Program.CLASS_PATH);
    assertThat(Files.readString(Program.FOLDER.resolveSibling("glia")))
        .contains("-Dglia.target=target/launcher", "$root/cli/target/launcher/lib");
  }
}
