package dev.glia.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glia.activation.Gelu;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The polynomials against {@link StrictMath} in double precision. */
class FloatMathTest {

  /** Half a unit of the last place of 1: what a float is rounded by. */
  private static final float U = 0x1p-24f;

  private interface FloatFunction {
    float of(float x);
  }

  /** Every 1009th float from the least to the greatest: 4 million of them. */
  private static double worstUlps(FloatFunction function, DoubleUnaryOperator exact) {
    double worst = 0;
    for (long bits = 0; bits < 1L << 32; bits += 1009) {
      float x = Float.intBitsToFloat((int) bits);
      if (Float.isFinite(x)) {
        worst = Math.max(worst, ulps(function.of(x), exact.applyAsDouble(x)));
      }
    }
    return worst;
  }

  /** The same in small steps, where a function does more than overflow or vanish. */
  private static double worstUlps(
      FloatFunction function, DoubleUnaryOperator exact, float from, float to, float step) {
    double worst = 0;
    for (float x = from; x <= to; x += step) {
      worst = Math.max(worst, ulps(function.of(x), exact.applyAsDouble(x)));
    }
    return worst;
  }

  /** How far a result is off in units of the last place of a float of its size. */
  private static double ulps(float result, double exact) {
    float rounded = (float) exact;
    if (result == rounded) {
      return 0; // covers what overflows to infinity
    }
    return Math.abs(result - exact) / Math.ulp(rounded);
  }

  @Test
  void expIsWithinTwoUlps() {
    assertThat(worstUlps(FloatMath::exp, StrictMath::exp)).isLessThanOrEqualTo(2);
  }

  /** Many more where it is neither 0 nor infinite, subnormal results among them. */
  @Test
  void expIsWithinTwoUlpsWhereItMatters() {
    assertThat(worstUlps(FloatMath::exp, StrictMath::exp, -104, 89, 0.0001f))
        .isLessThanOrEqualTo(2);
    assertThat(FloatMath.exp(-103f)).isEqualTo((float) StrictMath.exp(-103)).isPositive();
  }

  @Test
  void tanhIsWithinTwoUlps() {
    assertThat(worstUlps(FloatMath::tanh, StrictMath::tanh)).isLessThanOrEqualTo(2);
    assertThat(worstUlps(FloatMath::tanh, StrictMath::tanh, -10, 10, 0.00001f))
        .isLessThanOrEqualTo(2);
  }

  /**
   * exp, the sum and the quotient round one after the other. Where exp(-x) is infinite, sigmoid is
   * 0 and should be under 3e-39.
   */
  @Test
  void sigmoidIsWithinThreeUlps() {
    assertThat(
            worstUlps(FloatMath::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), -88.72f, 20, 0.0001f))
        .isLessThanOrEqualTo(3);
    assertThat(
            worstUlps(
                x -> x < -88.72f ? 0 : FloatMath.sigmoid(x),
                x -> x < -88.72f ? 0 : 1 / (1 + StrictMath.exp(-x))))
        .isLessThanOrEqualTo(3);
    assertThat(FloatMath.sigmoid(-88.73f)).isZero();
    assertThat(1 / (1 + StrictMath.exp(88.73))).isLessThan(3e-39);
  }

  /** Also near 0, where exp(x) - 1 would lose what exp(x) has behind its 1. */
  @Test
  void expm1IsWithinTwoUlps() {
    assertThat(worstUlps(x -> x > 0 ? 0 : FloatMath.expm1(x), x -> x > 0 ? 0 : StrictMath.expm1(x)))
        .isLessThanOrEqualTo(2);
    assertThat(worstUlps(FloatMath::expm1, StrictMath::expm1, -31, 0, 0.00001f))
        .isLessThanOrEqualTo(2);
  }

  @Test
  void softplusIsWithinFourUlps() {
    DoubleUnaryOperator exact =
        x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    assertThat(worstUlps(FloatMath::softplus, exact)).isLessThanOrEqualTo(4);
    assertThat(worstUlps(FloatMath::softplus, exact, -87, 20, 0.00005f)).isLessThanOrEqualTo(4);
  }

  /**
   * A sigmoid's three units and a rounding. In units of 2^-24, of the slope's s (1 + x (1 - s)) s
   * is off by 6 of its value, 1 - s by 7 of 1, and two roundings follow.
   */
  @Test
  void siluIsWithinFourUlps() {
    for (float x = -87; x < 20; x += 0.0001f) {
      double sigmoid = 1 / (1 + StrictMath.exp(-x));
      assertThat(ulps(FloatMath.silu(x), x * sigmoid)).as("silu of %s", x).isLessThanOrEqualTo(4);
      double slope = sigmoid * (1 + x * (1 - sigmoid));
      assertThat((double) FloatMath.siluSlope(x))
          .isCloseTo(slope, within((8 + 14 * Math.abs(x)) * U * sigmoid));
    }
  }

  /**
   * Against the double precision of {@link Gelu}, whose 1 + erf loses what is under 1e-16.
   *
   * <p>In units of 2^-24: of Phi(-|x|) the fit is off by 1, t by 2, which changes t P(t) by up to
   * 6, its sums by 3, exp by 4, three products by 3: 17. The exponent x^2 / 2 is rounded by that
   * share of itself, which is an error of exp.
   */
  @Test
  void geluIsAsGoodAsItsExponent() {
    Gelu exact = new Gelu();
    for (float x = -12; x < 12; x += 0.0001f) {
      double phi = exact.value(x) / x;
      double tail = Math.min(phi, 1 - phi) + 1e-16;
      double error = (17 + x * x / 2) * U * tail + 2 * U * phi + 1e-16;
      assertThat((double) FloatMath.gelu(x))
          .as("gelu of %s", x)
          .isCloseTo(exact.value(x), within(error * Math.abs(x)));
      double bell = 0.4 * StrictMath.exp(-0.5 * x * x);
      assertThat((double) FloatMath.geluSlope(x))
          .as("slope of gelu at %s", x)
          .isCloseTo(
              exact.derivative(x),
              within(error + (7 + x * x / 2) * U * Math.abs(x) * bell + 2 * U));
    }
  }

  @Test
  void eluIsALineAboveZeroAndAnExponentialBelow() {
    assertThat(FloatMath.elu(1.5f, 2f, 3f)).isEqualTo(4.5f);
    assertThat(FloatMath.elu(1.5f, 2f, -1f)).isEqualTo(2 * FloatMath.expm1(-1f));
    assertThat(FloatMath.eluSlope(1.5f, 2f, 3f)).isEqualTo(1.5f);
    assertThat(FloatMath.eluSlope(1.5f, 2f, -1f)).isEqualTo(2 * FloatMath.exp(-1f));
    assertThat(FloatMath.elu(1f, 1f, 1000f)).isEqualTo(1000f);
    assertThat(FloatMath.elu(1f, 1f, Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(FloatMath.elu(1f, 1f, Float.NaN)).isNaN();
  }

  @Test
  void smoothReLusOfSpecialValues() {
    assertThat(FloatMath.softplus(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(FloatMath.softplus(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(FloatMath.gelu(0f)).isZero();
    assertThat(FloatMath.geluSlope(0f)).isCloseTo(0.5f, within(2 * U));
    assertThat(FloatMath.gelu(1e20f)).isEqualTo(1e20f);
    assertThat(FloatMath.gelu(-1e20f)).isZero();
    assertThat(FloatMath.gelu(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(FloatMath.silu(0f)).isZero();
    assertThat(FloatMath.siluSlope(0f)).isEqualTo(0.5f);
    assertThat(FloatMath.silu(1e20f)).isEqualTo(1e20f);
    for (FloatFunction f :
        new FloatFunction[] {FloatMath::softplus, FloatMath::gelu, FloatMath::silu}) {
      assertThat(f.of(Float.NaN)).isNaN();
    }
  }

  @Test
  void specialValues() {
    assertThat(FloatMath.exp(0f)).isEqualTo(1f);
    assertThat(FloatMath.exp(-0f)).isEqualTo(1f);
    assertThat(FloatMath.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(FloatMath.exp(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
    assertThat(FloatMath.exp(Float.NaN)).isNaN();
    assertThat(FloatMath.exp(88.72f)).isFinite();
    assertThat(FloatMath.exp(88.73f)).isInfinite();

    assertThat(FloatMath.sigmoid(0f)).isEqualTo(0.5f);
    assertThat(FloatMath.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(FloatMath.sigmoid(Float.NEGATIVE_INFINITY)).isEqualTo(0f);
    assertThat(FloatMath.sigmoid(Float.NaN)).isNaN();

    assertThat(FloatMath.tanh(0f)).isZero();
    assertThat(FloatMath.tanh(-0f)).isZero();
    assertThat(FloatMath.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(FloatMath.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(FloatMath.tanh(Float.MIN_VALUE)).isEqualTo(Float.MIN_VALUE);
    assertThat(FloatMath.tanh(Float.NaN)).isNaN();
  }
}
