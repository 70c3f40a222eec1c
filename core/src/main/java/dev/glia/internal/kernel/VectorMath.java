package dev.glia.internal.kernel;

import static dev.glia.internal.kernel.FloatMath.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link FloatMath} on vectors: the same operations in the same order, so the same bits. */
final class VectorMath {

  private VectorMath() {}

  static FloatVector exp(FloatVector x) {
    FloatVector clamped = x.max(EXP_LEAST).min(EXP_GREATEST);
    FloatVector rounded = clamped.fma(x.broadcast(LOG2_E), x.broadcast(ROUND));
    FloatVector p = expm1OfRest(clamped, rounded).add(1f);
    IntVector exponent = rounded.reinterpretAsInts().sub(ROUND_BITS);
    IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
  }

  /** {@code exp(r) - 1}, r being what the rounding of x / ln(2) left of x. */
  private static FloatVector expm1OfRest(FloatVector x, FloatVector rounded) {
    FloatVector n = rounded.sub(ROUND);
    FloatVector r = n.fma(x.broadcast(-LN2_HIGH), x);
    r = n.fma(x.broadcast(-LN2_LOW), r);
    FloatVector q = x.broadcast(EXP_4).fma(r, x.broadcast(EXP_3));
    q = q.fma(r, x.broadcast(EXP_2));
    q = q.fma(r, x.broadcast(EXP_1));
    q = q.fma(r, x.broadcast(EXP_0));
    return r.mul(r).fma(q, r);
  }

  private static FloatVector powerOfTwo(IntVector exponent) {
    return exponent.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector one = x.broadcast(1f);
    return one.div(one.add(exp(x.neg())));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector square = x.mul(x);
    FloatVector p = x.broadcast(TANH_4).fma(square, x.broadcast(TANH_3));
    p = p.fma(square, x.broadcast(TANH_2));
    p = p.fma(square, x.broadcast(TANH_1));
    p = p.fma(square, x.broadcast(TANH_0));
    FloatVector small = x.mul(square).fma(p, x);
    FloatVector one = x.broadcast(1f);
    FloatVector large = one.sub(x.broadcast(2f).div(exp(size.add(size)).add(one)));
    // copySign: the sign bit of x over the magnitude of large
    IntVector sign = x.reinterpretAsInts().and(0x80000000);
    FloatVector signed = large.abs().reinterpretAsInts().or(sign).reinterpretAsFloats();
    return signed.blend(small, size.lt(TANH_SMALL));
  }

  static FloatVector expm1(FloatVector x) {
    FloatVector clamped = x.max(EXPM1_LEAST);
    FloatVector rounded = clamped.fma(x.broadcast(LOG2_E), x.broadcast(ROUND));
    FloatVector p = expm1OfRest(clamped, rounded);
    FloatVector power = powerOfTwo(rounded.reinterpretAsInts().sub(ROUND_BITS));
    return p.fma(power, power.sub(1f));
  }

  static FloatVector elu(float high, float low, FloatVector x) {
    return expm1(x.min(0f)).mul(low).blend(x.mul(high), x.compare(VectorOperators.GT, 0f));
  }

  static FloatVector eluSlope(float high, float low, FloatVector x) {
    return exp(x.min(0f)).mul(low).blend(high, x.compare(VectorOperators.GT, 0f));
  }

  static FloatVector silu(FloatVector x) {
    return x.mul(sigmoid(x));
  }

  static FloatVector siluSlope(FloatVector x) {
    FloatVector s = sigmoid(x);
    FloatVector one = x.broadcast(1f);
    return s.mul(x.fma(one.sub(s), one));
  }

  static FloatVector gelu(FloatVector x) {
    return x.mul(phi(x, exp(x.mul(x).mul(-0.5f))));
  }

  static FloatVector geluSlope(FloatVector x) {
    FloatVector bell = exp(x.mul(x).mul(-0.5f));
    return x.fma(bell.mul(DENSITY), phi(x, bell));
  }

  private static FloatVector phi(FloatVector x, FloatVector bell) {
    FloatVector one = x.broadcast(1f);
    FloatVector t = one.div(x.abs().fma(x.broadcast(PHI_T), one));
    FloatVector p = x.broadcast(PHI_8).fma(t, x.broadcast(PHI_7));
    p = p.fma(t, x.broadcast(PHI_6));
    p = p.fma(t, x.broadcast(PHI_5));
    p = p.fma(t, x.broadcast(PHI_4));
    p = p.fma(t, x.broadcast(PHI_3));
    p = p.fma(t, x.broadcast(PHI_2));
    p = p.fma(t, x.broadcast(PHI_1));
    p = p.fma(t, x.broadcast(PHI_0));
    FloatVector tail = p.mul(t).mul(bell);
    return tail.blend(one.sub(tail), x.compare(VectorOperators.GT, 0f));
  }

  static FloatVector softplus(FloatVector x) {
    FloatVector u = exp(x.abs().neg());
    FloatVector s = u.div(u.add(2f));
    FloatVector square = s.mul(s);
    FloatVector p = x.broadcast(LOG1P_4).fma(square, x.broadcast(LOG1P_3));
    p = p.fma(square, x.broadcast(LOG1P_2));
    p = p.fma(square, x.broadcast(LOG1P_1));
    p = p.fma(square, x.broadcast(LOG1P_0));
    return s.fma(p, x.max(0f));
  }
}
