package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

/** Logistic function: {@code f(z) = 1 / (1 + exp(-z))}, between 0 and 1. */
public record Sigmoid() implements Elementwise {

  @Override
  public String name() {
    return "sigmoid";
  }

  @Override
  public double value(double z) {
    return 1 / (1 + StrictMath.exp(-z));
  }

  @Override
  public double derivative(double z) {
    double a = value(z);
    return a * (1 - a);
  }

  @Override
  public void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    if (units == 1) {
      forwardOne(functions, z, a, from, rows);
    } else {
      functions.sigmoid(z, a, from, from + rows * Padding.stride(units));
    }
  }

  /** A single unit: its values go side by side, so that the padding of the rows is not computed. */
  private static void forwardOne(
      FloatFunctions functions, float[] z, float[] a, int from, int rows) {
    for (int row = 0; row < rows; row++) {
      a[from + row] = z[from + row * Padding.LANES];
    }
    functions.sigmoid(a, a, from, from + Padding.stride(rows));
    for (int row = rows - 1; row >= 0; row--) { // from the last: none is overwritten too early
      a[from + row * Padding.LANES] = a[from + row];
    }
  }

  @Override
  public void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units) {
    int to = from + rows * Padding.stride(units);
    for (int i = from; i < to; i++) {
      d[i] *= a[i] * (1 - a[i]);
    }
  }
}
