package dev.glia.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.activation.Activation;
import dev.glia.activation.Identity;
import dev.glia.activation.Relu;
import dev.glia.activation.Sigmoid;
import dev.glia.activation.Softmax;
import dev.glia.activation.Tanh;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Dense;
import dev.glia.loss.Loss;
import dev.glia.optimizer.Sgd;
import dev.glia.preprocessing.Scaler;
import dev.glia.source.BuiltIn;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.task.ClassWeights;
import dev.glia.task.Classification;
import dev.glia.task.Regression;
import dev.glia.task.Task;
import dev.glia.training.Batching;
import dev.glia.training.TrainingOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeTest {

  private static Task classes(String... labels) {
    return new Classification("label", List.of(labels));
  }

  private static Table data(String... labels) {
    int rows = 10 * labels.length;
    int[] classes = new int[rows];
    for (int row = 0; row < rows; row++) {
      classes[row] = row % labels.length;
    }
    return Table.of(
        "data",
        List.of("x", "y"),
        new DenseMatrix(rows, 2, new double[2 * rows]),
        new Categories("label", classes, List.of(labels)));
  }

  @Test
  void moonsIsTheSecondArticles() {
    Recipe recipe = Recipe.named("moons");
    assertThat(recipe.architecture(2, classes("0", "1")).sizes()).isEqualTo("2-16-16-1");
    assertThat(recipe.hidden()).allSatisfy(l -> assertThat(l).hasToString("16:leaky_relu(0.05)"));
    assertThat(recipe.output()).isEqualTo(new Sigmoid());
    assertThat(recipe.training().loss().name()).isEqualTo("bce");
    assertThat(recipe.training().optimizer()).isEqualTo(new Sgd());
    assertThat(recipe.training().learningRate()).isEqualTo(0.25);
    assertThat(recipe.training().batching()).isEqualTo(Batching.full());
    assertThat(recipe.training().epochs()).isEqualTo(20_000);
    assertThat(recipe.training().logEvery()).isEqualTo(50);
    assertThat(recipe.holdout()).isEqualTo(Holdout.of(0, 0.25));
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
    assertThat(recipe.holdout()).isEqualTo(new Holdout(0, 0.33, 42, false));
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
    assertThat(recipe.targetScaling()).isEqualTo(Scaler.Kind.NONE);
  }

  @Test
  void thereIsNoRecipeForAnUnknownName() {
    assertThatThrownBy(() -> Recipe.named("suns"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no recipe for \"suns\".");
  }

  @Test
  void aTableOfOnesOwnGetsARecipeByWhatIsPredicted() {
    Recipe two = Recipe.predict().forTask(classes("a", "b"));
    assertThat(two.output()).isEqualTo(new Sigmoid());
    assertThat(two.architecture(2, classes("a", "b")).outputs()).isEqualTo(1);
    Recipe three = Recipe.predict().forTask(classes("a", "b", "c"));
    assertThat(three.output()).isEqualTo(new Softmax());
    assertThat(three.architecture(2, classes("a", "b", "c")).outputs()).isEqualTo(3);
    Task number = new Regression("y");
    Recipe one = Recipe.predict().forTask(number);
    assertThat(one.output()).isEqualTo(new Identity());
    assertThat(one.architecture(7, number).sizes()).isEqualTo("7-32-32-1");
    Task numbers = new Regression(List.of("y", "z"), Scaler.none(2));
    Recipe several = Recipe.predict().forTask(numbers);
    assertThat(several.output()).isEqualTo(new Identity());
    assertThat(several.architecture(7, numbers).outputs()).isEqualTo(2);
    for (Recipe recipe : List.of(two, three, one, several)) {
      assertThat(recipe.training().loss().after(recipe.output())).isNotNull();
      assertThat(recipe.scaling()).isEqualTo(Scaler.Kind.STANDARD);
    }
  }

  @ParameterizedTest
  @CsvSource({"sigmoid, 1", "tanh, 1", "identity, 1", "softmax, 2"})
  void twoClassesNeedOneOutputOrTwoBehindASoftmax(String output, int outputs) {
    Recipe recipe = Recipe.named("moons").withOutput(Activation.parse(output));
    assertThat(recipe.architecture(2, classes("a", "b")).outputs()).isEqualTo(outputs);
  }

  @Test
  void aSingleClassIsRefused() {
    Recipe recipe = Recipe.named("moons");
    Table only = data("only");
    assertThatThrownBy(() -> new Experiment(recipe, recipe.split(only)))
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
    Recipe recipe = Recipe.named("circles").withHoldout(new Holdout(0, 0.4, 3, false));
    Table data = data("a", "b");
    Parts plain = recipe.split(data);
    assertThat(plain.test().rows()).isEqualTo(8);
    assertThat(((Categories) plain.test().target()).counts())
        .isEqualTo(((Categories) Holdout.of(0, 0.4).seed(3).split(data).test().target()).counts());
    Parts stratified = recipe.withHoldout(recipe.holdout().stratified()).split(data);
    assertThat(((Categories) stratified.test().target()).counts()).containsExactly(4, 4);
  }

  /** Numbers of a column that was asked to be classes are shared as such, however many. */
  @Test
  void numbersThatAreToBeClassesAreSplitByClass() {
    double[] y = new double[60];
    Arrays.setAll(y, row -> row % 30 + 0.5);
    Table table =
        Table.of("t", List.of("x"), new DenseMatrix(60, 1, new double[60]), new Numbers("y", y));
    Recipe recipe =
        Recipe.predict("y")
            .withHoldout(Holdout.of(0, 0.5).stratified())
            .withTask(Task.Kind.CLASSES);
    assertThat(((Numbers) recipe.split(table).test().target()).values())
        .doesNotHaveDuplicates()
        .hasSize(30);
    Recipe unasked = recipe.withTask(Task.Kind.AUTO);
    assertThatThrownBy(() -> unasked.split(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t has numbers to predict: only classes can be split by class.");
  }

  @Test
  void aRecipeNamesTheColumnsToPredict() {
    Table table = data("a", "b");
    assertThat(Recipe.predict().of(table)).isSameAs(table);
    Table other = Recipe.predict("x", "y").of(table);
    assertThat(other.targets()).containsExactly("x", "y");
    assertThat(other.featureNames()).containsExactly("label");
    assertThat(Recipe.predict("x").split(table).train().target().name()).isEqualTo("x");
    assertThatThrownBy(() -> Recipe.predict("z").split(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data has no column \"z\": its columns are x, y, label.");
  }

  @Test
  void aRecipeIsCompleteForATable() {
    Recipe recipe = Recipe.predict("label").complete(data("a", "b", "c"));
    assertThat(recipe.output()).isEqualTo(new Softmax());
    assertThat(recipe.targets()).containsExactly("label");
    assertThatThrownBy(() -> Recipe.predict().complete(data("only")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("data has a single class (only)");
  }

  /** What is chosen stays; what is left to the task comes with it. */
  @Test
  void aLossOrAnOutputThatIsChosenStays() {
    Task number = new Regression("y");
    Recipe huber = withLoss(Recipe.predict(), "huber").forTask(number);
    assertThat(huber.output()).isEqualTo(new Identity());
    assertThat(huber.training().loss().name()).startsWith("huber");
    Recipe tanh = withLoss(Recipe.predict().withOutput(new Tanh()), "mae").forTask(number);
    assertThat(tanh.output()).isEqualTo(new Tanh());
    assertThat(tanh.training().loss().name()).isEqualTo("mae");
    assertThat(tanh.targetScaling()).isEqualTo(Scaler.Kind.NONE);
    Recipe bce = withLoss(Recipe.predict(), "bce").forTask(number);
    assertThat(bce.output()).isEqualTo(new Sigmoid());
    Recipe softmax = Recipe.predict().withOutput(new Softmax());
    assertThat(softmax.forTask(classes("a", "b")).training().loss().name())
        .isEqualTo("cross_entropy");
    assertThatThrownBy(() -> softmax.forTask(number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A softmax shares 1 among classes, and the number y is to be predicted: take"
                + " identity.");
  }

  /** A share is learnt as it is: behind a sigmoid it could not be anything else. */
  @Test
  void numbersAreScaledBehindAnIdentityAlone() {
    assertThat(Recipe.predict().targetScaling()).isEqualTo(Scaler.Kind.STANDARD);
    assertThat(Recipe.predict().withOutput(new Identity()).targetScaling())
        .isEqualTo(Scaler.Kind.STANDARD);
    assertThat(Recipe.predict().withOutput(new Sigmoid()).targetScaling())
        .isEqualTo(Scaler.Kind.NONE);
    assertThat(withLoss(Recipe.predict(), "bce").targetScaling()).isEqualTo(Scaler.Kind.NONE);
    assertThat(Recipe.predict().withTargetScale(Scaler.Kind.MINMAX).targetScaling())
        .isEqualTo(Scaler.Kind.MINMAX);
  }

  private static Recipe withLoss(Recipe recipe, String loss) {
    return recipe.withTraining(recipe.training().withLoss(Loss.parse(loss)));
  }

  /** Every setting, set by its own method, without another one changing. */
  @Test
  void eachWithChangesItsSettingAlone() {
    TrainingOptions training = TrainingOptions.defaults().withEpochs(77);
    Recipe changed =
        new Recipe(
            List.of("a", "b"),
            Task.Kind.CLASSES,
            Scaler.Kind.MINMAX,
            List.of(new Dense(3, new Tanh())),
            new Softmax(),
            new Initializer.Zeros(),
            Scaler.Kind.STANDARD,
            12,
            true,
            3,
            ClassWeights.BALANCED,
            "w",
            "g",
            new Holdout(0.25, 0.5, 6, true),
            7,
            training);
    Recipe moons = Recipe.named("moons");
    assertThat(
            moons
                .withTargets(List.of("a", "b"))
                .withTask(Task.Kind.CLASSES)
                .withTargetScale(Scaler.Kind.MINMAX)
                .withHidden(List.of(new Dense(3, new Tanh())))
                .withOutput(new Softmax())
                .withBins(12)
                .withClamp(true)
                .withClassWeights(ClassWeights.BALANCED)
                .withRowWeights("w")
                .withGroups("g")
                .withMembers(3)
                .withInitializer(new Initializer.Zeros())
                .withScaling(Scaler.Kind.STANDARD)
                .withHoldout(new Holdout(0.25, 0.5, 6, true))
                .withSeed(7)
                .withTraining(training))
        .isEqualTo(changed);
    assertThat(moons).isEqualTo(Recipe.named("moons"));
    assertThat(
            moons
                .withValidationFraction(0.25)
                .withTestFraction(0.5)
                .withSplitSeed(6)
                .withStratify(true))
        .isEqualTo(moons.withHoldout(new Holdout(0.25, 0.5, 6, true)));
    assertThat(moons.withStratify(true).withStratify(false)).isEqualTo(moons);
    assertThat(moons.withLayers(new Dense(3, new Tanh())).hidden())
        .containsExactly(new Dense(3, new Tanh()));
  }
}
