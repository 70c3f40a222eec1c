package dev.glia.cli;

import dev.glia.cli.option.DataOptions;
import dev.glia.cli.terminal.DigitText;
import dev.glia.cli.terminal.OutputOptions;
import dev.glia.cli.terminal.Terminal;
import dev.glia.cli.terminal.TextTable;
import dev.glia.internal.json.Json;
import dev.glia.internal.text.Format;
import dev.glia.internal.text.OutsideText;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.model.Model;
import dev.glia.network.Architecture;
import dev.glia.preprocessing.Encoding;
import dev.glia.reading.ColumnSummary;
import dev.glia.reading.ReadColumn;
import dev.glia.reading.Reading;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import dev.glia.task.Regression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glia inspect}: what is in a model or a data set. */
@Command(
    name = "inspect",
    description = {
      "Summarise a model (layers, shapes, parameters) or a data set (rows, columns, classes).",
      "An argument that ends in .safetensors is a model."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class InspectCommand implements Callable<Integer> {

  private static final int MOST_COLUMNS = 200; // a table of 784 pixels helps nobody
  private static final int MOST_LEVELS = 3; // words in a line
  private static final String BARS = "▁▂▃▄▅▆▇█";

  @Mixin private DataOptions data;
  @Mixin private OutputOptions output;

  @Option(
      names = "--row",
      paramLabel = "N",
      description = "Which image to draw, from 1; default: ${DEFAULT-VALUE}.")
  private int row = 1;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = new Terminal(spec.commandLine(), output);
    if (data.name().endsWith(".safetensors")) {
      data.refuseAll();
      inspect(Model.load(Path.of(data.name())), terminal);
    } else {
      Table dataset = data.look(terminal);
      if (row < 1 || row > dataset.rows()) {
        throw new IllegalArgumentException(
            "--row must be 1 to %d, got %d.".formatted(dataset.rows(), row));
      }
      inspect(dataset, terminal);
    }
    return 0;
  }

  private void inspect(Model model, Terminal terminal) {
    Architecture architecture = model.architecture();
    if (output.json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("trained_on", model.dataset());
      fields.put("network", architecture.sizes());
      fields.put("members", model.members().size());
      fields.put("layers", architecture.layers().stream().map(Layer::name).toList());
      fields.put("parameters", architecture.parameterCount());
      fields.put("columns", model.preprocessing().columns());
      fields.put("predicts", model.task().targets());
      fields.put("loss", model.loss().name());
      fields.put("seed", model.seed());
      fields.put("metrics", new TreeMap<>(model.metrics()));
      terminal.result(Json.write(fields));
      return;
    }
    terminal.result(
        "Trained on %s, seed %d, loss %s"
            .formatted(model.dataset(), model.seed(), model.loss().name()));
    terminal.result(
        switch (model.task()) {
          case Classification c -> "Predicts one of: " + String.join(", ", c.labels());
          case Regression r -> "Predicts " + String.join(", ", r.targets());
        });
    if (model.members().size() > 1) {
      terminal.result("Averages %d networks, each as below".formatted(model.members().size()));
    }
    if (model.preprocessing().encodings().size() <= MOST_COLUMNS) {
      TextTable columns = new TextTable("column", "as", ">inputs");
      for (Encoding encoding : model.preprocessing().encodings()) {
        columns.row(encoding.column(), encoding.words(), encoding.width());
      }
      columns.lines().forEach(terminal::result);
    }
    TextTable table = new TextTable("layer", ">in", ">out", "what", ">parameters");
    for (int l = 0; l < architecture.depth(); l++) {
      table.row(
          l + 1,
          architecture.inputsOf(l),
          architecture.unitsOf(l),
          architecture.layers().get(l) instanceof Dense dense
              ? dense.activation().name()
              : architecture.layers().get(l).name(),
          Format.count(architecture.parameterCount(l)));
    }
    table.row("all", "", "", "", Format.count(architecture.parameterCount()));
    table.lines().forEach(terminal::result);
    new TreeMap<>(model.metrics())
        .forEach(
            (name, value) -> terminal.result(String.format(Locale.ROOT, "%s %.6g", name, value)));
  }

  private void inspect(Table dataset, Terminal terminal) {
    if (output.json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", dataset.name());
      fields.put("rows", dataset.rows());
      fields.put("features", dataset.featureNames());
      Categories classes = classes(dataset);
      if (classes != null) {
        fields.put("classes", counts(classes));
      } else {
        fields.put("number", String.join(", ", dataset.targets()));
      }
      List<Object> columns = new ArrayList<>();
      columnsOf(dataset).forEach(column -> columns.add(json(column)));
      fields.put("columns", columns);
      Reading reading = data.reading();
      fields.put("remarks", reading == null ? List.of() : reading.remarks());
      terminal.result(Json.write(fields));
      return;
    }
    terminal.result(
        "%s: %s, %s"
            .formatted(
                dataset.name(),
                Format.count(dataset.rows(), "row"),
                Format.count(dataset.features().columns(), "feature")));
    Categories classes = classes(dataset);
    if (classes != null) {
      TextTable table = new TextTable("class", ">rows");
      counts(classes).forEach((name, count) -> table.row(name, Format.count(count)));
      table.lines().forEach(terminal::result);
    } else {
      terminal.result("Numbers to predict: " + String.join(", ", dataset.targets()));
    }
    if (columnsOf(dataset).size() <= MOST_COLUMNS) {
      columns(dataset).lines().forEach(terminal::result);
    }
    image(dataset, terminal);
  }

  /** The classes to predict; null for numbers, of which there may be several. */
  private @Nullable Categories classes(Table dataset) {
    return dataset.targets().size() == 1 ? data.task.classes(dataset.target()) : null;
  }

  private static Map<String, Integer> counts(Categories target) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    int[] byClass = target.counts();
    for (int c = 0; c < byClass.length; c++) {
      counts.put(target.levels().get(c), byClass[c]);
    }
    return counts;
  }

  /** A line a column of the file, or of the data set where there is no file. */
  private TextTable columns(Table dataset) {
    TextTable table = new TextTable("column", "kind", ">missing", ">distinct", "values", "");
    for (ReadColumn column : columnsOf(dataset)) {
      if (column.column() == null) {
        table.row(column.name(), "", "", "", "", note(column));
        continue;
      }
      ColumnSummary summary = ColumnSummary.of(column.column());
      table.row(
          summary.name(),
          summary.kind(),
          Format.count(summary.missing()),
          Format.count(summary.distinct()),
          values(column.column(), summary),
          note(column));
    }
    return table;
  }

  private List<ReadColumn> columnsOf(Table dataset) {
    Reading reading = data.reading();
    if (reading != null) {
      return reading.columns();
    }
    return dataset.columns().stream()
        .map(column ->
            new ReadColumn(
                column.name(),
                column,
                dataset.targets().contains(column.name())
                    ? ReadColumn.Role.TARGET
                    : ReadColumn.Role.FEATURE,
                null))
        .toList();
  }

  private static String note(ReadColumn column) {
    String what =
        switch (column.role()) {
          case FEATURE -> "";
          case TARGET -> "to predict";
          case LEFT_OUT -> "left out";
        };
    String remark = column.remark();
    return remark == null ? what : what.isEmpty() ? remark : what + ": " + remark;
  }

  /** Range and histogram of numbers and dates, the most frequent of words. */
  private static String values(Column column, ColumnSummary summary) {
    return switch (column) {
      case Categories words -> words(summary, words.rows() - summary.missing());
      case Numbers numbers ->
          summary.distinct() == 0
              ? ""
              : "%s %s %s"
                  .formatted(
                      number(summary.least()), bars(summary.counts()), number(summary.greatest()));
      case Dates dates ->
          summary.distinct() == 0
              ? ""
              : "%s %s %s"
                  .formatted(
                      dates.text(place(dates, summary.least())),
                      bars(summary.counts()),
                      dates.text(place(dates, summary.greatest())));
      case Pixels pixels -> "%d x %d".formatted(pixels.size().width(), pixels.size().height());
    };
  }

  private static int place(Dates dates, double seconds) {
    int row = 0;
    while (dates.get(row) != seconds) {
      row++;
    }
    return row;
  }

  private static String words(ColumnSummary summary, int present) {
    List<String> shown = new ArrayList<>();
    for (int level = 0; level < Math.min(MOST_LEVELS, summary.levels().size()); level++) {
      shown.add(
          "%s %.0f%%"
              .formatted(
                  OutsideText.shown(summary.levels().get(level)),
                  100.0 * summary.counts().get(level) / present));
    }
    return String.join(", ", shown) + (summary.distinct() > shown.size() ? ", ..." : "");
  }

  /** A histogram in a line: a block a stretch, as high as its share. */
  private static String bars(List<Integer> counts) {
    int most = counts.stream().mapToInt(Integer::intValue).max().orElse(1);
    StringBuilder bars = new StringBuilder();
    for (int count : counts) {
      bars.append(BARS.charAt((int) ((count * (BARS.length() - 1L) + most - 1) / most)));
    }
    return bars.toString();
  }

  private Map<String, Object> json(ReadColumn column) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", column.name());
    fields.put("role", column.role().name().toLowerCase(Locale.ROOT));
    if (column.column() != null) {
      ColumnSummary summary = ColumnSummary.of(column.column());
      fields.put("kind", summary.kind());
      fields.put("missing", summary.missing());
      fields.put("distinct", summary.distinct());
      if (!Double.isNaN(summary.least())) {
        fields.put("least", summary.least());
        fields.put("mean", summary.mean());
        fields.put("greatest", summary.greatest());
      }
      if (!summary.levels().isEmpty()) {
        fields.put("most_frequent", summary.levels());
      }
      fields.put("counts", summary.counts());
    }
    if (column.remark() != null) {
      fields.put("remark", column.remark());
    }
    return fields;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value)
        .replaceFirst("(\\.\\d*?)0+(e.*)?$", "$1$2")
        .replaceFirst("\\.(e.*)?$", "$1");
  }

  private void image(Table dataset, Terminal terminal) {
    if (dataset.image() == null || !(dataset.target() instanceof Categories target)) {
      return;
    }
    DigitText.lines(dataset.features(), row - 1, dataset.image()).forEach(terminal::result);
    terminal.result("It's a " + target.levels().get(target.code(row - 1)) + "!");
  }
}
