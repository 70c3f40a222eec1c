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
    FloatVector round = x.broadcast(ROUND);
    FloatVector rounded = clamped.fma(x.broadcast(LOG2_E), round);
    FloatVector n = rounded.sub(round);
    FloatVector r = n.fma(x.broadcast(-LN2_HIGH), clamped);
    r = n.fma(x.broadcast(-LN2_LOW), r);
    FloatVector q = x.broadcast(EXP_4).fma(r, x.broadcast(EXP_3));
    q = q.fma(r, x.broadcast(EXP_2));
    q = q.fma(r, x.broadcast(EXP_1));
    q = q.fma(r, x.broadcast(EXP_0));
    FloatVector p = r.mul(r).fma(q, r).add(1f);
    IntVector exponent = rounded.reinterpretAsInts().sub(ROUND_BITS);
    IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
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
}
