package dev.glia.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API kernel: lanes run across columns.
 *
 * <p>The species is a constant and no vector leaves a method, as C2 needs it to keep vectors in
 * registers.
 */
final class VectorKernel extends Kernel {

  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > LANES
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();

  @Override
  public String name() {
    return "vector " + SPECIES.vectorBitSize() + " bit";
  }

  @Override
  void tile(
      Product p,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int rows,
      int steps,
      int columns) {
    VectorProduct.tile(p, a, aAt, b, bAt, c, cAt, rows, steps, columns);
  }

  @Override
  public void product(Product p, SparseBatch a, float[] b, float[] c, int from, int to) {
    if (VectorSparseWide.pays(to - from, p.columns())) {
      VectorSparseWide.product(p, a, b, c, from, to);
    } else {
      VectorSparse.product(p, a, b, c, from, to);
    }
  }

  @Override
  void sparseTile(
      Product p,
      SparseBatch a,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int from,
      int to,
      int steps,
      int columns) {
    if (VectorSparseWide.pays(steps, columns)) {
      VectorSparseWide.gradient(p, a, b, bAt, c, cAt, from, to, steps, columns);
    } else {
      VectorSparse.gradient(p, a, b, bAt, c, cAt, from, to, steps, columns);
    }
  }

  /**
   * Without their signs, infinity and NaN are the greatest when floats are compared as integers.
   */
  @Override
  public boolean allFinite(float[] values, int from, int to) {
    IntVector greatest = FloatVector.zero(SPECIES).reinterpretAsInts();
    for (int i = from; i < to; i += WIDTH) {
      greatest = greatest.max(FloatVector.fromArray(SPECIES, values, i).abs().reinterpretAsInts());
    }
    return greatest.reduceLanes(VectorOperators.MAX)
        < Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
  }

  @Override
  public void leakyRelu(float slope, float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, z, i);
      x.mul(slope).blend(x, x.compare(VectorOperators.GT, 0f)).intoArray(a, i);
    }
  }

  @Override
  public void leakyReluGradient(float slope, float[] z, float[] d, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, z, i);
      FloatVector gradient = FloatVector.fromArray(SPECIES, d, i);
      gradient.mul(slope).blend(gradient, x.compare(VectorOperators.GT, 0f)).intoArray(d, i);
    }
  }

  @Override
  public void sigmoid(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      VectorMath.sigmoid(FloatVector.fromArray(SPECIES, z, i)).intoArray(a, i);
    }
  }

  @Override
  public void tanh(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      VectorMath.tanh(FloatVector.fromArray(SPECIES, z, i)).intoArray(a, i);
    }
  }

  @Override
  public void elu(float high, float low, float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      VectorMath.elu(high, low, FloatVector.fromArray(SPECIES, z, i)).intoArray(a, i);
    }
  }

  @Override
  public void eluGradient(float high, float low, float[] z, float[] d, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      VectorMath.eluSlope(high, low, FloatVector.fromArray(SPECIES, z, i))
          .mul(FloatVector.fromArray(SPECIES, d, i))
          .intoArray(d, i);
    }
  }

  @Override
  public void silu(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      VectorMath.silu(FloatVector.fromArray(SPECIES, z, i)).intoArray(a, i);
    }
  }

  @Override
  public void siluGradient(float[] z, float[] d, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      VectorMath.siluSlope(FloatVector.fromArray(SPECIES, z, i))
          .mul(FloatVector.fromArray(SPECIES, d, i))
          .intoArray(d, i);
    }
  }

  @Override
  public void gelu(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      VectorMath.gelu(FloatVector.fromArray(SPECIES, z, i)).intoArray(a, i);
    }
  }

  @Override
  public void geluGradient(float[] z, float[] d, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      VectorMath.geluSlope(FloatVector.fromArray(SPECIES, z, i))
          .mul(FloatVector.fromArray(SPECIES, d, i))
          .intoArray(d, i);
    }
  }

  @Override
  public void softplus(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      VectorMath.softplus(FloatVector.fromArray(SPECIES, z, i)).intoArray(a, i);
    }
  }

  @Override
  public void softplusGradient(float[] z, float[] d, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      VectorMath.sigmoid(FloatVector.fromArray(SPECIES, z, i))
          .mul(FloatVector.fromArray(SPECIES, d, i))
          .intoArray(d, i);
    }
  }

  @Override
  public void exp(float[] z, float shift, float[] a, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      VectorMath.exp(FloatVector.fromArray(SPECIES, z, i).sub(shift)).intoArray(a, i);
    }
  }
}
