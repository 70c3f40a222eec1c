package dev.glia.internal.kernel;

/**
 * Elementary functions on floats that give the same bits on every machine.
 *
 * <p>{@link VectorMath} does the same operations in the same order on vectors: change both or
 * neither. The polynomials are minimax fits of the relative error (Lawson's iteration in double
 * precision, coefficients rounded to float); exp and tanh are within 2 units in the last place,
 * sigmoid within 3; where sigmoid should be under 3e-39 it is 0.
 */
final class FloatMath {

  static final float LOG2_E = 1.442695f;
  static final float LN2_HIGH = 0.6933594f; // few bits, so that n * LN2_HIGH is exact
  static final float LN2_LOW = -0.00021219444f;

  /** Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits. */
  static final float ROUND = 12582912f;

  static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  /** Below the least and above the greatest, exp is 0 and infinity anyway. */
  static final float EXP_LEAST = -104f;

  static final float EXP_GREATEST = 89f;

  // exp(r) = 1 + r + r^2 Q(r) for |r| <= ln(2) / 2
  static final float EXP_0 = 0.5f;
  static final float EXP_1 = 0.16666576f;
  static final float EXP_2 = 0.041666374f;
  static final float EXP_3 = 0.008363181f;
  static final float EXP_4 = 0.0013941124f;

  // tanh(x) = x + x^3 P(x^2) for |x| < TANH_SMALL
  static final float TANH_SMALL = 0.625f;
  static final float TANH_0 = -0.33333328f;
  static final float TANH_1 = 0.13332795f;
  static final float TANH_2 = -0.05385407f;
  static final float TANH_3 = 0.021010082f;
  static final float TANH_4 = -0.006113193f;

  private FloatMath() {}

  static float exp(float x) {
    float clamped = Math.min(Math.max(x, EXP_LEAST), EXP_GREATEST);
    float rounded = Math.fma(clamped, LOG2_E, ROUND);
    float n = rounded - ROUND;
    float r = Math.fma(n, -LN2_HIGH, clamped);
    r = Math.fma(n, -LN2_LOW, r);
    float q = Math.fma(EXP_4, r, EXP_3);
    q = Math.fma(q, r, EXP_2);
    q = Math.fma(q, r, EXP_1);
    q = Math.fma(q, r, EXP_0);
    float p = Math.fma(r * r, q, r) + 1f;
    // Two factors of 2^(n/2), so that neither leaves the range of a float where 2^n would.
    int exponent = Float.floatToRawIntBits(rounded) - ROUND_BITS;
    int half = exponent >> 1;
    float first = Float.intBitsToFloat((half + 127) << 23);
    float second = Float.intBitsToFloat((exponent - half + 127) << 23);
    return p * first * second;
  }

  static float sigmoid(float x) {
    return 1f / (1f + exp(-x));
  }

  static float tanh(float x) {
    float size = Math.abs(x);
    if (size < TANH_SMALL) {
      float square = x * x;
      float p = Math.fma(TANH_4, square, TANH_3);
      p = Math.fma(p, square, TANH_2);
      p = Math.fma(p, square, TANH_1);
      p = Math.fma(p, square, TANH_0);
      return Math.fma(x * square, p, x);
    }
    return Math.copySign(1f - 2f / (exp(size + size) + 1f), x);
  }
}
