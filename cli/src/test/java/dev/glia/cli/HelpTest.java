package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import dev.glia.cli.option.Downloads;
import dev.glia.layer.Layer;
import dev.glia.source.BuiltIn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

  private static final Pattern OPTION = Pattern.compile("--(\\[no-\\])?([a-z][a-z0-9-]*)");

  static Stream<List<String>> commands() {
    List<List<String>> commands = new ArrayList<>();
    collect(Main.commandLine(), List.of(), commands);
    return commands.stream();
  }

  private static void collect(CommandLine line, List<String> path, List<List<String>> commands) {
    commands.add(path);
    line.getSubcommands()
        .forEach((name, subcommand) -> {
          List<String> longer = new ArrayList<>(path);
          longer.add(name);
          collect(subcommand, longer, commands);
        });
  }

  private static CommandLine find(List<String> path) {
    CommandLine line = Main.commandLine();
    for (String name : path) {
      line = line.getSubcommands().get(name);
    }
    return line;
  }

  private static Run help(List<String> path, String... more) {
    List<String> args = new ArrayList<>(path);
    args.addAll(List.of(more));
    return Glia.run(args.toArray());
  }

  @Test
  void thereAreTheCommandsOfTheDesign() {
    assertThat(Main.commandLine().getSubcommands().keySet())
        .contains("train", "studio", "evaluate", "predict", "inspect", "gradcheck", "data", "plot");
    assertThat(find(List.of("data")).getSubcommands().keySet()).contains("list", "fetch", "write");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpAndParserKnowTheSameOptions(List<String> path) {
    CommandLine command = find(path);
    String help = command.getUsageMessage();
    assertThat(help(path, "--help").ok().err()).isEmpty();
    assertThat(help(path, "-h").ok().out()).contains("Usage: glia");
    Set<String> known = new HashSet<>();
    addOptions(command, known);
    for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
      assertThat(help)
          .contains(option.longestName().replace("--", option.negatable() ? "--[no-]" : "--"));
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
    }
    // Examples in the help of a command may use the options of its subcommands.
    command.getSubcommands().values().forEach(subcommand -> addOptions(subcommand, known));
    Matcher named = OPTION.matcher(help);
    while (named.find()) {
      assertThat(known).contains("--" + named.group(2));
    }
  }

  private static void addOptions(CommandLine command, Set<String> names) {
    for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
      for (String name : option.names()) {
        names.add(name);
        if (option.negatable()) {
          names.add(name.replace("--", "--no-"));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsATerminalOf80Columns(List<String> path) {
    assertThat(help(path, "--help").out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void helpNamesEveryDataSet() {
    String help = help(List.of("train"), "--help").out().replaceAll("\\s+", " ");
    String names = String.join(", ", BuiltIn.all().stream().map(BuiltIn::name).toList());
    assertThat(help).contains(names.replace(", digits", " or digits"));
    assertThat(help).contains(String.join(" or ", Downloads.NAMES));
  }

  @Test
  void helpNamesEveryLayerWithItsNumbers() {
    String help = help(List.of("train"), "--help").out().replaceAll("\\s+", "");
    for (String name : Layer.names()) {
      assertThat(help)
          .contains(name + "(" + String.join(",", Layer.parameters(name).keySet()) + ")");
    }
  }

  @Test
  void helpIsACommandToo() {
    assertThat(Glia.run("help").ok().out()).isEqualTo(Glia.run("--help").ok().out());
    assertThat(Glia.run("help", "train").ok().out())
        .isEqualTo(Glia.run("train", "--help").ok().out());
    Glia.run("help", "fly").fails(2, "fly");
  }

  @Test
  void versionNamesTheKernel() {
    assertThat(Glia.run("--version").ok().out()).containsPattern("^glia .* kernel, Java 2\\d");
    assertThat(Glia.run("-V").ok().out()).isEqualTo(Glia.run("train", "--version").ok().out());
  }

  @Test
  void wrongUsageSaysSoAndPointsAtHelp() {
    usage("Expected a command.", "glia --help");
    usage("There is no command \"fly\".", "glia --help", "fly");
    usage("There is no command \"trian\".", "Did you mean: glia train?", "trian", "moons");
    usage("There is no option --fly.", "glia train --help", "train", "moons", "--fly");
    usage("There is no option --epoch.", "--epochs", "train", "moons", "--epoch", "3");
    usage("\"more\" is one argument too many.", "glia train --help", "train", "moons", "more");
    usage("Missing required parameter: 'DATA'", "glia train --help", "train");
    usage("Missing required option: '--out", "glia data write --help", "data", "write", "moons");
    usage("Expected one of: list, fetch NAME, write NAME.", "glia data --help", "data");
    usage("Expected one of: loss,", "glia plot --help", "plot");
    usage("should be specified only once", "--help", "train", "--epochs", "1", "--epochs", "2");
  }

  private static void usage(String sentence, String hint, Object... args) {
    Run run = Glia.run(args);
    run.fails(2, sentence);
    assertThat(run.err()).contains(hint);
    assertThat(run.out()).isEmpty();
  }
}
