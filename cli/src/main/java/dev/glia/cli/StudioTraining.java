package dev.glia.cli;

import dev.glia.metric.Scores;
import dev.glia.model.Experiment;
import dev.glia.model.Trained;
import dev.glia.network.Network;
import dev.glia.studio.session.Session;
import dev.glia.studio.session.Settings;
import dev.glia.studio.session.Status;
import dev.glia.training.DivergedException;
import dev.glia.training.TrainingEvent;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.Finished;
import dev.glia.training.TrainingEvent.Started;
import dev.glia.training.TrainingListener;
import dev.glia.training.TrainingResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  private static final int LOOK_MS = 50;
  private static final long MOST_BYTES = 8L * 1024 * 1024; // of a CSV file

  private StudioTraining() {}

  /** The studio's settings are the command's options, by their names. */
  static Map<String, String> settings(ParseResult parsed, DataOptions data) throws IOException {
    List<String> keys = Settings.keys();
    Map<String, String> settings = new LinkedHashMap<>();
    if (data.isFile()) {
      Path file = data.file();
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException(
            "--studio shows CSV files of up to %d MB; %s has %.1f MB."
                .formatted(MOST_BYTES >> 20, file, Files.size(file) / 1048576.0));
      }
      settings.put("data", "csv");
      settings.put("csv", Files.readString(file, StandardCharsets.UTF_8));
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
  static Trained train(Session session, String kernel, TrainingListener... listeners)
      throws InterruptedException {
    Experiment experiment = session.experiment();
    tell(
        listeners,
        new Started(
            experiment.untrained().network().architecture(),
            session.recipe().training(),
            session.split().train().rows(),
            session.split().watched().rows(),
            session.split().test() == null ? 0 : session.split().test().rows(),
            kernel,
            session.threads()));
    session.run();
    int told = 0;
    double seconds = 0;
    Status status;
    do {
      Thread.sleep(LOOK_MS);
      status = session.status(); // before the epochs: none comes after the end
      List<EpochFinished> epochs = session.history();
      for (; told < epochs.size(); told++) {
        seconds += epochs.get(told).seconds();
        tell(listeners, epochs.get(told));
      }
    } while (status != Status.FINISHED && status != Status.FAILED);
    if (status == Status.FAILED) {
      throw new DivergedException(String.valueOf(session.error()));
    }
    Network network = session.model(null).network();
    if (session.experiment() != experiment) { // a page may do that once the training is over
      throw new IllegalStateException(
          "A page began this run anew before its model was taken, so no model is written.");
    }
    EpochFinished last = session.history().getLast();
    Scores test = experiment.test(network, last.validation());
    tell(
        listeners,
        new Finished(
            last.epoch(), last.updates(), seconds, last.train(), last.validation(), test, false));
    TrainingResult result =
        new TrainingResult(
            network,
            last.epoch(),
            last.updates(),
            seconds,
            last.train(),
            last.validation(),
            test,
            false);
    return new Trained(experiment.model(result), result);
  }

  private static void tell(TrainingListener[] listeners, TrainingEvent event) {
    for (TrainingListener listener : listeners) {
      listener.on(event);
    }
  }
}
