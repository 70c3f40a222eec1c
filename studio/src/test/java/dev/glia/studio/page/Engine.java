package dev.glia.studio.page;

import dev.glia.compute.Compute;
import dev.glia.image.DataCache;
import dev.glia.model.Experiment;
import dev.glia.model.Trained;
import dev.glia.studio.settings.DataSets;
import dev.glia.studio.settings.Settings;
import dev.glia.training.Cancellation;
import dev.glia.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The runs that pages show, trained here by the engine alone: what their numbers have to be. */
final class Engine {

  private static final DataSets SETS =
      new DataSets(new DataCache(Path.of(System.getProperty("glia.shared"), "data")));

  private Engine() {}

  /**
   * Settings as the studio reads them.
   *
   * @param address a page's, or only its fragment
   */
  static Settings settings(String address) {
    return settings(Fragment.read(address));
  }

  static Settings settings(Map<String, String> given) {
    try {
      return Settings.of(given, SETS);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Experiment experiment(String address) {
    Settings settings = settings(address);
    return new Experiment(settings.recipe(), settings.split());
  }

  /** A run from its beginning to its end. */
  static Trained train(String address) {
    return experiment(address).train(new Cancellation());
  }

  /** A run that has done so many updates; to be closed. */
  static Training after(long updates, String address) {
    return advance(experiment(address).begin(Compute.all()), updates);
  }

  /** Goes on to the end. */
  static Training finish(Training training) {
    return advance(training, Long.MAX_VALUE);
  }

  /** Goes on until so many updates are done, or all of them. */
  static Training advance(Training training, long updates) {
    while (!training.done() && training.updates() < updates) {
      training.update();
    }
    return training;
  }
}
