package dev.glia.internal.kernel;

import java.util.Arrays;

/**
 * Plain loops: the reference that the vector kernel is tested against, and the kernel of a JVM
 * without {@code jdk.incubator.vector}.
 */
final class ScalarKernel extends Kernel {

  private static final int EIGHT = 8; // columns at a time

  @Override
  public String name() {
    return "scalar";
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
    float[] start = p.startIn(b);
    for (int column = 0; column < columns; column += EIGHT) {
      int lane = column % LANES;
      int panel = bAt + column / LANES * p.b.distance() + lane;
      int strip = cAt + column / LANES * p.cPanel + lane;
      for (int i = 0; i < rows; i++) {
        eightSums(
            a,
            aAt + i * p.aRow,
            p.aStep,
            b,
            panel,
            start,
            p.startAt + column,
            c,
            strip + i * p.cRow,
            steps);
      }
    }
  }

  /** Eight columns of a row: their sums do not wait for one another, and stay in registers. */
  private static void eightSums(
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int steps) {
    float sum0 = start[startAt];
    float sum1 = start[startAt + 1];
    float sum2 = start[startAt + 2];
    float sum3 = start[startAt + 3];
    float sum4 = start[startAt + 4];
    float sum5 = start[startAt + 5];
    float sum6 = start[startAt + 6];
    float sum7 = start[startAt + 7];
    for (int s = 0; s < steps; s++) {
      float x = a[aAt + s * aStep];
      int at = bAt + s * LANES;
      sum0 = Math.fma(x, b[at], sum0);
      sum1 = Math.fma(x, b[at + 1], sum1);
      sum2 = Math.fma(x, b[at + 2], sum2);
      sum3 = Math.fma(x, b[at + 3], sum3);
      sum4 = Math.fma(x, b[at + 4], sum4);
      sum5 = Math.fma(x, b[at + 5], sum5);
      sum6 = Math.fma(x, b[at + 6], sum6);
      sum7 = Math.fma(x, b[at + 7], sum7);
    }
    c[cAt] = sum0;
    c[cAt + 1] = sum1;
    c[cAt + 2] = sum2;
    c[cAt + 3] = sum3;
    c[cAt + 4] = sum4;
    c[cAt + 5] = sum5;
    c[cAt + 6] = sum6;
    c[cAt + 7] = sum7;
  }

  @Override
  public void product(Product p, SparseBatch a, float[] b, float[] c, int from, int to) {
    float[] start = p.startIn(b);
    for (int column = 0; column < p.columns(); column += EIGHT) {
      int lane = column % LANES;
      int panel = p.bAt(column / LANES) + lane;
      int strip = p.cAt + column / LANES * p.cPanel + lane;
      for (int i = from; i < to; i++) {
        int row = a.order[a.first + i];
        int cAt = strip + i * p.cRow;
        eightSparseSums(a.rows, row, b, panel, start, p.startAt + column, c, cAt);
      }
    }
  }

  /** {@link #eightSums} of a sparse row. */
  private static void eightSparseSums(
      SparseRows a, int row, float[] b, int bAt, float[] start, int startAt, float[] c, int cAt) {
    float sum0 = start[startAt];
    float sum1 = start[startAt + 1];
    float sum2 = start[startAt + 2];
    float sum3 = start[startAt + 3];
    float sum4 = start[startAt + 4];
    float sum5 = start[startAt + 5];
    float sum6 = start[startAt + 6];
    float sum7 = start[startAt + 7];
    int end = a.starts[row + 1];
    for (int block = a.starts[row]; block < end; block++) {
      for (int k = 0; k < SparseRows.BLOCK; k++) {
        float x = a.values[block * SparseRows.BLOCK + k];
        int at = bAt + (a.firsts[block] + k) * LANES;
        sum0 = Math.fma(x, b[at], sum0);
        sum1 = Math.fma(x, b[at + 1], sum1);
        sum2 = Math.fma(x, b[at + 2], sum2);
        sum3 = Math.fma(x, b[at + 3], sum3);
        sum4 = Math.fma(x, b[at + 4], sum4);
        sum5 = Math.fma(x, b[at + 5], sum5);
        sum6 = Math.fma(x, b[at + 6], sum6);
        sum7 = Math.fma(x, b[at + 7], sum7);
      }
    }
    c[cAt] = sum0;
    c[cAt + 1] = sum1;
    c[cAt + 2] = sum2;
    c[cAt + 3] = sum3;
    c[cAt + 4] = sum4;
    c[cAt + 5] = sum5;
    c[cAt + 6] = sum6;
    c[cAt + 7] = sum7;
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
    SparseRows rows = a.rows;
    for (int column = 0; column < columns; column += LANES) {
      int bOne = bAt + column / LANES * p.b.distance();
      int cOne = cAt + column / LANES * p.cPanel;
      Arrays.fill(c, cOne + from * LANES, cOne + to * LANES, 0f);
      for (int i = 0; i < steps; i++) {
        int row = a.order[a.first + i];
        int end = rows.blockFrom(row, to);
        for (int block = rows.blockFrom(row, from); block < end; block++) {
          for (int k = 0; k < SparseRows.BLOCK; k++) {
            int at = cOne + (rows.firsts[block] + k) * LANES;
            addScaled(rows.values[block * SparseRows.BLOCK + k], b, bOne + i * LANES, c, at);
          }
        }
      }
    }
  }

  /** One step of a row's sums in a panel: {@code c[j] += a * b[j]}. */
  private static void addScaled(float a, float[] b, int bAt, float[] c, int cAt) {
    for (int j = 0; j < LANES; j++) {
      c[cAt + j] = Math.fma(a, b[bAt + j], c[cAt + j]);
    }
  }

  @Override
  public boolean allFinite(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void leakyRelu(float slope, float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = z[i] > 0 ? z[i] : slope * z[i];
    }
  }

  @Override
  public void leakyReluGradient(float slope, float[] z, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] = z[i] > 0 ? d[i] : slope * d[i];
    }
  }

  @Override
  public void sigmoid(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = FloatMath.sigmoid(z[i]);
    }
  }

  @Override
  public void tanh(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = FloatMath.tanh(z[i]);
    }
  }

  @Override
  public void elu(float high, float low, float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = FloatMath.elu(high, low, z[i]);
    }
  }

  @Override
  public void eluGradient(float high, float low, float[] z, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] *= FloatMath.eluSlope(high, low, z[i]);
    }
  }

  @Override
  public void silu(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = FloatMath.silu(z[i]);
    }
  }

  @Override
  public void siluGradient(float[] z, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] *= FloatMath.siluSlope(z[i]);
    }
  }

  @Override
  public void gelu(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = FloatMath.gelu(z[i]);
    }
  }

  @Override
  public void geluGradient(float[] z, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] *= FloatMath.geluSlope(z[i]);
    }
  }

  @Override
  public void softplus(float[] z, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = FloatMath.softplus(z[i]);
    }
  }

  @Override
  public void softplusGradient(float[] z, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] *= FloatMath.sigmoid(z[i]);
    }
  }

  @Override
  public void exp(float[] z, float shift, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = FloatMath.exp(z[i] - shift);
    }
  }
}
