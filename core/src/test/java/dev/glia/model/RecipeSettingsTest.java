package dev.glia.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.activation.Identity;
import dev.glia.activation.Sigmoid;
import dev.glia.activation.Softmax;
import dev.glia.layer.Layer;
import dev.glia.loss.CrossEntropy;
import dev.glia.loss.MeanSquaredError;
import dev.glia.loss.SquaredError;
import dev.glia.preprocessing.Scaler;
import dev.glia.training.Batching;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeSettingsTest {

  private static final Recipe MOONS = Recipe.named("moons");

  private static Recipe apply(String... pairs) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put(pairs[i], pairs[i + 1]);
    }
    return RecipeSettings.apply(given, MOONS);
  }

  static Stream<Setting<?>> settings() {
    return RecipeSettings.all().stream();
  }

  static List<String> recipes() {
    return List.of("moons", "circles", "blobs", "sine", "digits", "mnist", "fashion-mnist");
  }

  @Test
  void namesAreNamesOfOptions() {
    assertThat(RecipeSettings.all())
        .extracting(Setting::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z][a-z0-9-]*"));
    assertThat(RecipeSettings.all())
        .allMatch(setting -> setting.help().endsWith(".") && !setting.help().isBlank())
        .allMatch(s -> s.label().isEmpty() == s.kind() instanceof SettingKind.Truth);
    assertThat(RecipeSettings.named("learning-rate")).contains(RecipeSettings.LEARNING_RATE);
    assertThat(RecipeSettings.named("learning_rate")).isEmpty();
  }

  /** So nothing of a recipe can be forgotten. */
  @ParameterizedTest
  @MethodSource("recipes")
  void allSettingsAreTheWholeRecipe(String name) {
    Recipe recipe = Recipe.named(name);
    assertThat(RecipeSettings.apply(RecipeSettings.values(recipe), MOONS)).isEqualTo(recipe);
    Map<String, String> changes = RecipeSettings.changes(MOONS, recipe);
    assertThat(RecipeSettings.apply(changes, MOONS)).isEqualTo(recipe);
    assertThat(RecipeSettings.changes(recipe, recipe)).isEmpty();
  }

  @Test
  void anOutputBringsItsLossAndCrossEntropyItsSoftmax() {
    Recipe softmax = apply("output", "softmax");
    assertThat(softmax.training().loss()).isEqualTo(new CrossEntropy());
    assertThat(apply("output", "identity").training().loss()).isEqualTo(new MeanSquaredError());
    assertThat(apply("loss", "cross_entropy")).isEqualTo(softmax);
    assertThat(apply("loss", "mse").output()).isEqualTo(new Sigmoid());
    Recipe both = apply("loss", "squared_error", "output", "softmax");
    assertThat(both.training().loss()).isEqualTo(new SquaredError());
    assertThat(both.output()).isEqualTo(new Softmax());
    Recipe odd = apply("loss", "cross_entropy", "output", "identity"); // refused later
    assertThat(odd.output()).isEqualTo(new Identity());
  }

  @Test
  void changesLeaveOutWhatIsBroughtAlong() {
    assertThat(RecipeSettings.changes(MOONS, apply("loss", "cross_entropy")))
        .isEqualTo(Map.of("output", "softmax"));
    assertThat(RecipeSettings.changes(MOONS, apply("output", "softmax", "loss", "bce")))
        .isEqualTo(Map.of("output", "softmax", "loss", "bce"));
    Recipe odd = apply("output", "sigmoid", "loss", "cross_entropy");
    assertThat(RecipeSettings.apply(RecipeSettings.changes(MOONS, odd), MOONS)).isEqualTo(odd);
    assertThat(RecipeSettings.changes(MOONS, MOONS.withSeed(2).withStratify(true)))
        .isEqualTo(Map.of("seed", "2", "stratify", "true"));
  }

  @Test
  void wordsStandForNumbers() {
    Recipe recipe = apply("batch-size", "full", "even-batches", "true", "clip-norm", "none");
    assertThat(recipe.training().batching()).isEqualTo(new Batching(Batching.FULL, true));
    assertThat(recipe.training().clipNorm()).isInfinite();
    assertThat(RecipeSettings.BATCH_SIZE.text(recipe)).isEqualTo("full");
    assertThat(RecipeSettings.CLIP_NORM.text(recipe)).isEqualTo("none");
    assertThat(RecipeSettings.LAYERS.text(apply("layers", "none"))).isEqualTo("none");
    assertThat(apply("scale", "MinMax").scaling()).isEqualTo(Scaler.Kind.MINMAX);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "learning-rate | fast       | learning-rate: Expected a number, got \"fast\".",
        "learning-rate | 0          | learning-rate: The learning rate must be a number over 0",
        "clip-value    | never      | clip-value: Expected a number or none, got \"never\".",
        "epochs        | 1.5        | epochs: Expected a whole number, got \"1.5\".",
        "epochs        | 9999999999 | epochs: Expected a whole number up to 2147483647, got 99",
        "batch-size    | half       | batch-size: Expected a whole number or full, got \"half\".",
        "seed          | x          | seed: Expected a whole number, got \"x\".",
        "shuffle       | maybe      | shuffle: Expected true or false, got \"maybe\".",
        "nan           | go         | nan: Expected stop or zero, got \"go\".",
        "scale         | large      | scale: Expected none, minmax, standard or robust, got \"large\".",
        "layers        | 16         | layers: A layer is written UNITS:ACTIVATION",
        "optimizer     | magic      | optimizer: There is no optimizer \"magic\".",
        "rate          | 1          | rate: there is no such setting. There are: layers, output,"
      })
  void whatIsRefusedIsNamed(String name, String value, String sentence) {
    assertThatThrownBy(() -> apply(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(sentence);
  }

  /** What a form does not offer, the recipe does not take. */
  @ParameterizedTest
  @MethodSource("settings")
  void rangesAreThoseOfTheRecipe(Setting<?> setting) {
    switch (setting.kind()) {
      case SettingKind.Whole whole -> {
        assertThat(setting.text(apply(setting.name(), String.valueOf(whole.least()))))
            .isEqualTo(String.valueOf(whole.least()));
        assertThatThrownBy(() -> apply(setting.name(), String.valueOf(whole.least() - 1)))
            .hasMessageStartingWith(setting.name() + ": ");
      }
      case SettingKind.Real real when setting.inTraining() -> {
        assertThatThrownBy(() -> apply(setting.name(), String.valueOf(real.least() - 0.001)))
            .hasMessageStartingWith(setting.name() + ": ");
        assertThat(setting.text(apply(setting.name(), String.valueOf(real.least() + 0.001))))
            .isEqualTo("0.001");
      }
      default -> {} // the split and the stream of random numbers refuse theirs
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "layers        | 16:relu,dropout(0.2) | withHidden(Layer.parseAll(\"16:relu,dropout(0.2)\"))",
        "optimizer     | momentum             | withOptimizer(Optimizer.parse(\"momentum(0.9)\"))",
        "learning-rate | 1e-9                 | withLearningRate(1.0E-9)",
        "batch-size    | full                 | withBatchSize(Batching.FULL)",
        "batch-size    | 7                    | withBatchSize(7)",
        "clip-value    | none                 | withClipValue(Double.POSITIVE_INFINITY)",
        "clip-value    | 5                    | withClipValue(5)",
        "nan           | zero                 | withNanPolicy(NanPolicy.ZERO)",
        "scale         | minmax               | withScaling(Scaler.Kind.MINMAX)",
        "seed          | 4294967295           | withSeed(4294967295L)",
        "shuffle       | false                | withShuffle(false)"
      })
  void isSpelledInJava(String name, String value, String call) {
    Setting<?> setting = RecipeSettings.named(name).orElseThrow();
    assertThat(setting.java(apply(name, value))).isEqualTo(call);
  }

  @Test
  void isTypedAsTheCommandHasIt() {
    assertThat(RecipeSettings.SEED.words("3")).containsExactly("--seed", "3");
    assertThat(RecipeSettings.SHUFFLE.words("false")).containsExactly("--no-shuffle");
    assertThat(RecipeSettings.STRATIFY.words("true")).containsExactly("--stratify");
    assertThat(RecipeSettings.of(Setting.Group.SPLIT))
        .contains(RecipeSettings.TEST_FRACTION)
        .doesNotContain(RecipeSettings.SEED);
    assertThat(RecipeSettings.EPOCHS.atFork()).isTrue();
    assertThat(RecipeSettings.LAYERS.atFork()).isFalse();
  }

  @Test
  void numbersHaveTheirShortestDigits() {
    SettingKind.Real real = SettingKind.Real.from(0);
    assertThat(Stream.of(0.0, 0.1, 1e-5, 100.0, 1e20, 1e-300, 123456.789).map(real::write).toList())
        .containsExactly("0", "0.1", "0.00001", "100", "1E+20", "1E-300", "123456.789");
    assertThat(real.write(Double.NaN)).isEqualTo("NaN");
    assertThat(real.write(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
  }

  @Test
  void layersAreReadAndWritten() {
    SettingKind.Layers layers = new SettingKind.Layers();
    List<Layer> some = layers.read("8:tanh,batch_norm");
    assertThat(layers.write(some)).isEqualTo("8:tanh,batch_norm");
    assertThat(layers.choices()).contains("relu");
  }
}
