package dev.glia.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.glia.cli.option.DataOptions;
import dev.glia.cli.option.ModelArgument;
import dev.glia.cli.terminal.OutputOptions;
import dev.glia.cli.terminal.Terminal;
import dev.glia.internal.io.WholeFile;
import dev.glia.internal.json.Json;
import dev.glia.internal.text.ShownText;
import dev.glia.model.Model;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import dev.glia.task.Prediction;
import dev.glia.task.Regression;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glia predict}: what a model says of each row. */
@Command(
    name = "predict",
    description = {
      "Say what a model predicts for each row, as CSV: prediction, and for classes a column"
          + " probability_LABEL each (score_LABEL where the outputs are no probabilities);"
          + " prediction_NAME each for several numbers.",
      "A CSV file needs the model's features only; a column with the label is ignored;"
          + " without a header that is the last one, unless --target says otherwise."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class PredictCommand implements Callable<Integer> {

  @Mixin private ModelArgument model;
  @Mixin private DataOptions data;
  @Mixin private OutputOptions output;

  @Option(
      names = "--out",
      paramLabel = "FILE.csv",
      description = "Where the predictions go; default: stdout.")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = new Terminal(spec.commandLine(), output);
    Model loaded = model.load();
    Table features = data.loadFeaturesFor(loaded, terminal);
    loaded.preprocessing().remarks(features).forEach(terminal::message);
    float[] outputs = loaded.outputs(features);
    if (out == null) {
      Writer stdout = spec.commandLine().getOut();
      write(loaded, outputs, features.rows(), stdout);
      stdout.flush();
      return 0;
    }
    WholeFile.write(
        out,
        stream -> {
          Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
          write(loaded, outputs, features.rows(), writer);
          writer.flush();
        });
    terminal.message("Predictions: " + out);
    return 0;
  }

  private void write(Model loaded, float[] outputs, int rows, Writer writer) throws IOException {
    List<String> columns = columns(loaded);
    CsvWriter csv = CsvWriter.builder().build(writer);
    if (!output.json) {
      csv.writeRecord(columns);
    }
    for (int row = 0; row < rows; row++) {
      Prediction prediction = loaded.prediction(outputs, row);
      // Floats, as the network computed them: more digits would be made up.
      List<Object> values = new ArrayList<>();
      if (loaded.task() instanceof Classification) {
        values.add(prediction.label());
      } else if (prediction.outputs().isEmpty()) {
        values.add((float) prediction.value());
      }
      for (double value : prediction.outputs()) {
        values.add((float) value);
      }
      if (output.json) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int column = 0; column < values.size(); column++) {
          fields.put(columns.get(column), values.get(column));
        }
        writer.write(ShownText.escaped(Json.write(fields)) + "\n");
      } else {
        csv.writeRecord(values.stream().map(String::valueOf).toList());
      }
    }
    csv.flush();
  }

  private static List<String> columns(Model loaded) {
    return switch (loaded.task()) {
      case Classification classes -> {
        List<String> columns = new ArrayList<>(List.of("prediction"));
        String prefix = loaded.givesProbabilities() ? "probability_" : "score_";
        classes.labels().forEach(label -> columns.add(prefix + label));
        yield columns;
      }
      case Regression numbers when numbers.targets().size() == 1 -> List.of("prediction");
      case Regression numbers ->
          numbers.targets().stream().map(target -> "prediction_" + target).toList();
    };
  }
}
