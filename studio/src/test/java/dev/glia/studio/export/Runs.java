package dev.glia.studio.export;

import dev.glia.image.DataCache;
import dev.glia.model.Experiment;
import dev.glia.studio.Homes;
import dev.glia.studio.settings.DataSets;
import dev.glia.studio.settings.Settings;
import dev.glia.training.Cancellation;
import dev.glia.training.TrainingResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.provider.Arguments;

/** Settings of runs that are short, and what the engine makes of them. */
final class Runs {

  static final DataSets NO_DOWNLOADS = new DataSets(new DataCache(Path.of("no-such-folder")));

  static final String CSV =
      """
      size,"the ""price"", new",heat
      1,yes,0.5
      2,yes,0.25
      3,no,0.125
      4,no,1e-3
      5,yes,7
      6,no,-1
      7,no,0
      8,yes,12.5
      """;

  private Runs() {}

  /** Settings of a run on homes, and more: a key and its value in turn. */
  static Settings homes(String... more) {
    return settings(Homes.given(more));
  }

  /** Settings as an address has them: {@code data=moons&epochs=3}. */
  static Settings settings(String address) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String part : address.split("&", -1)) {
      int equals = part.indexOf('=');
      given.put(part.substring(0, equals), part.substring(equals + 1));
    }
    return settings(given);
  }

  static Settings settings(Map<String, String> given) {
    try {
      return Settings.of(given, NO_DOWNLOADS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Arguments named(String name, Settings settings) {
    return Arguments.argumentSet(name, settings);
  }

  static TrainingResult train(Settings settings) {
    return new Experiment(settings.recipe(), settings.split()).train(new Cancellation()).result();
  }
}
