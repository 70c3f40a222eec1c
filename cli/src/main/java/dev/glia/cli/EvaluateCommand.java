package dev.glia.cli;

import dev.glia.cli.option.ChoiceConverter;
import dev.glia.cli.option.DataOptions;
import dev.glia.cli.option.ModelArgument;
import dev.glia.cli.option.SettingOptions;
import dev.glia.cli.option.ThreadOptions;
import dev.glia.cli.terminal.OutputOptions;
import dev.glia.cli.terminal.Terminal;
import dev.glia.cli.terminal.TextTable;
import dev.glia.internal.json.Json;
import dev.glia.internal.text.Format;
import dev.glia.metric.ConfusionMatrix;
import dev.glia.metric.Decision;
import dev.glia.metric.Scores;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.model.Setting;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glia evaluate}: how good a model is on a data set. */
@Command(
    name = "evaluate",
    description = "Say how good a model is on a data set: loss, accuracy, each class.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class EvaluateCommand implements Callable<Integer> {

  /** Which rows. */
  enum Part {
    ALL,
    TRAIN,
    VALIDATION,
    TEST
  }

  @Mixin private ModelArgument model;
  @Mixin private DataOptions data;
  @Mixin private SettingOptions split = new SettingOptions(Setting.Group.SPLIT);
  @Mixin private ThreadOptions threads;
  @Mixin private OutputOptions output;

  @Option(
      names = "--part",
      paramLabel = "all|train|validation|test",
      converter = PartConverter.class,
      description =
          "Which rows: all (the default), or a part of the split that glia train makes with the"
              + " same options.")
  private Part part = Part.ALL;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (part == Part.ALL && !split.given().isEmpty()) {
      throw new IllegalArgumentException(
          split.inWords()
              + " choose a part of the rows: say which with --part train or --part test.");
    }
    Terminal terminal = new Terminal(spec.commandLine(), output);
    Model loaded = model.load();
    Table dataset = rows(data.loadFor(loaded, terminal), loaded.members().size());
    loaded.preprocessing().remarks(dataset).forEach(terminal::message);
    Scores scores = loaded.evaluate(dataset, threads.compute());
    if (output.json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("event", "evaluation");
      fields.put("rows", dataset.rows());
      fields.putAll(scores.named(""));
      terminal.result(Json.write(fields));
      return 0;
    }
    terminal.result(
        "%s  loss %s  %s"
            .formatted(
                Format.count(dataset.rows(), "row"),
                Format.loss(scores.loss()),
                TrainingReport.scores(scores)));
    if (loaded.task() instanceof Classification task && !output.quiet) {
      Categories target = task.classes(dataset);
      int outputs = loaded.architecture().outputs();
      int[] predicted = Decision.classesOf(loaded.outputs(dataset), outputs);
      classes(target, ConfusionMatrix.of(target, predicted)).lines().forEach(terminal::result);
    }
    return 0;
  }

  private Table rows(Table dataset, int members) {
    if (part == Part.ALL) {
      return dataset;
    }
    Recipe recipe = split.applyTo(data.recipe(dataset).withMembers(members));
    if (members > 1 && part == Part.VALIDATION) {
      throw new IllegalArgumentException(
          "Each of the model's %d networks has other rows to validate on, which are part of --part train."
              .formatted(members));
    }
    Parts parts = recipe.split(dataset);
    Table rows =
        switch (part) {
          case ALL -> dataset;
          case TRAIN -> parts.train();
          case VALIDATION -> parts.validation();
          case TEST -> parts.test();
        };
    if (rows == null) {
      throw new IllegalArgumentException(
          "The split keeps no rows back for --part %s: say how many with --%s-fraction."
              .formatted(
                  part.name().toLowerCase(Locale.ROOT), part.name().toLowerCase(Locale.ROOT)));
    }
    return rows;
  }

  static final class PartConverter extends ChoiceConverter<Part> {
    PartConverter() {
      super(Part.class);
    }
  }

  private static TextTable classes(Categories target, ConfusionMatrix matrix) {
    TextTable table = new TextTable("class", ">rows", ">precision", ">recall");
    int[] counts = target.counts();
    for (int c = 0; c < counts.length; c++) {
      table.row(
          target.levels().get(c),
          Format.count(counts[c]),
          share(matrix.precision(c)),
          share(matrix.recall(c)));
    }
    return table;
  }

  private static String share(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
