package dev.glia.internal.kernel;

/**
 * Elementary functions on floats that give the same bits on every machine.
 *
 * <p>{@link VectorMath} does the same operations in the same order on vectors: change both or
 * neither. The polynomials are minimax fits of the relative error (Lawson's iteration in double
 * precision, coefficients rounded to float); exp, expm1 and tanh are within 2 units in the last
 * place, sigmoid within 3, softplus within 4; where sigmoid should be under 3e-39 it is 0. Phi, the
 * normal distribution function, is within 4 from -1 up; below it is as good as a float's -x^2 / 2
 * lets exp be, 1e-6 of its value off at -5.
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

  /** Below, expm1 is -1 in a float. */
  static final float EXPM1_LEAST = -30f;

  // Phi(-x) = exp(-x^2 / 2) t P(t), t = 1 / (1 + PHI_T x), for x >= 0
  static final float PHI_T = 0.35f;
  static final float PHI_0 = 0.1396214f;
  static final float PHI_1 = 0.13986187f;
  static final float PHI_2 = 0.11983289f;
  static final float PHI_3 = 0.10550789f;
  static final float PHI_4 = -0.023109524f;
  static final float PHI_5 = 0.15917364f;
  static final float PHI_6 = -0.25571373f;
  static final float PHI_7 = 0.14397141f;
  static final float PHI_8 = -0.029145867f;

  /** 1 / sqrt(2 pi): the normal density at 0. */
  static final float DENSITY = 0.3989423f;

  // ln(1 + u) = s P(s^2), s = u / (2 + u), for 0 <= u <= 1
  static final float LOG1P_0 = 2f;
  static final float LOG1P_1 = 0.66666317f;
  static final float LOG1P_2 = 0.40024912f;
  static final float LOG1P_3 = 0.27960572f;
  static final float LOG1P_4 = 0.28178498f;

  private FloatMath() {}

  static float exp(float x) {
    float clamped = Math.min(Math.max(x, EXP_LEAST), EXP_GREATEST);
    float rounded = Math.fma(clamped, LOG2_E, ROUND);
    float p = expm1OfRest(clamped, rounded) + 1f;
    // Two factors of 2^(n/2), so that neither leaves the range of a float where 2^n would.
    int exponent = Float.floatToRawIntBits(rounded) - ROUND_BITS;
    int half = exponent >> 1;
    float first = Float.intBitsToFloat((half + 127) << 23);
    float second = Float.intBitsToFloat((exponent - half + 127) << 23);
    return p * first * second;
  }

  /** {@code exp(r) - 1}, r being what the rounding of x / ln(2) left of x. */
  private static float expm1OfRest(float x, float rounded) {
    float n = rounded - ROUND;
    float r = Math.fma(n, -LN2_HIGH, x);
    r = Math.fma(n, -LN2_LOW, r);
    float q = Math.fma(EXP_4, r, EXP_3);
    q = Math.fma(q, r, EXP_2);
    q = Math.fma(q, r, EXP_1);
    q = Math.fma(q, r, EXP_0);
    return Math.fma(r * r, q, r);
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

  /** {@code exp(x) - 1} for x up to 0. */
  static float expm1(float x) {
    float clamped = Math.max(x, EXPM1_LEAST);
    float rounded = Math.fma(clamped, LOG2_E, ROUND);
    float p = expm1OfRest(clamped, rounded);
    // 2^n (1 + p) - 1; where n is 0, nothing is lost by the difference
    float power = Float.intBitsToFloat((Float.floatToRawIntBits(rounded) - ROUND_BITS + 127) << 23);
    return Math.fma(p, power, power - 1f);
  }

  static float elu(float high, float low, float x) {
    return x > 0 ? high * x : low * expm1(Math.min(x, 0f));
  }

  static float eluSlope(float high, float low, float x) {
    return x > 0 ? high : low * exp(Math.min(x, 0f));
  }

  static float silu(float x) {
    return x * sigmoid(x);
  }

  static float siluSlope(float x) {
    float s = sigmoid(x);
    return s * Math.fma(x, 1f - s, 1f);
  }

  static float gelu(float x) {
    return x * phi(x, exp(x * x * -0.5f));
  }

  static float geluSlope(float x) {
    float bell = exp(x * x * -0.5f);
    return Math.fma(x, bell * DENSITY, phi(x, bell));
  }

  /** The normal distribution function, given {@code exp(-x^2 / 2)}. */
  private static float phi(float x, float bell) {
    float t = 1f / Math.fma(Math.abs(x), PHI_T, 1f);
    float p = Math.fma(PHI_8, t, PHI_7);
    p = Math.fma(p, t, PHI_6);
    p = Math.fma(p, t, PHI_5);
    p = Math.fma(p, t, PHI_4);
    p = Math.fma(p, t, PHI_3);
    p = Math.fma(p, t, PHI_2);
    p = Math.fma(p, t, PHI_1);
    p = Math.fma(p, t, PHI_0);
    float tail = p * t * bell;
    return x > 0 ? 1f - tail : tail;
  }

  static float softplus(float x) {
    float u = exp(-Math.abs(x));
    float s = u / (u + 2f);
    float square = s * s;
    float p = Math.fma(LOG1P_4, square, LOG1P_3);
    p = Math.fma(p, square, LOG1P_2);
    p = Math.fma(p, square, LOG1P_1);
    p = Math.fma(p, square, LOG1P_0);
    return Math.fma(s, p, Math.max(x, 0f));
  }
}
