package dev.glia.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.data.BuiltIn;
import dev.glia.data.ClassTarget;
import dev.glia.data.Dataset;
import dev.glia.data.DenseMatrix;
import dev.glia.data.NumberTarget;
import dev.glia.data.Scaler;
import dev.glia.data.Split;
import dev.glia.network.Activation;
import dev.glia.network.Dense;
import dev.glia.network.Identity;
import dev.glia.network.Initializer;
import dev.glia.network.Relu;
import dev.glia.network.Sigmoid;
import dev.glia.network.Softmax;
import dev.glia.network.Tanh;
import dev.glia.training.Batching;
import dev.glia.training.Loss;
import dev.glia.training.Sgd;
import dev.glia.training.TrainingOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeTest {

  private static Dataset data(String... labels) {
    int rows = 10 * labels.length;
    int[] classes = new int[rows];
    for (int row = 0; row < rows; row++) {
      classes[row] = row % labels.length;
    }
    return new Dataset(
        "data",
        List.of("x", "y"),
        new DenseMatrix(rows, 2, new double[2 * rows]),
        new ClassTarget(classes, List.of(labels)));
  }

  @Test
  void moonsIsTheSecondArticles() {
    Recipe recipe = Recipe.named("moons");
    assertThat(recipe.architecture(data("0", "1")).sizes()).isEqualTo("2-16-16-1");
    assertThat(recipe.hidden()).allSatisfy(l -> assertThat(l).hasToString("16:leaky_relu(0.05)"));
    assertThat(recipe.output()).isEqualTo(new Sigmoid());
    assertThat(recipe.training().loss().name()).isEqualTo("bce");
    assertThat(recipe.training().optimizer()).isEqualTo(new Sgd());
    assertThat(recipe.training().learningRate()).isEqualTo(0.25);
    assertThat(recipe.training().batching()).isEqualTo(Batching.full());
    assertThat(recipe.training().epochs()).isEqualTo(20_000);
    assertThat(recipe.training().logEvery()).isEqualTo(50);
    assertThat(recipe.testFraction()).isEqualTo(0.25);
    assertThat(recipe.scaling()).isEqualTo(Scaler.Kind.NONE);
  }

  @Test
  void mnistIsTheFirstArticles() {
    Recipe recipe = Recipe.named("mnist");
    assertThat(recipe.hidden()).containsExactly(new Dense(16, new Relu()));
    assertThat(recipe.output()).isEqualTo(new Sigmoid());
    assertThat(recipe.training().loss().name()).isEqualTo("squared_error");
    assertThat(recipe.training().optimizer()).isEqualTo(new Sgd());
    assertThat(recipe.training().learningRate()).isEqualTo(0.1);
    assertThat(recipe.training().batching().count(46_900)).isEqualTo(732);
    assertThat(recipe.training().epochs()).isEqualTo(50);
    assertThat(recipe.testFraction()).isEqualTo(0.33);
    assertThat(recipe.splitSeed()).isEqualTo(42);
    assertThat(recipe.scaling()).isEqualTo(Scaler.Kind.MINMAX);
  }

  static Stream<String> names() {
    return Stream.concat(
        BuiltIn.all().stream().map(BuiltIn::name), Stream.of("mnist", "fashion-mnist"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyRecipesLossTakesItsOutput(String name) {
    Recipe recipe = Recipe.named(name);
    assertThat(recipe.training().loss().after(recipe.output())).isNotNull();
    assertThat(recipe.training().shuffle()).isTrue();
    assertThat(recipe.initializer()).isEqualTo(new Initializer.He());
  }

  @Test
  void thereIsNoRecipeForAnUnknownName() {
    assertThatThrownBy(() -> Recipe.named("suns"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no recipe for \"suns\".");
  }

  @Test
  void aDataSetOfOnesOwnGetsARecipeByItsTarget() {
    Recipe two = Recipe.forTarget(data("a", "b").target());
    assertThat(two.output()).isEqualTo(new Sigmoid());
    assertThat(two.architecture(data("a", "b")).outputs()).isEqualTo(1);
    Recipe three = Recipe.forTarget(data("a", "b", "c").target());
    assertThat(three.output()).isEqualTo(new Softmax());
    assertThat(three.architecture(data("a", "b", "c")).outputs()).isEqualTo(3);
    Recipe number = Recipe.forTarget(new NumberTarget(new double[3], "y"));
    assertThat(number.output()).isEqualTo(new Identity());
    for (Recipe recipe : List.of(two, three, number)) {
      assertThat(recipe.training().loss().after(recipe.output())).isNotNull();
      assertThat(recipe.scaling()).isEqualTo(Scaler.Kind.STANDARD);
    }
  }

  @ParameterizedTest
  @CsvSource({"sigmoid, 1", "tanh, 1", "identity, 1", "softmax, 2"})
  void twoClassesNeedOneOutputOrTwoBehindASoftmax(String output, int outputs) {
    Recipe recipe = Recipe.named("moons").withOutput(Activation.parse(output));
    assertThat(recipe.architecture(data("a", "b")).outputs()).isEqualTo(outputs);
  }

  @Test
  void aSingleClassIsRefused() {
    assertThatThrownBy(() -> Recipe.named("moons").architecture(data("only")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data has a single class (only): at least two are needed to learn from.");
  }

  @ParameterizedTest
  @CsvSource({"sigmoid, bce", "softmax, cross_entropy", "identity, mse", "tanh, mse"})
  void anOutputHasALossThatGoesWithIt(String output, String loss) {
    assertThat(Recipe.lossFor(Activation.parse(output))).isEqualTo(Loss.parse(loss));
  }

  @Test
  void aSplitIsPlainOrByClass() {
    Recipe recipe = Recipe.named("circles").withTestFraction(0.4).withSplitSeed(3);
    Dataset data = data("a", "b");
    Split plain = recipe.split(data);
    assertThat(plain.test().rows()).isEqualTo(8);
    assertThat(((ClassTarget) plain.test().target()).counts())
        .isEqualTo(((ClassTarget) Split.of(data, 0.4, 3).test().target()).counts());
    Split stratified = recipe.withStratify(true).split(data);
    assertThat(((ClassTarget) stratified.test().target()).counts()).containsExactly(4, 4);
  }

  /** Every setting, set by its own method, without another one changing. */
  @Test
  void eachWithChangesItsSettingAlone() {
    TrainingOptions training = TrainingOptions.defaults().withEpochs(77);
    Recipe changed =
        new Recipe(
            List.of(new Dense(3, new Tanh())),
            new Softmax(),
            new Initializer.Zeros(),
            Scaler.Kind.STANDARD,
            0.5,
            6,
            true,
            7,
            training);
    Recipe moons = Recipe.named("moons");
    assertThat(
            moons
                .withHidden(List.of(new Dense(3, new Tanh())))
                .withOutput(new Softmax())
                .withInitializer(new Initializer.Zeros())
                .withScaling(Scaler.Kind.STANDARD)
                .withTestFraction(0.5)
                .withSplitSeed(6)
                .withStratify(true)
                .withSeed(7)
                .withTraining(training))
        .isEqualTo(changed);
    assertThat(moons).isEqualTo(Recipe.named("moons"));
  }
}
