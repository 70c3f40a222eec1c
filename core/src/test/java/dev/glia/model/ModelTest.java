package dev.glia.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.activation.Identity;
import dev.glia.loss.BinaryCrossEntropy;
import dev.glia.loss.MeanSquaredError;
import dev.glia.network.FullyConnected;
import dev.glia.network.Network;
import dev.glia.preprocessing.Preprocessing;
import dev.glia.preprocessing.ScaledPixels;
import dev.glia.preprocessing.Scaler;
import dev.glia.table.Categories;
import dev.glia.table.DenseMatrix;
import dev.glia.table.ImageSize;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import dev.glia.task.Prediction;
import dev.glia.task.Regression;
import dev.glia.task.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTest {

  /** (x - 10) * 0.5, then twice that plus 1: x - 9. */
  private static Model line() {
    Network network =
        Network.of(new FullyConnected(new float[][] {{2}}, new float[] {1}, new Identity()));
    return new Model(
        "line",
        Preprocessing.of(
            List.of("x"), new Scaler(Scaler.Kind.STANDARD, new double[] {10}, new double[] {0.5})),
        network,
        new Regression("y"),
        new MeanSquaredError(),
        0,
        Map.of());
  }

  /** Features as they are, classes by the greatest. */
  private static Model greatest(String... labels) {
    float[][] weights = new float[labels.length][labels.length];
    for (int i = 0; i < labels.length; i++) {
      weights[i][i] = 1;
    }
    return new Model(
        "greatest",
        Preprocessing.of(Models.names(labels.length), Scaler.none(labels.length)),
        Network.of(new FullyConnected(weights, new float[labels.length], new Identity())),
        new Classification("label", List.of(labels)),
        new MeanSquaredError(),
        0,
        Map.of());
  }

  @Test
  void predictsANumberFromARawRow() {
    assertThat(line().predict(4)).isEqualTo(new Prediction("y", -5, List.of()));
    assertThat(line().outputs(4)).containsExactly(-5);
    assertThat(line().outputs(DenseMatrix.of(new double[] {4}, new double[] {9})))
        .containsExactly(-5, 0);
    assertThat(line().givesProbabilities()).isFalse();
  }

  @Test
  void predictsTheLabelOfTheGreatestOutput() {
    Prediction prediction = greatest("a", "b", "c").predict(0.25, 0.5, -1);
    assertThat(prediction).isEqualTo(new Prediction("b", 0.5, List.of(0.25, 0.5, -1.0)));
    assertThat(greatest("a", "b", "c").givesProbabilities()).isFalse();
  }

  @Test
  void oneOutputStandsForTwoClasses() {
    Model model = Models.twoClasses();
    assertThat(model.givesProbabilities()).isTrue();
    float[] yes = model.outputs(3, -4);
    Prediction prediction = model.predict(3, -4);
    assertThat(prediction.outputs()).containsExactly(1 - (double) yes[0], (double) yes[0]);
    assertThat(prediction.label()).isEqualTo(yes[0] > 0.5 ? "yes" : "no");
    assertThat(prediction.value()).isEqualTo(Math.max(yes[0], 1 - (double) yes[0]));
    // the other side of the line that the unit draws
    assertThat(model.predict(-300, 400).label()).isNotEqualTo(model.predict(300, -400).label());
    assertThat(model.prediction(new float[] {0.25f, 0.75f}, 1))
        .isEqualTo(new Prediction("yes", 0.75, List.of(0.25, 0.75)));
  }

  @Test
  void softmaxGivesProbabilitiesOfItsClasses() {
    Model model = Models.classes();
    assertThat(model.givesProbabilities()).isTrue();
    Prediction prediction = model.predict(2, 20, -5);
    double sum = prediction.outputs().stream().mapToDouble(share -> share).sum();
    assertThat(sum).isCloseTo(1, within(1e-6)); // two floats, rounded
    assertThat(prediction.label()).isIn("cat", "dog");
  }

  @Test
  void aPredictorGivesTheSameWithoutMakingArrays() {
    Model model = Models.classes();
    ModelPredictor predictor = model.predictor();
    float[] outputs = new float[2];
    predictor.outputs(new double[] {2, 20, -5}, outputs);
    assertThat(outputs).isEqualTo(model.outputs(2, 20, -5));
  }

  @Test
  void rowsOfAnotherWidthAreRefused() {
    Matrix wide = DenseMatrix.of(new double[] {1, 2, 3, 4});
    assertThatThrownBy(() -> line().predict(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The model takes 1 features, got 2.");
    assertThatThrownBy(() -> Models.classes().outputs(wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The model takes 3 features, got 4.");
    assertThatThrownBy(() -> greatest("a", "b").outputs(wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The model takes 2 features, got 4.");
    assertThatThrownBy(() -> line().predictor().outputs(new double[1], new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 rows of 1 outputs");
  }

  @Test
  void evaluatesNumbers() {
    Table data =
        Table.of(
            "data",
            List.of("x"),
            DenseMatrix.of(new double[] {9}, new double[] {10}, new double[] {11}),
            new Numbers("y", 0, 1, 5));
    // predictions 0, 1, 2: squares 0, 0, 9; targets spread by 4 + 1 + 9
    assertThat(line().evaluate(data).loss()).isEqualTo(3);
    assertThat(line().evaluate(data).r2()).isCloseTo(1 - 9 / 14.0, within(1e-15));
    assertThat(line().evaluate(data).mae()).isEqualTo(1);
  }

  @Test
  void evaluatesClassesByTheirNamesWhateverTheirOrderInTheData() {
    Table data =
        Table.of(
            "data",
            List.of("f0", "f1"),
            DenseMatrix.of(new double[] {1, 0}, new double[] {0, 1}, new double[] {2, 0}),
            new Categories("label", new int[] {1, 0, 0}, List.of("b", "a"))); // a, b, b
    assertThat(greatest("a", "b").evaluate(data).accuracy()).isEqualTo(2 / 3.0);
    Categories aligned = new Classification("label", List.of("a", "b")).classes(data);
    assertThat(aligned.levels()).containsExactly("a", "b");
    assertThat(aligned.code(0)).isZero();
    assertThat(aligned.code(1)).isEqualTo(1);
  }

  @Test
  void dataThatDoesNotFitIsRefusedWithASentence() {
    Table classes =
        Table.of(
            "pets",
            List.of("f0", "f1"),
            DenseMatrix.of(new double[] {1, 0}, new double[] {1, 0}),
            new Categories("label", new int[] {0, 1}, List.of("a", "z")));
    Table numbers =
        Table.of(
            "prices",
            List.of("f0", "f1"),
            DenseMatrix.of(new double[] {1, 2}),
            new Numbers("price", 1));
    Table words =
        Table.of(
            "pets",
            List.of("x"),
            DenseMatrix.of(new double[] {1}, new double[] {2}),
            classes.target());
    assertThatThrownBy(() -> greatest("a", "b").evaluate(classes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Row 2 of pets is of class \"z\", the model knows: a, b.");
    assertThatThrownBy(() -> greatest("a", "b", "z").evaluate(classes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pets lacks the column f2, from which the model predicts: its columns are f0, f1,"
                + " label.");
    assertThatThrownBy(() -> line().evaluate(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A number is to be predicted, the column \"label\" of pets holds words (a, z).");
    assertThatThrownBy(() -> greatest("a", "b").evaluate(numbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The model predicts classes (a, b), prices has numbers.");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'a,b', true",
    "1, a, false",
    "1, 'a,b,c', false",
    "2, 'a,b', true",
    "2, a, false",
    "3, 'a,b', false",
    "3, 'a,b,c', true"
  })
  void outputsMustStandForTheLabels(int outputs, String labels, boolean fits) {
    Network network =
        Network.of(new FullyConnected(new float[1][outputs], new float[outputs], new Identity()));
    Task task = new Classification("label", List.of(labels.split(",", -1)));
    if (fits) {
      assertThat(model(network, Scaler.none(1), task).task()).isEqualTo(task);
    } else {
      assertThatThrownBy(() -> model(network, Scaler.none(1), task))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("The network has " + outputs + " outputs, which cannot stand for");
    }
  }

  @Test
  void partsOfOtherSizesAreRefused() {
    Network network = Models.network(1, "2:identity");
    Task number = new Regression("y");
    assertThatThrownBy(() -> model(network, Scaler.none(1), number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 outputs, which cannot stand for");
    Network one = Models.network(1, "1:identity");
    assertThatThrownBy(() -> model(one, Scaler.none(2), number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The network has 1 inputs, but the columns make 2.");
    assertThatThrownBy(() -> Preprocessing.of(List.of("x"), Scaler.none(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are 1 feature names and a scaler of 2 columns.");
    assertThatThrownBy(() -> new ScaledPixels("image", new ImageSize(2, 2), Scaler.none(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Images of 2 x 2 have 4 pixels, their scaler takes 1.");
  }

  private static Model model(Network network, Scaler scaler, Task task) {
    return new Model(
        "test",
        Preprocessing.of(Models.names(scaler.columns()), scaler),
        network,
        task,
        new BinaryCrossEntropy(),
        0,
        Map.of());
  }
}
