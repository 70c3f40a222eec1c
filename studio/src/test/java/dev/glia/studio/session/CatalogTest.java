package dev.glia.studio.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.activation.Activation;
import dev.glia.internal.json.Json;
import dev.glia.metric.Scores;
import dev.glia.model.Experiment;
import dev.glia.studio.run.Runs;
import dev.glia.studio.settings.Settings;
import dev.glia.studio.settings.Start;
import dev.glia.training.Cancellation;
import dev.glia.training.DivergedException;
import dev.glia.training.History;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogTest {

  private static Map<?, ?> catalog() {
    return (Map<?, ?>)
        Objects.requireNonNull(
            Json.read(Json.write(CatalogRoutes.catalog(Runs.noDownloads(), "9.9"))));
  }

  private static Map<?, ?> named(Object list, String name) {
    return ((List<?>) list)
        .stream()
            .map(entry -> (Map<?, ?>) entry)
            .filter(entry -> name.equals(entry.get("name")))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void offersAllDataSetsAndSaysWhichAreNotThere() {
    Object data = catalog().get("data");
    Map<?, ?> blobs = named(data, "blobs");
    assertThat(blobs.get("kind")).isEqualTo("plane");
    assertThat(blobs.get("task")).isEqualTo("classes");
    Map<?, ?> centers = named(blobs.get("parameters"), "centers");
    assertThat(centers.get("value")).isEqualTo(3L);
    assertThat(centers.get("most")).isEqualTo(8L);
    assertThat(named(data, "sine").get("kind")).isEqualTo("curve");
    assertThat(named(data, "hills").get("task")).isEqualTo("number");
    assertThat(named(data, "digits").get("kind")).isEqualTo("images");
    assertThat(named(data, "mnist").get("available")).isEqualTo(false);
    assertThat((String) named(data, "mnist").get("why"))
        .contains("\"glia data fetch mnist\" fetches it");
    assertThat(named(data, "points").get("available")).isEqualTo(true);
  }

  @Test
  void offersWhatCoreParses() {
    Map<?, ?> catalog = catalog();
    Object settings = catalog.get("settings");
    Object activations = named(settings, "layers").get("activations");
    assertThat((List<?>) activations).hasSameSizeAs(Activation.names());
    Map<?, ?> leaky = named(activations, "leaky_relu");
    assertThat(named(leaky.get("parameters"), "slope").get("value")).isEqualTo(0.01);
    Map<?, ?> adam = named(named(settings, "optimizer").get("entries"), "adam");
    assertThat(named(adam.get("parameters"), "beta2").get("value")).isEqualTo(0.999);
    Map<?, ?> bce = named(named(settings, "loss").get("entries"), "bce");
    assertThat(bce.get("parameters")).isEqualTo(List.of());
    assertThat(named(named(settings, "init").get("entries"), "normal").get("parameters"))
        .asString()
        .contains("std");
    assertThat(named(settings, "scale").get("choices"))
        .isEqualTo(List.of("none", "minmax", "standard", "robust"));
    assertThat(named(settings, "batch-size").get("word")).isEqualTo("full");
    assertThat(named(settings, "output").get("brings")).isEqualTo(List.of("loss"));
    assertThat(catalog.get("keys")).isEqualTo(Settings.keys());
    assertThat(catalog.get("version")).isEqualTo("9.9");
    assertThat(catalog.get("limits")).asString().contains("points=2000");
  }

  static Stream<Start> starts() {
    return Start.all(Runs.noDownloads()).stream();
  }

  /** Each start shows what its text says. */
  @ParameterizedTest
  @MethodSource("starts")
  void startsDoWhatTheySay(Start start) throws Exception {
    Settings settings = Settings.of(start.settings(), Runs.noDownloads());
    Experiment experiment = new Experiment(settings.recipe(), settings.split());
    History history = new History();
    String failure = null;
    try {
      experiment.train(new Cancellation(), history);
    } catch (DivergedException e) {
      failure = e.getMessage();
    }
    EpochFinished last = history.epochs().getLast();
    double loss = last.train().loss();
    switch (start.name()) {
      case "article2" -> assertThat(accuracy(last.validation())).isGreaterThan(0.9);
      case "article1", "digits" -> assertThat(accuracy(last.validation())).isGreaterThan(0.9);
      case "xor", "circles", "spirals", "deep" ->
          assertThat(accuracy(last.validation())).isGreaterThan(0.9);
      case "blobs" -> assertThat(accuracy(last.validation())).isGreaterThan(0.9);
      case "xor-linear" -> assertThat(accuracy(last.validation())).isLessThan(0.7);
      case "sine", "hills" -> assertThat(r2(last.validation())).isGreaterThan(0.8);
      case "vanishing" -> assertThat(loss).isGreaterThan(0.68);
      case "dead" -> {
        assertThat(loss).isGreaterThan(0.69);
        assertThat(accuracy(last.train())).isLessThan(0.6);
      }
      case "too-fast" -> assertThat(rises(history.epochs())).isGreaterThan(20);
      case "diverging" -> assertThat(failure).contains("Training diverged");
      case "overfitting" -> {
        double best =
            history.epochs().stream()
                .mapToDouble(e -> Objects.requireNonNull(e.validation()).loss())
                .min()
                .orElseThrow();
        assertThat(accuracy(last.train())).isEqualTo(1);
        assertThat(Objects.requireNonNull(last.validation()).loss()).isGreaterThan(2 * best);
      }
      default -> throw new AssertionError("Say what " + start.name() + " shows.");
    }
  }

  private static double accuracy(Scores scores) {
    return Objects.requireNonNull(scores.accuracy());
  }

  private static double r2(Scores scores) {
    return Objects.requireNonNull(scores.r2());
  }

  /** After how many epochs the loss was higher than before. */
  private static long rises(List<EpochFinished> epochs) {
    long rises = 0;
    for (int i = 1; i < epochs.size(); i++) {
      rises += epochs.get(i).train().loss() > epochs.get(i - 1).train().loss() ? 1 : 0;
    }
    return rises;
  }
}
