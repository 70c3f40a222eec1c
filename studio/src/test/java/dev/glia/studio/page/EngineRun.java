package dev.glia.studio.page;

import dev.glia.data.DataCache;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.studio.session.DataSets;
import dev.glia.studio.session.Settings;
import dev.glia.training.Checkpoint;
import dev.glia.training.Evaluation;
import dev.glia.training.Examples;
import dev.glia.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The run that an address stands for, trained by the engine alone: no server, no page. */
final class EngineRun {

  private static final DataSets NO_DOWNLOADS =
      new DataSets(new DataCache(Path.of("no-such-folder")));

  private final Settings settings;
  private final Experiment experiment;
  private final Checkpoint checkpoint;

  private EngineRun(Settings settings, long updates) {
    this.settings = settings;
    experiment = new Experiment(settings.recipe(), settings.split());
    try (Training training = experiment.begin()) {
      while (!training.done() && training.updates() < updates) {
        training.update();
      }
      checkpoint = training.checkpoint();
    }
  }

  /** The run of {@code data=moons&epochs=3} after so many updates, or at its end. */
  static EngineRun of(String fragment, long updates) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String part : fragment.split("&")) {
      int equals = part.indexOf('=');
      given.put(part.substring(0, equals), part.substring(equals + 1));
    }
    return of(given, updates);
  }

  static EngineRun of(Map<String, String> given, long updates) {
    try {
      return new EngineRun(Settings.of(given, NO_DOWNLOADS), updates);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of its epochs. */
  static EngineRun whole(String fragment) {
    return of(fragment, Long.MAX_VALUE);
  }

  Settings settings() {
    return settings;
  }

  Experiment experiment() {
    return experiment;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  Model model() {
    return experiment.model(checkpoint.network());
  }

  double trainLoss() {
    return loss(experiment.trainExamples());
  }

  double testLoss() {
    return loss(experiment.testExamples());
  }

  private double loss(Examples examples) {
    return Evaluation.of(
            checkpoint.network(),
            settings.recipe().training().loss(),
            examples,
            settings.recipe().training())
        .loss();
  }
}
