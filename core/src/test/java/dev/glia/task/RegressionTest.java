package dev.glia.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.activation.Activation;
import dev.glia.activation.Identity;
import dev.glia.activation.Sigmoid;
import dev.glia.internal.json.Json;
import dev.glia.loss.BinaryCrossEntropy;
import dev.glia.metric.Scores;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.model.Trained;
import dev.glia.preprocessing.Scaler;
import dev.glia.random.RandomState;
import dev.glia.split.Parts;
import dev.glia.table.Column;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.training.Cancellation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers to predict, in the units of those who ask for them. */
class RegressionTest {

  private static final int ROWS = 200;

  /** Numbers from 0 to 10. */
  private static double[] t() {
    RandomState random = new RandomState(1);
    double[] t = new double[ROWS];
    Arrays.setAll(t, row -> random.uniform(0, 10));
    return t;
  }

  private static double[] line(double factor, double offset) {
    return Arrays.stream(t()).map(x -> factor * x + offset).toArray();
  }

  /** The feature t and some columns to predict. */
  private static Table table(Column... targets) {
    List<Column> columns = new ArrayList<>(List.of(new Numbers("t", t())));
    columns.addAll(List.of(targets));
    return new Table("homes", columns, Arrays.stream(targets).map(Column::name).toList());
  }

  private static Trained train(Recipe recipe, Table table) {
    return recipe.train(recipe.split(table));
  }

  // Units.

  /** Whether it is told in millions or one by one, a price is learnt alike. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1_000_000, 1e-6, -1_000_000})
  void aPriceIsLearntInWhateverUnit(double unit) {
    Table table = table(new Numbers("price", line(unit, 0)));
    Trained trained = train(Recipe.predict(), table);
    assertThat(trained.result().validation().r2()).isGreaterThan(0.99);
    assertThat(trained.result().test().r2()).isGreaterThan(0.99);
    Model model = trained.model();
    for (double t : new double[] {1, 5, 9}) {
      Prediction prediction = model.predict(t);
      assertThat(prediction.label()).isEqualTo("price");
      assertThat(prediction.value() / unit).isCloseTo(t, within(0.5));
      assertThat(prediction.outputs()).isEmpty();
    }
  }

  @Test
  void theErrorIsInTheUsersUnit() {
    Recipe recipe = Recipe.predict();
    Table table = table(new Numbers("price", line(1_000_000, 3e6)));
    Parts parts = recipe.split(table);
    Trained trained = recipe.train(parts);
    Table test = parts.test();
    List<Prediction> predictions = trained.model().predict(test);
    double error = 0;
    for (int row = 0; row < test.rows(); row++) {
      double price = ((Numbers) test.target()).get(row);
      error += Math.abs(predictions.get(row).value() - price) / test.rows();
    }
    Scores scores = trained.result().test();
    // Prices of 3 to 13 millions, scaled to floats about 1: the last bit is worth half a unit.
    assertThat(scores.mae()).isCloseTo(error, within(1.0)).isBetween(1_000.0, 300_000.0);
    assertThat(trained.model().evaluate(test)).isEqualTo(scores);
    assertThat(trained.model().metrics())
        .containsEntry("test_mae", scores.mae())
        .containsEntry("test_r2", scores.r2());
    assertThat(scores.loss()).as("the loss is that of the scaled prices").isLessThan(0.01);
  }

  /** Each in its own unit, one of them falling while the other rises. */
  @Test
  void severalNumbersAreLearntAtOnce() {
    Table table =
        table(new Numbers("price", line(1_000_000, 0)), new Numbers("share", line(-0.02, 0.9)));
    Trained trained = train(Recipe.predict("price", "share"), table);
    assertThat(trained.result().test().r2()).isGreaterThan(0.99);
    assertThat(trained.result().test().mae()).isNull();
    Prediction prediction = trained.model().predict(5);
    assertThat(prediction.label()).isEqualTo("price, share");
    assertThat(prediction.outputs()).hasSize(2);
    assertThat(prediction.value()).isEqualTo(prediction.outputs().getFirst());
    assertThat(prediction.outputs().get(0)).isCloseTo(5e6, within(5e5));
    assertThat(prediction.outputs().get(1)).isCloseTo(0.8, within(0.02));
    assertThat(trained.model().task().words()).isEqualTo("predicting price, share");
    Trained one = train(Recipe.predict("share"), table);
    assertThat(one.model().featureNames()).containsExactly("t", "price");
  }

  @Test
  void aNumberThatIsAlwaysTheSameIsLearntToo() {
    double[] same = new double[ROWS];
    Arrays.fill(same, 123_456.5);
    Trained trained = train(Recipe.predict(), table(new Numbers("price", same)));
    assertThat(trained.model().predict(5).value()).isCloseTo(123_456.5, within(1.0));
  }

  // How numbers are scaled.

  @Test
  void numbersAreScaledByTheTrainingPartBehindAnIdentity() {
    Table table = table(new Numbers("price", line(100, 7)));
    Recipe recipe = Recipe.predict();
    Parts parts = recipe.split(table);
    assertThat(new Experiment(recipe, parts).task())
        .isEqualTo(
            new Regression(
                List.of("price"), Scaler.fit(Scaler.Kind.STANDARD, parts.train().target())));
    Recipe minmax = recipe.withTargetScale(Scaler.Kind.MINMAX);
    assertThat(new Experiment(minmax, parts).task())
        .isEqualTo(
            new Regression(
                List.of("price"), Scaler.fit(Scaler.Kind.MINMAX, parts.train().target())));
    Recipe none = recipe.withTargetScale(Scaler.Kind.NONE);
    assertThat(new Experiment(none, parts).task()).isEqualTo(new Regression("price"));
  }

  /** Behind a sigmoid, or with a loss for it, a share is learnt as it is. */
  @Test
  void sharesAreNotScaledBehindASigmoid() {
    Table table = table(new Numbers("share", line(0.05, 0.2)));
    Recipe bce =
        Recipe.predict()
            .withTraining(Recipe.predict().training().withLoss(new BinaryCrossEntropy()));
    Experiment experiment = new Experiment(bce, bce.split(table));
    assertThat(experiment.task()).isEqualTo(new Regression("share"));
    assertThat(experiment.recipe().output()).isEqualTo(new Sigmoid());
    assertThat(experiment.train(new Cancellation()).result().test().r2()).isGreaterThan(0.9);
  }

  @Test
  void aSoftmaxIsRefused() {
    assertThatThrownBy(() -> new Regression("y").check(Activation.parse("softmax")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A softmax shares 1 among classes, and the number y is to be predicted: take"
                + " identity.");
    new Regression("y").check(new Identity());
    new Regression("y").check(new Sigmoid());
  }

  // Outputs.

  private static Regression scaled() {
    return new Regression(
        List.of("a", "b"),
        new Scaler(Scaler.Kind.STANDARD, new double[] {100, -1}, new double[] {0.5, 4}));
  }

  @Test
  void outputsAreBroughtToTheirUnits() {
    float[] outputs = {1, 2, -3, 0};
    assertThat(scaled().prediction(outputs, 2, 2))
        .isEqualTo(new Prediction("a, b", 94, List.of(94.0, -1.0)));
    assertThat(scaled().value(1, 0)).isEqualTo(102);
    scaled().toUnits(outputs);
    assertThat(outputs).containsExactly(102, -0.5f, 94, -1);
    float[] plain = {1, -0.0f, Float.NaN};
    new Regression("y").toUnits(plain);
    assertThat(plain).containsExactly(1, -0.0f, Float.NaN);
    assertThat(new Regression("y").prediction(plain, 0, 1))
        .isEqualTo(new Prediction("y", 1, List.of()));
  }

  @Test
  void answersAreScaled() {
    Table table =
        new Table(
            "t",
            List.of(
                new Numbers("b", 0, 1),
                new Numbers("x", new DenseMatrix(2, 1, new double[2]), 0),
                new Numbers("a", 100, 104)),
            List.of());
    Answers answers = scaled().answers(table, 2);
    assertThat(answers.rows()).isEqualTo(2);
    assertThat(answers.target(0, 0)).isZero();
    assertThat(answers.target(1, 0)).isEqualTo(2);
    assertThat(answers.target(0, 1)).isEqualTo(4);
    assertThat(answers.target(1, 1)).isEqualTo(8);
    assertThat(scaled().numbers(table)).extracting(Numbers::name).containsExactly("a", "b");
    assertThat(scaled().fits(2)).isTrue();
    assertThat(scaled().fits(1)).isFalse();
  }

  /** Held in their own unit, in predictions, in scores and where numbers are scaled alike. */
  @Test
  void predictionsAreHeldInTheRangeOfTheRowsToLearnFrom() {
    Table train =
        new Table("t", List.of(new Numbers("y", 10, 20, 40)), List.of()).predicting(List.of("y"));
    Scaler scaler = new Scaler(Scaler.Kind.STANDARD, new double[] {20}, new double[] {0.1});
    Regression free = new Regression(List.of("y"), scaler);
    Regression held = free.heldBy(train);
    assertThat(held.ranges()).containsExactly(new Range(10, 40));
    float[] outputs = {-5, 0.5f, 7};
    assertThat(held.prediction(outputs, 0, 1).value()).isEqualTo(10);
    assertThat(held.prediction(outputs, 1, 1).value()).isEqualTo(25);
    assertThat(held.prediction(outputs, 2, 1).value()).isEqualTo(40);
    assertThat(free.prediction(outputs, 2, 1).value()).isEqualTo(90);
    Answers answers = held.answers(train, 1);
    double[] sums = new double[answers.sums()];
    for (int row = 0; row < 3; row++) {
      answers.add(row, outputs, row, sums, 0);
    }
    // wanted 10, 20, 40; given 10, 25, 40
    assertThat(answers.scores(0, sums).mae()).isCloseTo(5 / 3.0, within(1e-15));
    assertThat(answers.outcomes(outputs).predicted(2, 0)).isEqualTo(40);
    assertThat(read(held)).isEqualTo(held);
    assertThat(free.describe()).doesNotContainKeys("least", "most");
  }

  @SuppressWarnings("unchecked") // JSON has texts for names
  private static Task read(Task task) {
    return Task.read((Map<String, ?>) Json.read(Json.write(task.describe())));
  }

  @Test
  void rangesThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new Range(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Range(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new Regression(List.of("y"), Scaler.none(1), List.of(new Range(0, 1), new Range(0, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 numbers to predict have as many ranges or none, got 2.");
  }
}
