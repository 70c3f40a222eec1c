package dev.glia.cli;

import dev.glia.cli.option.DataOptions;
import dev.glia.cli.option.Downloads;
import dev.glia.cli.terminal.OutputOptions;
import dev.glia.cli.terminal.Terminal;
import dev.glia.cli.terminal.TextTable;
import dev.glia.csv.Csv;
import dev.glia.csv.CsvOptions;
import dev.glia.internal.json.Json;
import dev.glia.internal.text.Format;
import dev.glia.source.BuiltIn;
import dev.glia.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glia data}: the data sets that Glia knows. */
@Command(
    name = "data",
    description = "List the data sets, download one, or write one as CSV.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DataCommand.ListCommand.class,
      DataCommand.FetchCommand.class,
      DataCommand.WriteCommand.class
    })
final class DataCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Expected one of: list, fetch NAME, write NAME.");
  }

  /** {@code glia data list}. */
  @Command(
      name = "list",
      description = "List the data sets.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class ListCommand implements Callable<Integer> {

    @Mixin private OutputOptions output;

    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        description = "Where downloaded data sets lie.")
    private @Nullable Path dataDir;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      Terminal terminal = new Terminal(spec.commandLine(), output);
      TextTable table = new TextTable("name", "what it is", "where it comes from");
      for (BuiltIn builtIn : BuiltIn.all()) {
        row(terminal, table, builtIn.name(), builtIn.description(), "made by Glia");
      }
      for (String name : Downloads.NAMES) {
        row(
            terminal,
            table,
            name,
            "70,000 images of 28x28 in 10 classes",
            Downloads.isThere(name, dataDir) ? "downloaded" : "not downloaded yet");
      }
      if (!output.json) {
        table.lines().forEach(terminal::result);
      }
      return 0;
    }

    private void row(Terminal terminal, TextTable table, String name, String what, String where) {
      table.row(name, what, where);
      if (output.json) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("description", what);
        fields.put("source", where);
        terminal.result(Json.write(fields));
      }
    }
  }

  /** {@code glia data fetch}. */
  @Command(
      name = "fetch",
      description = "Download a data set, or find it already there.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class FetchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "mnist or fashion-mnist.")
    private String name;

    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        description =
            "Where downloaded data sets lie, in a folder each; default: GLIA_DATA, else the user's"
                + " cache folder.")
    private @Nullable Path dataDir;

    @Mixin private OutputOptions output;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      Terminal terminal = new Terminal(spec.commandLine(), output);
      Path folder = Downloads.fetch(name, dataDir, terminal);
      terminal.result(
          output.json ? Json.write(Map.of("folder", folder.toString())) : folder.toString());
      return 0;
    }
  }

  /** {@code glia data write}. */
  @Command(
      name = "write",
      description = "Write a data set as a CSV file with a header, the label last.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  static final class WriteCommand implements Callable<Integer> {

    @Mixin private DataOptions data;

    @Option(
        names = "--shuffle",
        negatable = true,
        fallbackValue = "true",
        description = "Whether a generator's rows come in random order.")
    private @Nullable Boolean shuffle;

    @Option(
        names = "--out",
        paramLabel = "FILE.csv",
        required = true,
        description = "Where it goes.")
    private Path out;

    @Mixin private OutputOptions output;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      Terminal terminal = new Terminal(spec.commandLine(), output);
      Table dataset = data.load(terminal, shuffle, CsvOptions.defaults());
      Csv.write(dataset, out);
      terminal.written(Format.count(dataset.rows(), "row"), "file", out);
      return 0;
    }
  }
}
