package dev.glia.cli;

import dev.glia.cli.option.DataOptions;
import dev.glia.csv.Csv;
import dev.glia.model.Experiment;
import dev.glia.model.Trained;
import dev.glia.reading.TableFormat;
import dev.glia.studio.run.Session;
import dev.glia.studio.settings.Settings;
import dev.glia.training.DivergedException;
import dev.glia.training.TrainingListener;
import dev.glia.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code glia train --studio}: a training that is a run of the studio's. */
final class StudioTraining {

  private static final long MOST_BYTES = 8L * 1024 * 1024; // of a CSV file

  private StudioTraining() {}

  /** The studio's settings are the command's options, by their names. */
  static Map<String, String> settings(ParseResult parsed, DataOptions data) throws IOException {
    List<String> keys = Settings.keys();
    Map<String, String> settings = new LinkedHashMap<>();
    if (data.isDatabase() || (data.isFile() && TableFormat.of(data.file()).isPresent())) {
      throw new IllegalArgumentException(
          "--studio shows data sets by name and CSV files, no databases and no files of other formats, such as %s."
              .formatted(data.name()));
    }
    if (data.isFile()) {
      Path file = data.file();
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException(
            "--studio shows CSV files of up to %d MB; %s has %.1f MB."
                .formatted(MOST_BYTES >> 20, file, Files.size(file) / 1048576.0));
      }
      settings.put("data", "csv");
      settings.put("csv", Csv.text(file, data.encoding));
      settings.put("csv-name", Objects.requireNonNull(file.getFileName()).toString());
    } else if (data.isFolder()) {
      throw new IllegalArgumentException(
          "--studio shows data sets by name and CSV files, no folders of IDX files such as %s."
              .formatted(data.name()));
    } else {
      settings.put("data", data.name());
    }
    for (OptionSpec option : parsed.matchedOptions()) {
      String key = option.longestName().replaceFirst("^--", "");
      if (keys.contains(key)) {
        Object value = option.getValue();
        settings.put(
            key,
            value instanceof Boolean ? value.toString() : option.originalStringValues().getLast());
      }
    }
    return settings;
  }

  /**
   * Trains a run to its end and tells of it.
   *
   * @throws DivergedException if it failed
   */
  static Trained train(Session session, TrainingListener... listeners) throws InterruptedException {
    Experiment experiment = session.experiment();
    TrainingResult result =
        session.train(event -> {
          for (TrainingListener listener : listeners) {
            listener.on(event);
          }
        });
    if (session.experiment() != experiment) { // a page may do that
      throw new IllegalStateException(
          "A page restarted this run before its model was taken, so no model is written.");
    }
    return new Trained(experiment.model(result), result);
  }
}
