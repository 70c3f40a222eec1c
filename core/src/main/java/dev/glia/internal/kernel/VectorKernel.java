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
final class VectorKernel implements Kernel {

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
  public void product(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bPanel,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cRow,
      int cPanel,
      int rows,
      int steps,
      int columns,
      boolean manyZeros) {
    VectorProduct.product(
        a, aAt, aRow, aStep, b, bAt, bPanel, start, startAt, c, cAt, cRow, cPanel, rows, steps,
        columns, manyZeros);
  }

  @Override
  public void sparseProduct(
      SparseRows a,
      int[] order,
      int first,
      float[] b,
      int bAt,
      int bPanel,
      float[] start,
      int startAt,
      float[] c,
      int cRow,
      int cPanel,
      int from,
      int to,
      int columns) {
    if (VectorSparseWide.pays(to - from, columns)) {
      VectorSparseWide.product(
          a, order, first, b, bAt, bPanel, start, startAt, c, cRow, cPanel, from, to, columns);
    } else {
      VectorSparse.product(
          a, order, first, b, bAt, bPanel, start, startAt, c, cRow, cPanel, from, to, columns);
    }
  }

  @Override
  public void sparseGradient(
      SparseRows a,
      int[] order,
      int first,
      int rows,
      float[] b,
      int bAt,
      int bPanel,
      float[] c,
      int cAt,
      int cPanel,
      int from,
      int to,
      int columns) {
    if (VectorSparseWide.pays(rows, columns)) {
      VectorSparseWide.gradient(
          a, order, first, rows, b, bAt, bPanel, c, cAt, cPanel, from, to, columns);
    } else {
      VectorSparse.gradient(
          a, order, first, rows, b, bAt, bPanel, c, cAt, cPanel, from, to, columns);
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
