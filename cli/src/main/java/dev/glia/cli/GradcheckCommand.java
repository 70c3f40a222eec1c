package dev.glia.cli;

import dev.glia.cli.option.DataOptions;
import dev.glia.cli.option.SettingOptions;
import dev.glia.cli.option.ThreadOptions;
import dev.glia.cli.terminal.OutputOptions;
import dev.glia.cli.terminal.Terminal;
import dev.glia.cli.terminal.TextTable;
import dev.glia.compute.KernelChoice;
import dev.glia.inspection.GradientCheck;
import dev.glia.inspection.GradientCheck.Comparison;
import dev.glia.internal.json.Json;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.model.Setting;
import dev.glia.split.Parts;
import dev.glia.table.Table;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glia gradcheck}: the engine's gradients against finite differences. */
@Command(
    name = "gradcheck",
    description = {
      "Compare the gradients of an untrained network with finite differences in double"
          + " precision.",
      "Exit status 1 if they differ by more than rounding can explain."
    },
    footer = {
      "",
      "Example:",
      "  glia gradcheck blobs --layers 16:gelu,8:tanh --output softmax --loss cross_entropy"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class GradcheckCommand implements Callable<Integer> {

  @Mixin private DataOptions data;
  @Mixin private SettingOptions network = new SettingOptions(Setting.Group.NETWORK);
  @Mixin private OutputOptions output;

  @Option(
      names = "--kernel",
      paramLabel = "auto|vector|scalar",
      converter = ThreadOptions.KernelConverter.class,
      description = "The arithmetic to check; default: auto.")
  private KernelChoice kernel = KernelChoice.AUTO;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows to take; default: ${DEFAULT-VALUE}.")
  private int rows = 16;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (rows < 1) {
      throw new IllegalArgumentException("--rows must be at least 1, got " + rows + ".");
    }
    Terminal terminal = new Terminal(spec.commandLine(), output);
    Table dataset = data.load(terminal);
    Recipe recipe = network.applyTo(data.recipe(dataset));
    Parts split = recipe.split(dataset);
    Model model = new Experiment(recipe, split).untrained();
    int[] first = IntStream.range(0, Math.min(rows, split.train().rows())).toArray();
    List<Comparison> comparisons =
        GradientCheck.run(
            model.network(), model.examples(split.train().select(first)), model.loss(), kernel);
    boolean right = comparisons.stream().allMatch(Comparison::isRight);
    if (output.json) {
      comparisons.forEach(comparison -> terminal.result(Json.write(fields(comparison))));
    } else {
      TextTable table = new TextTable("layer", "parameters", ">count", ">difference", "");
      for (Comparison c : comparisons) {
        table.row(
            c.layer() + 1,
            c.name(),
            c.count(),
            String.format(Locale.ROOT, "%.1e", c.difference()),
            c.isRight() ? "ok" : "WRONG");
      }
      table.lines().forEach(terminal::result);
      terminal.message(
          right
              ? "The gradients are right."
              : "The gradients differ by more than rounding can explain: a formula is wrong.");
    }
    return right ? 0 : Failures.FAILURE;
  }

  private static Map<String, Object> fields(Comparison comparison) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("layer", comparison.layer() + 1);
    fields.put("parameters", comparison.name());
    fields.put("count", comparison.count());
    fields.put("difference", comparison.difference());
    return fields;
  }
}
