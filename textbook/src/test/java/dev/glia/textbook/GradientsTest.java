package dev.glia.textbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every gradient is the slope of the loss: central differences.
 *
 * <p>A step of 1e-5 leaves a truncation of about h^2 = 1e-10 times a third derivative and a
 * rounding of about 1e-16 / h = 1e-11, both times numbers of the order of 1 to 10. Allowed: 1e-8,
 * absolute or of a gradient over 1. Measured: at most 1.1e-9.
 */
class GradientsTest {

  private static final double STEP = 1e-5;
  private static final double ALLOWED = 1e-8;

  private static final int IN = 3;
  private static final int HIDDEN = 5;
  private static final int OUT = 2;

  /** Each layer first, and behind a dense one, to which it hands a gradient back. */
  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of("dense", List.of(dense(IN, HIDDEN, "gelu"))),
        Arguments.of("scale", List.of(scale(IN), dense(IN, HIDDEN, "tanh"), scale(HIDDEN))),
        Arguments.of("dropout", List.of(dropout(), dense(IN, HIDDEN, "silu"), dropout())),
        Arguments.of("batch norm", List.of(norm(IN), dense(IN, HIDDEN, "tanh"), norm(HIDDEN))),
        Arguments.of(
            "all",
            List.of(norm(IN), scale(IN), dense(IN, HIDDEN, "sigmoid"), norm(HIDDEN), dropout())));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientsAreSlopes(String name, List<TextbookLayer> layers) {
    for (int rows : new int[] {1, 2, 7}) { // one row: the batch normalisation takes running numbers
      TextbookNetwork network = network(layers, "softmax");
      assertGradients(network, rows, TextbookLoss.of("cross_entropy"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "identity",
        "relu",
        "leaky_relu(0.05)",
        "sigmoid",
        "tanh",
        "elu(0.7)",
        "selu",
        "gelu",
        "silu",
        "softplus",
        "softmax"
      })
  void anActivationsDerivativeIsItsSlope(String activation) {
    assertGradients(network(List.of(dense(IN, HIDDEN, activation)), activation), 6, loss("mse"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bce", "cross_entropy", "mse", "squared_error", "mae", "huber(0.1)", "mse(sum)"})
  void aLosssDerivativeIsItsSlope(String loss) {
    assertGradients(network(List.of(dense(IN, HIDDEN, "tanh")), "sigmoid"), 6, loss(loss));
  }

  /** By hand: the weight is 1, so the loss is (2 - 1)^2 and its slope 2 (2 - 1) 2. */
  @Test
  void anOptimizersStepIsTheLayersOwnRateTimesAsLong() {
    TextbookScale scale = new TextbookScale(1, 6);
    TextbookNetwork network = new TextbookNetwork(List.of(scale));
    network.backward(new double[][] {{2}}, new double[][] {{1}}, loss("mse"));
    assertThat(scale.weightGradient).containsExactly(4);
    network.step(TextbookOptimizer.sgd(0.125));
    assertThat(scale.weight).containsExactly(1 - 6 * 0.125 * 4);
  }

  /** By hand: 1 and 5 have the mean 3 and the variance 4, or 8 divided by rows - 1. */
  @Test
  void runningNumbersFollowThoseOfTheBatch() {
    double[][] x = {{1}, {5}};
    TextbookBatchNorm torch = TextbookBatchNorm.torch(1, 0.25, 0);
    TextbookBatchNorm keras = TextbookBatchNorm.keras(1, 0.75, 0);
    assertThat(torch.forward(x)).isDeepEqualTo(new double[][] {{-1}, {1}});
    assertThat(keras.forward(x)).isDeepEqualTo(new double[][] {{-1}, {1}});
    assertThat(torch.runningMean).containsExactly(0.75);
    assertThat(keras.runningMean).containsExactly(0.75);
    assertThat(torch.runningVariance).containsExactly(0.75 * 1 + 0.25 * 8);
    assertThat(keras.runningVariance).containsExactly(0.75 * 1 + 0.25 * 4);
    torch.forward(new double[][] {{100}}); // one row has no variance
    assertThat(torch.runningMean).containsExactly(0.75);
    assertThat(keras.predict(new double[][] {{0.75}})).isDeepEqualTo(new double[][] {{0}});
  }

  @Test
  void aDropoutLeavesOutWhatIsUnderItsShareAndNothingWhenItPredicts() {
    double[] noise = {0, 0.49, 0.5, 0.99};
    TextbookDropout dropout = new TextbookDropout(0.5, (row, unit) -> noise[unit]);
    double[][] x = {{1, 2, 3, 4}};
    assertThat(dropout.forward(x)).isDeepEqualTo(new double[][] {{0, 0, 6, 8}});
    assertThat(dropout.backward(x, true)).isDeepEqualTo(new double[][] {{0, 0, 6, 8}});
    assertThat(dropout.predict(x)).isDeepEqualTo(x);
  }

  /** By all numbers to learn; what a layer hands back is seen in those of the layers before it. */
  private static void assertGradients(TextbookNetwork network, int rows, TextbookLoss loss) {
    Random random = new Random(rows);
    double[][] x = new double[rows][IN];
    double[][] y = new double[rows][OUT];
    for (int row = 0; row < rows; row++) {
      fill(random, x[row]);
      y[row][random.nextInt(OUT)] = 1;
    }
    network.backward(x, y, loss);
    for (int layer = 0; layer < network.layers.size(); layer++) {
      List<double[]> parameters = network.layers.get(layer).parameters();
      List<double[]> gradients = network.layers.get(layer).gradients();
      assertThat(gradients).hasSameSizeAs(parameters);
      for (int array = 0; array < parameters.size(); array++) {
        for (int i = 0; i < parameters.get(array).length; i++) {
          double slope = slope(network, x, y, loss, parameters.get(array), i);
          assertThat(gradients.get(array)[i])
              .as("layer %d, array %d, number %d of %d rows", layer, array, i, rows)
              .isCloseTo(slope, within(ALLOWED * Math.max(1, Math.abs(slope))));
        }
      }
    }
  }

  /** Of the loss of the batch as it is learnt from. */
  private static double slope(
      TextbookNetwork network,
      double[][] x,
      double[][] y,
      TextbookLoss loss,
      double[] numbers,
      int i) {
    double kept = numbers[i];
    numbers[i] = kept + STEP;
    double above = loss.value(network.forward(x), y);
    numbers[i] = kept - STEP;
    double below = loss.value(network.forward(x), y);
    numbers[i] = kept;
    return (above - below) / (2 * STEP);
  }

  private static TextbookLoss loss(String name) {
    return TextbookLoss.of(name);
  }

  private static TextbookNetwork network(List<TextbookLayer> layers, String output) {
    List<TextbookLayer> all = new ArrayList<>(layers);
    all.add(dense(HIDDEN, OUT, output));
    return new TextbookNetwork(all);
  }

  private static TextbookDense dense(int in, int out, String activation) {
    Random random = new Random(in);
    double[][] weights = new double[in][out];
    for (double[] row : weights) {
      fill(random, row);
    }
    double[] biases = new double[out];
    fill(random, biases);
    return new TextbookDense(weights, biases, activation);
  }

  private static TextbookScale scale(int units) {
    TextbookScale scale = new TextbookScale(units, 1);
    fill(new Random(units), scale.weight);
    return scale;
  }

  private static TextbookBatchNorm norm(int units) {
    TextbookBatchNorm norm = TextbookBatchNorm.torch(units, 0.1, 0.1);
    Random random = new Random(units);
    fill(random, norm.weight);
    fill(random, norm.bias);
    return norm;
  }

  /** Leaves out three of seven, always the same. */
  private static TextbookDropout dropout() {
    return new TextbookDropout(1.0 / 3, (row, unit) -> (5 * row + 3 * unit) % 7 / 7.0);
  }

  private static void fill(Random random, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
  }
}
