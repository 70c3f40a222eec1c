package dev.glia.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.activation.Activation;
import dev.glia.activation.Sigmoid;
import dev.glia.activation.Softmax;
import dev.glia.random.RandomState;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every loss: its value, its gradient, and its stable form behind an activation. */
class LossTest {

  static final List<String> LOSSES =
      List.of("bce", "cross_entropy", "mse", "squared_error", "mae", "huber", "huber(0.3)");

  /** One row, worked by hand. */
  @ParameterizedTest
  @CsvSource({
    // a = (0.25, 0.5), y = (0, 1)
    "bce, 0.9808292530117262", // -ln 0.75 - ln 0.5
    "cross_entropy, 0.6931471805599453", // -ln 0.5
    "mse, 0.3125", // 0.0625 + 0.25
    "squared_error, 0.3125",
    "mae, 0.75",
    "huber(1), 0.15625",
    "huber(0.3), 0.13625" // 0.03125 + 0.3 * (0.5 - 0.15)
  })
  void valuesByHand(String name, double value) {
    assertThat(Loss.parse(name).value(new double[] {0.25, 0.5}, new double[] {0, 1}))
        .isCloseTo(value, within(1e-15));
  }

  /**
   * Central differences with step h = 1e-6: the third derivative is at most 2 / 0.05^3 for a
   * logarithm of 0.05 or more, which gives 3e-9; rounding gives 1e-15 / h = 1e-9.
   */
  @ParameterizedTest
  @FieldSource("LOSSES")
  void theGradientIsTheSlope(String name) {
    Loss loss = Loss.parse(name);
    long seed = 11;
    RandomState random = new RandomState(seed);
    double h = 1e-6;
    for (int trial = 0; trial < 50; trial++) {
      double[] a = uniform(random, 4, 0.05, 0.95);
      double[] y = uniform(random, 4, 0, 1);
      double[] da = new double[4];
      loss.gradient(a, y, da);
      for (int i = 0; i < a.length; i++) {
        double[] above = a.clone();
        double[] below = a.clone();
        above[i] += h;
        below[i] -= h;
        double slope = (loss.value(above, y) - loss.value(below, y)) / (2 * h);
        boolean kink = name.equals("mae") && Math.abs(a[i] - y[i]) < h;
        if (!kink) {
          assertThat(da[i]).as("seed %d, trial %d", seed, trial).isCloseTo(slope, within(5e-9));
        }
      }
    }
  }

  private static double[] uniform(RandomState random, int count, double low, double high) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> random.uniform(low, high));
    return values;
  }

  @Test
  void absoluteErrorIsFlatAtItsKink() {
    double[] da = {7};
    new MeanAbsoluteError().gradient(new double[] {0.5}, new double[] {0.5}, da);
    assertThat(da).containsExactly(0);
  }

  /**
   * The formula from the sums z is the plain formula through the activation. For |z| up to 6 the
   * plain one divides by a (1 - a) of 0.002 or more, so roundings of 1e-16 grow to some 1e-13.
   */
  @ParameterizedTest
  @CsvSource({
    "bce, sigmoid",
    "cross_entropy, softmax",
    "bce, softmax",
    "mse, sigmoid",
    "mae, tanh"
  })
  void theStableFormIsThePlainOne(String lossName, String activationName) {
    Loss loss = Loss.parse(lossName);
    Activation activation = Activation.parse(activationName);
    OutputLoss stable = loss.after(activation);
    OutputLoss plain = new OutputLoss.Chained(loss, activation);
    long seed = 12;
    RandomState random = new RandomState(seed);
    for (int trial = 0; trial < 100; trial++) {
      double[] z = uniform(random, 5, -6, 6);
      double[] y = uniform(random, 5, 0, 1);
      double[] a = new double[5];
      activation.forward(z, a);
      assertThat(stable.value(z, a, y))
          .as("seed %d, trial %d", seed, trial)
          .isCloseTo(plain.value(z, a, y), within(1e-12));
      double[] stableGradient = new double[5];
      double[] plainGradient = new double[5];
      stable.gradient(z, a, y, stableGradient);
      plain.gradient(z, a, y, plainGradient);
      assertThat(stableGradient).containsExactly(plainGradient, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1})
  void crossEntropiesStayFiniteAndRightAtExtremeSums(double target) {
    double[] y = {target, 1 - target};
    double[] z = {1000, -1000};
    double[] a = new double[2];
    double[] dz = new double[2];

    OutputLoss bce = new BinaryCrossEntropy().after(new Sigmoid());
    new Sigmoid().forward(z, a);
    // an output that is sure and wrong by a share of s costs 1000 s
    assertThat(bce.value(z, a, y)).isCloseTo(2000 * (1 - target), within(1e-9));
    bce.gradient(z, a, y, dz);
    assertThat(dz).containsExactly(new double[] {1 - target, target - 1}, within(1e-15));

    OutputLoss crossEntropy = new CrossEntropy().after(new Softmax());
    new Softmax().forward(z, a);
    assertThat(crossEntropy.value(z, a, y)).isCloseTo(2000 * (1 - target), within(1e-9));
    crossEntropy.gradient(z, a, y, dz);
    assertThat(dz).containsExactly(new double[] {1 - target, target - 1}, within(1e-15));
  }

  /** As PyTorch's BCELoss: logarithms are held above -100, the gradient's divisor above 1e-12. */
  @Test
  void binaryCrossEntropyOfSureOutputsIsFinite() {
    Loss loss = new BinaryCrossEntropy();
    assertThat(loss.value(new double[] {0, 1}, new double[] {1, 0})).isEqualTo(200.0);
    assertThat(loss.value(new double[] {0, 1}, new double[] {0, 1})).isZero();
    double[] da = new double[2];
    loss.gradient(new double[] {0, 1}, new double[] {1, 0}, da);
    assertThat(da).containsExactly(new double[] {-1e12, 1e12}, within(1e-3));
  }

  @Test
  void reductionsAreTorchs() {
    assertThat(Loss.parse("mse").scale(5, 4)).isEqualTo(1 / 20.0);
    assertThat(Loss.parse("bce").scale(5, 4)).isEqualTo(1 / 20.0);
    assertThat(Loss.parse("mae").scale(5, 4)).isEqualTo(1 / 20.0);
    assertThat(Loss.parse("huber").scale(5, 4)).isEqualTo(1 / 20.0);
    assertThat(Loss.parse("cross_entropy").scale(5, 4)).isEqualTo(1 / 5.0);
    assertThat(Loss.parse("squared_error").scale(5, 4)).isEqualTo(1 / 5.0);
    for (String name : List.of("mse(sum)", "bce(sum)", "mae(sum)", "cross_entropy(sum)")) {
      assertThat(Loss.parse(name).scale(5, 4)).isEqualTo(1.0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bce",
        "bce(sum)",
        "cross_entropy",
        "cross_entropy(sum)",
        "mse",
        "mse(sum)",
        "mae",
        "mae(sum)",
        "squared_error",
        "huber(1)",
        "huber(0.25)"
      })
  void aNameIsReadBack(String name) {
    assertThat(Loss.parse(name).name()).isEqualTo(name);
    assertThat(Loss.parse(Loss.parse(name).name())).isEqualTo(Loss.parse(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          log           | There is no loss "log". There are: bce, cross_entropy, mse, squared_error
          mse(max)      | mse(...) expects mean or sum, got "max".
          mse(sum,2)    | mse takes at most 1 (reduction) in parentheses
          squared_error(sum) | squared_error takes nothing in parentheses
          huber(0)      | huber needs a delta over 0, got 0.0.
          huber(-1)     | huber needs a delta over 0
          """)
  void aWrongNameGetsASentence(String text, String message) {
    assertThatThrownBy(() -> Loss.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void lossesRefuseOutputsThatMakeNoSense() {
    for (String output : Activation.names()) {
      Activation activation = Activation.parse(output);
      if (!output.equals("sigmoid") && !output.equals("softmax")) {
        assertThatThrownBy(() -> new BinaryCrossEntropy().after(activation))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("bce needs outputs between 0 and 1")
            .hasMessageContaining(activation.name());
      }
      if (!output.equals("softmax")) {
        assertThatThrownBy(() -> new CrossEntropy().after(activation))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("take softmax");
      }
    }
  }
}
