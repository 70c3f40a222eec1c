package dev.glia.internal.kernel;

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
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * stride;
      System.arraycopy(start, startOffset, c, row, stride);
      for (int s = 0; s < steps; s++) {
        addScaled(a[aOffset + i * aRow + s * aStep], b, bOffset + s * stride, c, row, stride);
      }
    }
  }

  /** One step of a row's sums: {@code c[j] += a * b[j]}. C2 makes vectors of it. */
  private static void addScaled(float a, float[] b, int bOffset, float[] c, int cOffset, int n) {
    for (int j = 0; j < n; j++) {
      c[cOffset + j] = Math.fma(a, b[bOffset + j], c[cOffset + j]);
    }
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
