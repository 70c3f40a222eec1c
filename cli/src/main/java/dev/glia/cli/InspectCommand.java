package dev.glia.cli;

import dev.glia.data.Categories;
import dev.glia.data.Table;
import dev.glia.data.Matrix;
import dev.glia.data.Numbers;
import dev.glia.internal.json.Json;
import dev.glia.internal.text.Figures;
import dev.glia.model.Model;
import dev.glia.task.Classification;
import dev.glia.network.Architecture;
import dev.glia.network.Dense;
import dev.glia.network.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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

  private static final int MOST_COLUMNS = 50; // a table of 784 pixels helps nobody

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
      Table dataset = data.load(terminal);
      if (row < 1 || row > dataset.rows()) {
        throw new IllegalArgumentException(
            "--row must be 1 to %d, got %d.".formatted(dataset.rows(), row));
      }
      inspect(dataset, terminal);
    }
    return 0;
  }

  private void inspect(Model model, Terminal terminal) {
    Architecture architecture = model.network().architecture();
    if (output.json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("trained_on", model.dataset());
      fields.put("network", architecture.sizes());
      fields.put("layers", architecture.layers().stream().map(Layer::name).toList());
      fields.put("parameters", architecture.parameterCount());
      fields.put("scaler", model.scaler().kind().id());
      fields.put("loss", model.loss().name());
      fields.put("seed", model.seed());
      fields.put("metrics", new TreeMap<>(model.metrics()));
      terminal.result(Json.write(fields));
      return;
    }
    terminal.result(
        "Trained on %s, seed %d, loss %s, scaling %s"
            .formatted(
                model.dataset(), model.seed(), model.loss().name(), model.scaler().kind().id()));
    terminal.result(
        switch (model.outcome()) {
          case Classification c -> "Predicts one of: " + String.join(", ", c.labels());
          case Outcome.Quantity q -> "Predicts " + q.name();
        });
    TextTable table = new TextTable("layer", ">in", ">out", "what", ">parameters");
    for (int l = 0; l < architecture.depth(); l++) {
      table.row(
          l + 1,
          architecture.inputsOf(l),
          architecture.unitsOf(l),
          architecture.layers().get(l) instanceof Dense dense
              ? dense.activation().name()
              : architecture.layers().get(l).name(),
          Figures.count(architecture.parameterCount(l)));
    }
    table.row("all", "", "", "", Figures.count(architecture.parameterCount()));
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
      switch (dataset.target()) {
        case Categories c -> fields.put("classes", counts(c));
        case Numbers n -> fields.put("number", n.name());
      }
      terminal.result(Json.write(fields));
      return;
    }
    terminal.result(
        "%s: %s, %s"
            .formatted(
                dataset.name(),
                Figures.count(dataset.rows(), "row"),
                Figures.count(dataset.features().columns(), "feature")));
    switch (dataset.target()) {
      case Categories c -> {
        TextTable table = new TextTable("class", ">rows");
        counts(c).forEach((name, count) -> table.row(name, Figures.count(count)));
        table.lines().forEach(terminal::result);
      }
      case Numbers n -> terminal.result("Numbers to predict: " + n.name());
    }
    if (dataset.features().columns() <= MOST_COLUMNS) {
      columns(dataset).lines().forEach(terminal::result);
    }
    image(dataset, terminal);
  }

  private static Map<String, Integer> counts(Categories target) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    int[] byClass = target.counts();
    for (int c = 0; c < byClass.length; c++) {
      counts.put(target.names().get(c), byClass[c]);
    }
    return counts;
  }

  private static TextTable columns(Table dataset) {
    TextTable table = new TextTable("feature", ">least", ">mean", ">greatest");
    Matrix features = dataset.features();
    for (int column = 0; column < features.columns(); column++) {
      double least = Double.POSITIVE_INFINITY;
      double greatest = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int r = 0; r < features.rows(); r++) {
        double value = features.get(r, column);
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
        sum += value;
      }
      table.row(
          dataset.featureNames().get(column),
          number(least),
          number(sum / features.rows()),
          number(greatest));
    }
    return table;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  private void image(Table dataset, Terminal terminal) {
    if (dataset.image() == null || !(dataset.target() instanceof Categories target)) {
      return;
    }
    DigitText.lines(dataset.features(), row - 1, dataset.image()).forEach(terminal::result);
    terminal.result("It's a " + target.names().get(target.classOf(row - 1)) + "!");
  }
}
