package dev.glia.internal.kernel;

import java.util.Arrays;

/**
 * Plain loops: the reference that the vector kernel is tested against, and the kernel of a JVM
 * without {@code jdk.incubator.vector}.
 */
final class ScalarKernel implements Kernel {

  @Override
  public String name() {
    return "scalar";
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
    for (int column = 0; column < columns; column += LANES) {
      int panel = bAt + column / LANES * bPanel;
      for (int i = 0; i < rows; i++) {
        int row = cAt + i * cRow + column / LANES * cPanel;
        System.arraycopy(start, startAt + column, c, row, LANES);
        for (int s = 0; s < steps; s++) {
          addScaled(a[aAt + i * aRow + s * aStep], b, panel + s * LANES, c, row);
        }
      }
    }
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
    for (int column = 0; column < columns; column += LANES) {
      int panel = bAt + column / LANES * bPanel;
      for (int i = from; i < to; i++) {
        int row = i * cRow + column / LANES * cPanel;
        System.arraycopy(start, startAt + column, c, row, LANES);
        int end = a.starts[order[first + i] + 1];
        for (int block = a.starts[order[first + i]]; block < end; block++) {
          for (int k = 0; k < SparseRows.BLOCK; k++) {
            int at = panel + (a.firsts[block] + k) * LANES;
            addScaled(a.values[block * SparseRows.BLOCK + k], b, at, c, row);
          }
        }
      }
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
      float[] c,
      int cAt,
      int from,
      int to) {
    Arrays.fill(c, cAt + from * LANES, cAt + to * LANES, 0f);
    for (int i = 0; i < rows; i++) {
      int end = a.blockFrom(order[first + i], to);
      for (int block = a.blockFrom(order[first + i], from); block < end; block++) {
        for (int k = 0; k < SparseRows.BLOCK; k++) {
          int at = cAt + (a.firsts[block] + k) * LANES;
          addScaled(a.values[block * SparseRows.BLOCK + k], b, bAt + i * LANES, c, at);
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
  public void exp(float[] z, float shift, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = FloatMath.exp(z[i] - shift);
    }
  }
}
