package dev.glia.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The polynomials against {@link StrictMath} in double precision. */
class FloatMathTest {

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
    double worst = 0;
    for (float x = -104; x < 89; x += 0.0001f) {
      worst = Math.max(worst, ulps(FloatMath.exp(x), StrictMath.exp(x)));
    }
    assertThat(worst).isLessThanOrEqualTo(2);
    assertThat(FloatMath.exp(-103f)).isEqualTo((float) StrictMath.exp(-103)).isPositive();
  }

  @Test
  void tanhIsWithinTwoUlps() {
    assertThat(worstUlps(FloatMath::tanh, StrictMath::tanh)).isLessThanOrEqualTo(2);
    double worst = 0;
    for (float x = -10; x < 10; x += 0.00001f) {
      worst = Math.max(worst, ulps(FloatMath.tanh(x), StrictMath.tanh(x)));
    }
    assertThat(worst).isLessThanOrEqualTo(2);
  }

  /**
   * exp, the sum and the quotient round one after the other. Where exp(-x) is infinite, sigmoid is
   * 0 and should be under 3e-39.
   */
  @Test
  void sigmoidIsWithinThreeUlps() {
    double worst = 0;
    for (float x = -88.72f; x < 20; x += 0.0001f) {
      double exact = 1 / (1 + StrictMath.exp(-x));
      worst = Math.max(worst, ulps(FloatMath.sigmoid(x), exact));
    }
    assertThat(worst).isLessThanOrEqualTo(3);
    assertThat(
            worstUlps(
                x -> x < -88.72f ? 0 : FloatMath.sigmoid(x),
                x -> x < -88.72f ? 0 : 1 / (1 + StrictMath.exp(-x))))
        .isLessThanOrEqualTo(3);
    assertThat(FloatMath.sigmoid(-88.73f)).isZero();
    assertThat(1 / (1 + StrictMath.exp(88.73))).isLessThan(3e-39);
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
