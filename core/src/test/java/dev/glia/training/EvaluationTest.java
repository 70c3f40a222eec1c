package dev.glia.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.activation.Activation;
import dev.glia.activation.Identity;
import dev.glia.compute.Compute;
import dev.glia.compute.KernelChoice;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Dense;
import dev.glia.loss.BinaryCrossEntropy;
import dev.glia.loss.CrossEntropy;
import dev.glia.loss.Huber;
import dev.glia.loss.MeanSquaredError;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.FullyConnected;
import dev.glia.network.Network;
import dev.glia.random.RandomState;
import dev.glia.table.Categories;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {

  private static final Compute TWO = Compute.onThreads(2);

  /** A network of one layer that hands its inputs to an activation. */
  private static Network through(int units, String activation) {
    float[][] weights = new float[units][units];
    for (int i = 0; i < units; i++) {
      weights[i][i] = 1;
    }
    return Network.of(new FullyConnected(weights, new float[units], Activation.parse(activation)));
  }

  private static Matrix column(double... values) {
    return new DenseMatrix(values.length, 1, values);
  }

  /** The example of scikit-learn's {@code r2_score}: 0.948... */
  @Test
  void numbersGetR2() {
    Examples examples = Examples.of(column(2.5, 0, 2, 8), new Numbers("y", 3, -0.5, 2, 7), 1);
    Scores scores = Evaluation.of(through(1, "identity"), new MeanSquaredError(), examples, TWO);
    assertThat(scores.r2()).isCloseTo(0.9486081370449679, within(1e-15));
    assertThat(scores.loss()).isEqualTo(0.375);
    assertThat(scores.mae()).isEqualTo(0.5);
    assertThat(scores.accuracy()).isNull();
  }

  /** As {@code r2_score}: 1 if right, else 0, where the share of a spread of 0 says nothing. */
  @ParameterizedTest
  @CsvSource({"3, 1", "4, 0"})
  void equalNumbersGetAnR2ThatIsFinite(double prediction, double r2) {
    Examples examples = Examples.of(column(prediction, 3), new Numbers("y", 3, 3), 1);
    assertThat(Evaluation.of(through(1, "identity"), new MeanSquaredError(), examples, TWO).r2())
        .isEqualTo(r2);
  }

  @Test
  void severalOutputsAreMeasuredEachFromItsOwnMean() {
    Matrix x = DenseMatrix.of(new double[] {1, 10}, new double[] {2, 30});
    float[] y = {1, 10, 3, 20};
    Scores scores =
        Evaluation.of(
            through(2, "identity"), new MeanSquaredError(), Examples.ofNumbers(x, y, 2), TWO);
    // errors 0 and -1, 0 and 10; spreads 2 (1 and 3 around 2) and 50 (10 and 20 around 15)
    assertThat(scores.r2()).isCloseTo(((1 - 1 / 2.0) + (1 - 100 / 50.0)) / 2, within(1e-15));
    assertThat(scores.mae()).as("their units may differ").isNull();
  }

  @Test
  void classesGetTheShareOfRightOnes() {
    Matrix x =
        DenseMatrix.of(
            new double[] {3, 1, 0},
            new double[] {0, 1, 0},
            new double[] {0, 5, 6},
            new double[] {9, 1, 0});
    Categories target = new Categories("label", new int[] {0, 1, 2, 1}, List.of("a", "b", "c"));
    Scores scores =
        Evaluation.of(through(3, "softmax"), new CrossEntropy(), Examples.of(x, target, 3), TWO);
    assertThat(scores.accuracy()).isEqualTo(0.75);
    assertThat(scores.r2()).isNull();
  }

  @Test
  void twoClassesMayHaveOneOutput() {
    Categories target = new Categories("label", new int[] {0, 1, 1, 0}, List.of("no", "yes"));
    Examples examples = Examples.of(column(-1, 2, -3, 0), target, 1);
    Scores scores = Evaluation.of(through(1, "sigmoid"), new BinaryCrossEntropy(), examples, TWO);
    assertThat(scores.accuracy()).isEqualTo(0.75); // the third is wrong; a half is "no"
  }

  /** 1,000 rows are eight blocks: their sums are added in order, whoever computes them. */
  @Test
  void threadsAndKernelsDoNotChangeABit() {
    RandomState random = new RandomState(3);
    double[] x = new double[3000];
    float[] y = new float[2000];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.randn();
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) random.randn();
    }
    Examples examples = Examples.ofNumbers(new DenseMatrix(1000, 3, x), y, 2);
    Network network =
        Network.initialize(
            new Architecture(
                3, List.of(new Dense(7, Activation.parse("tanh")), new Dense(2, new Identity()))),
            new Initializer.Glorot(),
            random);
    Scores expected =
        Evaluation.of(network, new Huber(1), examples, new Compute(1, KernelChoice.SCALAR));
    for (int threads = 1; threads <= 9; threads += 2) {
      for (KernelChoice kernel : KernelChoice.values()) {
        assertThat(Evaluation.of(network, new Huber(1), examples, new Compute(threads, kernel)))
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void targetsAndOutputsMustFit() {
    Matrix x = column(1, 2);
    Categories three = new Categories("label", new int[] {0, 2}, List.of("a", "b", "c"));
    assertThatThrownBy(() -> Examples.of(x, three, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The target needs 3 outputs, the network has 1.");
    assertThatThrownBy(() -> Examples.of(x, three, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The target needs 3 outputs, the network has 2.");
    assertThatThrownBy(() -> Examples.of(x, new Numbers("y", 1, 2), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The target needs 1 outputs, the network has 2.");
    assertThatThrownBy(() -> Examples.of(x, new Numbers("y", 1), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 rows of features need as many targets, got 1.");
    assertThatThrownBy(() -> Examples.ofNumbers(x, new float[3], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 rows of 2 outputs need 4 numbers, got 3.");
    Examples examples = Examples.of(x, new Numbers("y", 1, 2), 1);
    assertThatThrownBy(
            () -> Evaluation.of(through(2, "identity"), new MeanSquaredError(), examples, TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The network has 2 inputs, the data has 1 features.");
  }
}
