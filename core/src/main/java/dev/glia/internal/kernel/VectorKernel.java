package dev.glia.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API kernel: lanes run across columns, blocks of rows and columns stay in registers.
 *
 * <p>The species is a constant and no vector leaves a method, as C2 needs it to keep vectors in
 * registers.
 */
final class VectorKernel implements Kernel {

  private static final VectorSpecies<Float> SPECIES =
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
      int aOffset,
      int aRow,
      int aStep,
      float[] b,
      int bOffset,
      float[] start,
      int startOffset,
      float[] c,
      int cOffset,
      int rows,
      int steps,
      int stride) {
    int column = 0;
    for (; column + 2 * WIDTH <= stride; column += 2 * WIDTH) {
      twoVectorsWide(
          a,
          aOffset,
          aRow,
          aStep,
          b,
          bOffset + column,
          start,
          startOffset + column,
          c,
          cOffset + column,
          rows,
          steps,
          stride);
    }
    if (column < stride) {
      oneVectorWide(
          a,
          aOffset,
          aRow,
          aStep,
          b,
          bOffset + column,
          start,
          startOffset + column,
          c,
          cOffset + column,
          rows,
          steps,
          stride);
    }
  }

  /** All rows of a strip of the result that is two vectors wide. */
  private static void twoVectorsWide(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int rows,
      int steps,
      int stride) {
    int row = 0;
    for (; row + 4 <= rows; row += 4) {
      fourByTwo(a, aAt, aRow, aStep, b, bAt, start, startAt, c, cAt, steps, stride);
      aAt += 4 * aRow;
      cAt += 4 * stride;
    }
    for (; row < rows; row++) {
      oneByTwo(a, aAt, aStep, b, bAt, start, startAt, c, cAt, steps, stride);
      aAt += aRow;
      cAt += stride;
    }
  }

  /** All rows of a strip of the result that is one vector wide. */
  private static void oneVectorWide(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int rows,
      int steps,
      int stride) {
    int row = 0;
    for (; row + 8 <= rows; row += 8) {
      eightByOne(a, aAt, aRow, aStep, b, bAt, start, startAt, c, cAt, steps, stride);
      aAt += 8 * aRow;
      cAt += 8 * stride;
    }
    for (; row < rows; row++) {
      oneByOne(a, aAt, aStep, b, bAt, start, startAt, c, cAt, steps, stride);
      aAt += aRow;
      cAt += stride;
    }
  }

  /** Four rows by two vectors: eight independent sums hide the latency of the multiply-add. */
  private static void fourByTwo(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int steps,
      int stride) {
    FloatVector start0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector start1 = FloatVector.fromArray(SPECIES, start, startAt + WIDTH);
    FloatVector c00 = start0;
    FloatVector c01 = start1;
    FloatVector c10 = start0;
    FloatVector c11 = start1;
    FloatVector c20 = start0;
    FloatVector c21 = start1;
    FloatVector c30 = start0;
    FloatVector c31 = start1;
    for (int s = 0; s < steps; s++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + WIDTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aAt + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aAt + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      aAt += aStep;
      bAt += stride;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + WIDTH);
    c10.intoArray(c, cAt + stride);
    c11.intoArray(c, cAt + stride + WIDTH);
    c20.intoArray(c, cAt + 2 * stride);
    c21.intoArray(c, cAt + 2 * stride + WIDTH);
    c30.intoArray(c, cAt + 3 * stride);
    c31.intoArray(c, cAt + 3 * stride + WIDTH);
  }

  private static void oneByTwo(
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int steps,
      int stride) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c1 = FloatVector.fromArray(SPECIES, start, startAt + WIDTH);
    for (int s = 0; s < steps; s++) {
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt]);
      c0 = a0.fma(FloatVector.fromArray(SPECIES, b, bAt), c0);
      c1 = a0.fma(FloatVector.fromArray(SPECIES, b, bAt + WIDTH), c1);
      aAt += aStep;
      bAt += stride;
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + WIDTH);
  }

  /** Eight rows by one vector, for results a single vector wide. */
  private static void eightByOne(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int steps,
      int stride) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    for (int s = 0; s < steps; s++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
      c0 = FloatVector.broadcast(SPECIES, a[aAt]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[aAt + aRow]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[aAt + 2 * aRow]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[aAt + 3 * aRow]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[aAt + 4 * aRow]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[aAt + 5 * aRow]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, a[aAt + 6 * aRow]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, a[aAt + 7 * aRow]).fma(b0, c7);
      aAt += aStep;
      bAt += stride;
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + stride);
    c2.intoArray(c, cAt + 2 * stride);
    c3.intoArray(c, cAt + 3 * stride);
    c4.intoArray(c, cAt + 4 * stride);
    c5.intoArray(c, cAt + 5 * stride);
    c6.intoArray(c, cAt + 6 * stride);
    c7.intoArray(c, cAt + 7 * stride);
  }

  private static void oneByOne(
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int steps,
      int stride) {
    FloatVector sum = FloatVector.fromArray(SPECIES, start, startAt);
    for (int s = 0; s < steps; s++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
      sum = FloatVector.broadcast(SPECIES, a[aAt]).fma(b0, sum);
      aAt += aStep;
      bAt += stride;
    }
    sum.intoArray(c, cAt);
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
  public void exp(float[] z, float shift, float[] a, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      VectorMath.exp(FloatVector.fromArray(SPECIES, z, i).sub(shift)).intoArray(a, i);
    }
  }
}
