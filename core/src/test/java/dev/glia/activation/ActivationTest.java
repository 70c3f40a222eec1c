package dev.glia.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.compute.KernelChoice;
import dev.glia.compute.Padding;
import dev.glia.random.RandomState;
import dev.glia.textbook.TextbookActivation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every activation: its value, its derivative, and both on blocks of floats. */
class ActivationTest {

  /** All that have a name, and those with a parameter once more with another. */
  static List<Activation> activations() {
    List<Activation> activations = new ArrayList<>();
    for (String name : Activation.names()) {
      activations.add(Activation.parse(name));
    }
    activations.add(new LeakyRelu(0.05));
    activations.add(new LeakyRelu(2));
    activations.add(new Elu(0.3));
    return activations;
  }

  static Stream<Elementwise> elementwise() {
    return activations().stream()
        .filter(Elementwise.class::isInstance)
        .map(Elementwise.class::cast);
  }

  /** From the far left to the far right, both sides of 0, and 0 itself where asked for. */
  private static double[] points() {
    double[] points = new double[4001];
    for (int i = 0; i < points.length; i++) {
      double t = (i - 2000) / 2000.0;
      points[i] = 40 * t * t * t; // denser near 0
    }
    return points;
  }

  /**
   * Central differences with a step h are off by {@code h^2 / 6} times the third derivative, under
   * 3 for all of them, and by the rounding of the values over h: {@code 2e-16 * |f| / h}, or 1e-15
   * / h for gelu's erf. With h = 1e-5 both are under 2e-10 times max(1, |f|).
   */
  @ParameterizedTest
  @MethodSource("elementwise")
  void theDerivativeIsTheSlope(Elementwise activation) {
    double h = 1e-5;
    for (double z : points()) {
      if (Math.abs(z) > h) { // the slope across a kink at 0 is neither side's
        double slope = (activation.value(z + h) - activation.value(z - h)) / (2 * h);
        assertThat(activation.derivative(z))
            .as("%s'(%s)", activation.name(), z)
            .isCloseTo(slope, within(2e-10 * Math.max(1, Math.abs(activation.value(z)))));
      }
    }
  }

  /** As PyTorch 2.13 has them. */
  @ParameterizedTest
  @CsvSource({
    "relu, 0",
    "leaky_relu(0.05), 0.05",
    "elu(0.7), 0.7",
    "selu, 1.7580993408473766",
    "softplus, 0.5",
    "gelu, 0.5",
    "silu, 0.5",
    "sigmoid, 0.25",
    "tanh, 1",
    "identity, 1"
  })
  void theDerivativeAtZeroIsTorchs(String name, double derivative) {
    Elementwise activation = (Elementwise) Activation.parse(name);
    assertThat(activation.derivative(0.0)).isCloseTo(derivative, within(1e-15));
    assertThat(activation.derivative(-0.0)).isCloseTo(derivative, within(1e-15));
  }

  /** Independent formulas; both round some times by 1e-16, and erf adds 1e-15. */
  @ParameterizedTest
  @MethodSource("elementwise")
  void valueAndDerivativeAreTheTextbooks(Elementwise activation) {
    TextbookActivation textbook = TextbookActivation.of(activation.name());
    for (double z : points()) {
      double[] one = {z};
      double within = 1e-14 * Math.max(1, Math.abs(z));
      assertThat(activation.value(z))
          .as("%s(%s)", activation.name(), z)
          .isCloseTo(textbook.forward(one)[0], within(within));
      assertThat(activation.derivative(z))
          .as("%s'(%s)", activation.name(), z)
          .isCloseTo(textbook.backward(one, new double[] {1})[0], within(within));
    }
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void staysFiniteFarOut(Elementwise activation) {
    for (double z : new double[] {-1e30, -1000, -100, 100, 1000, 1e30}) {
      assertThat(activation.value(z)).as("%s(%s)", activation.name(), z).isFinite();
      assertThat(activation.derivative(z)).as("%s'(%s)", activation.name(), z).isFinite();
    }
    assertThat(activation.value(Double.NaN)).isNaN();
  }

  /**
   * Floats are the doubles rounded once, but for the kernel's own functions.
   *
   * <p>In units of U = 2^-24, half a unit of the last place of 1: leaky ReLU rounds its slope, too;
   * sigmoid, tanh and expm1 are off by up to 6 U of their value, softplus and silu by 8, elu by 4
   * and two roundings of a factor, gelu by 17 and its exponent's z^2 / 2 (see FloatMathTest).
   */
  @ParameterizedTest
  @MethodSource("elementwise")
  void blocksOfRowsAreTheSameFunction(Elementwise activation) {
    int units = 13;
    int rows = 3;
    int stride = Padding.stride(units);
    float[] z = new float[(rows + 2) * stride];
    float[] a = filled(z.length, 77f);
    RandomState random = new RandomState(1);
    for (int row = 1; row <= rows; row++) {
      for (int i = 0; i < units; i++) {
        z[row * stride + i] = (float) random.normal(0, 3);
      }
    }
    activation.forward(KernelChoice.SCALAR.functions(), z, a, stride, rows, units);
    float[] da = filled(z.length, 0.5f);
    activation.backward(KernelChoice.SCALAR.functions(), z, a, da, stride, rows, units);
    boolean exact = activation instanceof Identity || activation instanceof Relu;
    for (int i = 0; i < z.length; i++) {
      boolean outside = i < stride || i >= (rows + 1) * stride;
      if (outside) {
        assertThat(a[i]).as("a is untouched at %d", i).isEqualTo(77f);
        assertThat(da[i]).as("d is untouched at %d", i).isEqualTo(0.5f);
      } else if (i % stride < units) {
        float value = (float) activation.value(z[i]);
        float size = Math.abs(z[i]);
        float lost = activation instanceof Gelu ? 1e-16f : 0; // by the double's 1 + erf
        float share = activation instanceof Gelu ? 18 + size * size / 2 : 9;
        assertThat(a[i])
            .as("%s(%s)", activation.name(), z[i])
            .isCloseTo(value, within(exact ? 0 : share * 0x1p-24f * Math.abs(value) + lost * size));
        // From a, off by 6 U or 4 U, sigmoid (a - a^2) and tanh (1 - a^2) take it in 3 roundings.
        // Of silu's s (1 + z (1 - s)), s and 1 - s are off by 6 U and 7 U; gelu's by 18 U in Phi
        // and, with its exponent, by 7 U + z^2 / 2 U in z times a density under 0.4.
        float slopeError =
            switch (activation) {
              case Silu silu -> 0.5f * (8 + 14 * size);
              case Gelu gelu -> 0.5f * (20 + 0.4f * size * (7 + size * size / 2));
              default -> 11;
            };
        float slope = (float) (0.5 * activation.derivative(z[i]));
        assertThat(da[i])
            .as("%s'(%s)", activation.name(), z[i])
            .isCloseTo(slope, within(exact ? Math.ulp(slope) : slopeError * 0x1p-24f));
      }
    }
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }

  @ParameterizedTest
  @MethodSource("activations")
  void rowsOfDoublesGoForwardAndBackAsTheTextbooks(Activation activation) {
    TextbookActivation textbook = TextbookActivation.of(activation.name());
    double[] z = {-2.5, -0.3, 0.1, 1.7, 0.4};
    double[] da = {0.3, -1.1, 0.7, 0.2, -0.5};
    double[] a = new double[z.length];
    activation.forward(z, a);
    assertThat(a).containsExactly(textbook.forward(z), within(1e-15));
    double[] dz = new double[z.length];
    activation.backward(z, a, da, dz);
    assertThat(dz).containsExactly(textbook.backward(z, da), within(1e-15));
  }

  @Test
  void softmaxSharesOneAndKeepsItsHeadAtLargeSums() {
    Softmax softmax = new Softmax();
    double[] z = {1000, 999, -1000};
    double[] a = new double[3];
    softmax.forward(z, a);
    double e = Math.exp(-1);
    assertThat(a).containsExactly(new double[] {1 / (1 + e), e / (1 + e), 0}, within(1e-15));

    float[] floats = new float[32];
    float[] shares = new float[32];
    System.arraycopy(new float[] {1000, 999, -1000}, 0, floats, 16, 3);
    softmax.forward(KernelChoice.SCALAR.functions(), floats, shares, 16, 1, 3);
    // exp is within 2 ulp = 4 U, the sum and the quotient are rounded: 4 + 4 + 2
    for (int i = 0; i < 3; i++) {
      assertThat((double) shares[16 + i]).isCloseTo(a[i], within(10 * 0x1p-24));
    }
  }

  /** The Jacobian of softmax; errors as in {@link #theDerivativeIsTheSlope}. */
  @Test
  void softmaxGoesBackByItsSlopes() {
    Softmax softmax = new Softmax();
    double[] z = {0.3, -1.2, 2.0, 0.9};
    double[] da = {0.5, -2, 1, 0.25};
    double[] a = new double[4];
    double[] dz = new double[4];
    softmax.forward(z, a);
    softmax.backward(z, a, da, dz);
    double h = 1e-5;
    for (int i = 0; i < z.length; i++) {
      double[] above = z.clone();
      double[] below = z.clone();
      above[i] += h;
      below[i] -= h;
      double slope = (weighted(softmax, above, da) - weighted(softmax, below, da)) / (2 * h);
      assertThat(dz[i]).isCloseTo(slope, within(2e-10));
    }
  }

  private static double weighted(Activation activation, double[] z, double[] weights) {
    double[] a = new double[z.length];
    activation.forward(z, a);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * weights[i];
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("activations")
  void aNameIsReadBack(Activation activation) {
    assertThat(Activation.parse(activation.name())).isEqualTo(activation);
  }

  @Test
  void namesAreForgivingAboutCaseAndSpace() {
    assertThat(Activation.parse(" Leaky_ReLU( 0.05 ) ")).isEqualTo(new LeakyRelu(0.05));
    assertThat(Activation.parse("leaky_relu")).isEqualTo(new LeakyRelu(0.01));
    assertThat(Activation.parse("elu()")).isEqualTo(new Elu(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          swish           | There is no activation "swish". There are: identity, relu, leaky_relu
          relu(0.1)       | relu takes nothing in parentheses, got 1: (0.1).
          leaky_relu(1,2) | leaky_relu takes at most 1 (slope) in parentheses, got 2: (1, 2).
          leaky_relu(-1)  | leaky_relu needs a slope of at least 0
          leaky_relu(x)   | leaky_relu(...) expects a number, got "x".
          leaky_relu(NaN) | leaky_relu(...) expects a number, got "NaN".
          elu(0)          | elu needs an alpha over 0
          relu relu       | Expected a name
          """)
  void aWrongNameGetsASentence(String text, String message) {
    assertThatThrownBy(() -> Activation.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
