package dev.glia.network;

import dev.glia.internal.kernel.Kernel;

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
  public void forward(Kernel kernel, float[] z, float[] a, int from, int rows, int units) {
    kernel.sigmoid(z, a, from, from + rows * Kernel.stride(units));
  }

  @Override
  public void backward(
      Kernel kernel, float[] z, float[] a, float[] d, int from, int rows, int units) {
    int to = from + rows * Kernel.stride(units);
    for (int i = from; i < to; i++) {
      d[i] *= a[i] * (1 - a[i]);
    }
  }
}
