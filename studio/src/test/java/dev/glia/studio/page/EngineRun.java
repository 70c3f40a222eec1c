package dev.glia.studio.page;

import dev.glia.compute.Compute;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.studio.settings.Settings;
import dev.glia.training.Checkpoint;
import dev.glia.training.Evaluation;
import dev.glia.training.Examples;
import dev.glia.training.Training;
import java.util.Map;

/** The run that an address stands for after some updates, trained by the engine alone. */
final class EngineRun {

  private final Settings settings;
  private final Experiment experiment;
  private final Checkpoint checkpoint;

  private EngineRun(Settings settings, long updates) {
    this.settings = settings;
    experiment = new Experiment(settings.recipe(), settings.split());
    try (Training training = Engine.advance(experiment.begin(Compute.all()), updates)) {
      checkpoint = training.checkpoint();
    }
  }

  /** The run of {@code data=moons&epochs=3} after so many updates, or at its end. */
  static EngineRun of(String address, long updates) {
    return new EngineRun(Engine.settings(address), updates);
  }

  static EngineRun of(Map<String, String> settings, long updates) {
    return new EngineRun(Engine.settings(settings), updates);
  }

  /** All of its epochs. */
  static EngineRun whole(String address) {
    return of(address, Long.MAX_VALUE);
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
            checkpoint.network(), settings.recipe().training().loss(), examples, Compute.all())
        .loss();
  }
}
