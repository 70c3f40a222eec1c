package dev.glia.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.activation.Activation;
import dev.glia.activation.Elementwise;
import dev.glia.activation.Identity;
import dev.glia.activation.Sigmoid;
import dev.glia.activation.Softmax;
import dev.glia.activation.Tanh;
import dev.glia.compute.KernelChoice;
import dev.glia.initializer.Initializer;
import dev.glia.inspection.GradientCheck.Comparison;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.loss.BinaryCrossEntropy;
import dev.glia.loss.CrossEntropy;
import dev.glia.loss.Loss;
import dev.glia.loss.MeanSquaredError;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import dev.glia.training.Examples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check passes what is right and finds what is wrong. */
class GradientCheckTest {

  private static final long SEED = 9;

  private static Network network(Activation hidden, Activation output) {
    Architecture architecture =
        new Architecture(
            5, List.of(new Dense(17, hidden), new Dense(6, hidden), new Dense(3, output)));
    return Network.initialize(architecture, new Initializer.Normal(0, 0.4), new RandomState(SEED));
  }

  /** Ten rows, targets that are shares of 1. */
  private static Examples examples() {
    RandomState random = new RandomState(SEED + 1);
    double[] x = new double[50];
    Arrays.setAll(x, i -> random.randn());
    float[] y = new float[30];
    for (int row = 0; row < 10; row++) {
      y[3 * row + (int) random.randint(0, 3)] = 1;
    }
    return Examples.ofNumbers(new DenseMatrix(10, 5, x), y, 3);
  }

  static Stream<Arguments> everyActivationAndLoss() {
    List<Arguments> all = new ArrayList<>();
    for (String hidden : Activation.names()) {
      all.add(Arguments.of(Activation.parse(hidden), new Softmax(), new CrossEntropy()));
    }
    for (String loss : Loss.names()) {
      if (!loss.equals("cross_entropy")) {
        all.add(Arguments.of(new Tanh(), new Sigmoid(), Loss.parse(loss)));
      }
    }
    return all.stream();
  }

  /**
   * Sums of up to 17 terms, three layers forward and back, ten rows: some 60 roundings of 6e-8 that
   * do not all add up give 1e-6 at the most. The differences themselves err by 1e-10 (see
   * GradientCheck) over gradients of 1e-3 or more.
   */
  @ParameterizedTest
  @MethodSource("everyActivationAndLoss")
  void rightGradientsPass(Activation hidden, Activation output, Loss loss) {
    for (KernelChoice kernel : KernelChoice.values()) {
      List<Comparison> comparisons =
          GradientCheck.run(network(hidden, output), examples(), loss, kernel);
      assertThat(comparisons)
          .extracting(c -> c.layer() + " " + c.name() + " " + c.count())
          .containsExactly(
              "0 weights 85",
              "0 biases 17",
              "1 weights 102",
              "1 biases 6",
              "2 weights 18",
              "2 biases 3");
      assertThat(comparisons).allSatisfy(c -> assertThat(c.difference()).isLessThan(1e-5));
    }
  }

  /** A tanh whose derivative is a sigmoid's: wrong, and it would still train. */
  private record WrongTanh() implements Elementwise {
    @Override
    public String name() {
      return "wrong_tanh";
    }

    @Override
    public double value(double z) {
      return Math.tanh(z);
    }

    @Override
    public double derivative(double z) {
      double a = value(z);
      return a * (1 - a);
    }
  }

  @Test
  void aWrongDerivativeShowsInItsLayerAndBelow() {
    Architecture architecture =
        new Architecture(
            5,
            List.of(
                new Dense(8, new Tanh()),
                new Dense(6, new WrongTanh()),
                new Dense(3, new Identity())));
    Network network =
        Network.initialize(architecture, new Initializer.Glorot(), new RandomState(SEED));
    List<Comparison> comparisons =
        GradientCheck.run(network, examples(), new MeanSquaredError(), KernelChoice.AUTO);
    assertThat(comparisons).hasSize(6);
    for (Comparison comparison : comparisons) {
      if (comparison.layer() == 2) {
        assertThat(comparison.difference()).isLessThan(1e-5);
      } else {
        assertThat(comparison.difference()).isGreaterThan(0.1);
      }
    }
  }

  /** Features that are mostly 0 take other ways through narrow and through wide layers. */
  @ParameterizedTest
  @ValueSource(strings = {"5:tanh,2:identity", "130:tanh,2:identity"})
  void theGradientIsRightWhereMostFeaturesAre0(String layers) {
    RandomState random = new RandomState(5);
    double[] x = new double[7 * 70];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.randint(0, 10) < 8 ? 0 : random.randn();
    }
    float[] y = new float[14];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) random.randn();
    }
    Network network =
        Network.initialize(
            new Architecture(70, Layer.parseAll(layers)), new Initializer.He(), random);
    Examples examples = Examples.ofNumbers(new DenseMatrix(7, 70, x), y, 2);
    for (KernelChoice kernel : KernelChoice.values()) {
      assertThat(GradientCheck.run(network, examples, new MeanSquaredError(), kernel))
          .allSatisfy(c -> assertThat(c.difference()).isLessThan(1e-5));
    }
  }

  /** A loss whose gradient lacks its 2. */
  private record WrongLoss() implements Loss {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public double value(double[] a, double[] y) {
      return new MeanSquaredError().value(a, y);
    }

    @Override
    public double derivative(double a, double y) {
      return a - y;
    }

    @Override
    public double scale(int rows, int outputs) {
      return 1.0 / rows;
    }
  }

  @Test
  void aWrongLossShowsEverywhere() {
    // Half of the gradient: |g / 2| / (|g / 2| + |g|) is a third.
    assertThat(
            GradientCheck.run(
                network(new Tanh(), new Identity()),
                examples(),
                new WrongLoss(),
                KernelChoice.AUTO))
        .allSatisfy(c -> assertThat(c.difference()).isBetween(0.333, 0.334));
  }

  @Test
  void noGradientAtAllIsNoDifference() {
    Network zeros =
        Network.initialize(
            new Architecture(5, List.of(new Dense(3, new Identity()))),
            new Initializer.Zeros(),
            new RandomState(0));
    Examples examples = Examples.ofNumbers(new DenseMatrix(2, 5, new double[10]), new float[6], 3);
    assertThat(GradientCheck.run(zeros, examples, new MeanSquaredError(), KernelChoice.SCALAR))
        .extracting(Comparison::difference)
        .containsOnly(0.0);
  }

  /** Inputs of 0 and of 1, as xor's: many sums are exactly 0, where rectifiers have their kink. */
  private static Examples corners(int outputs) {
    double[] x = new double[12 * 2];
    float[] y = new float[12 * outputs];
    for (int row = 0; row < 12; row++) {
      x[2 * row] = row & 1;
      x[2 * row + 1] = row >> 1 & 1;
      y[outputs * row + row % outputs] = outputs == 1 ? row & 1 : 1; // each class as often
    }
    return Examples.ofNumbers(new DenseMatrix(12, 2, x), y, outputs);
  }

  static Stream<Arguments> gradientsThatAreZero() {
    List<String> starts =
        List.of(
            "zeros", // nothing comes back from the outputs
            "uniform(0.3,0.3)", // what comes back to a unit cancels: 1/3 + 1/3 - 2/3
            "normal(-2,0.3)", // dead rectifiers
            "normal(0,30)", // saturated
            "uniform(8,9)", // saturated on one side
            "he", // no biases: sums of exactly 0
            "glorot");
    return starts.stream()
        .flatMap(init ->
            Stream.concat(
                Activation.names().stream().map(hidden -> Arguments.of(init, hidden)),
                Stream.of(Arguments.of(init, "none"))));
  }

  /** Rounding is all that is there in some of them, and it is no wrong gradient. */
  @ParameterizedTest
  @MethodSource("gradientsThatAreZero")
  void aTrueGradientOfZeroPasses(String init, String hidden) {
    for (String loss : Loss.names()) {
      for (String output : loss.equals("cross_entropy") ? List.of("3:softmax") : outputs(loss)) {
        String layers =
            hidden.equals("none") ? output : "7:" + hidden + ",5:" + hidden + "," + output;
        Network network =
            Network.initialize(
                new Architecture(2, Layer.parseAll(layers)),
                Initializer.parse(init),
                new RandomState(SEED));
        Examples examples = corners(network.architecture().outputs());
        assertThat(GradientCheck.run(network, examples, Loss.parse(loss), KernelChoice.AUTO))
            .as(init + " " + layers + " " + loss)
            .allMatch(Comparison::isRight);
      }
    }
  }

  private static List<String> outputs(String loss) {
    return loss.equals("bce")
        ? List.of("1:sigmoid", "3:sigmoid")
        : List.of("1:sigmoid", "3:softmax", "1:identity", "3:tanh");
  }

  /** Eight sigmoids leave little of a gradient, and a wrong one is found all the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8})
  void aWrongGradientIsFoundHoweverSmallItIs(int sigmoids) {
    List<Layer> layers = new ArrayList<>(List.of(new Dense(5, new WrongTanh())));
    for (int i = 0; i < sigmoids; i++) {
      layers.add(new Dense(5, new Sigmoid()));
    }
    layers.add(new Dense(3, new Softmax()));
    Network network =
        Network.initialize(
            new Architecture(5, layers), new Initializer.Glorot(), new RandomState(SEED));
    List<Comparison> comparisons =
        GradientCheck.run(network, examples(), new CrossEntropy(), KernelChoice.AUTO);
    assertThat(comparisons.subList(0, 2)).noneMatch(Comparison::isRight);
    assertThat(comparisons.subList(2, comparisons.size())).allMatch(Comparison::isRight);
  }

  /** A rectifier that lets a thousandth of its gradient through where it should let none. */
  private record LeakingRelu() implements Elementwise {
    @Override
    public String name() {
      return "leaking";
    }

    @Override
    public double value(double z) {
      return Math.max(0, z);
    }

    @Override
    public double derivative(double z) {
      return z > 0 ? 1 : 1e-3;
    }
  }

  @Test
  void aGradientThatShouldBeZeroAndIsNotIsFound() {
    Network dead =
        Network.initialize(
            new Architecture(
                2, List.of(new Dense(4, new LeakingRelu()), new Dense(1, new Sigmoid()))),
            new Initializer.Normal(-2, 0.3),
            new RandomState(SEED));
    List<Comparison> comparisons =
        GradientCheck.run(dead, corners(1), new BinaryCrossEntropy(), KernelChoice.AUTO);
    assertThat(comparisons.subList(0, 2)).noneMatch(Comparison::isRight);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() ->
            GradientCheck.run(
                network(new Tanh(), new Identity()),
                examples(),
                new BinaryCrossEntropy(),
                KernelChoice.AUTO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take sigmoid");
  }
}
