package dev.glia.network;

import dev.glia.internal.kernel.Kernel;

/** Hyperbolic tangent, between -1 and 1. */
public record Tanh() implements Elementwise {

  @Override
  public String name() {
    return "tanh";
  }

  @Override
  public double value(double z) {
    return StrictMath.tanh(z);
  }

  @Override
  public double derivative(double z) {
    double a = value(z);
    return 1 - a * a;
  }

  @Override
  public void forward(Kernel kernel, float[] z, float[] a, int from, int rows, int units) {
    kernel.tanh(z, a, from, from + rows * Kernel.stride(units));
  }

  @Override
  public void backward(
      Kernel kernel, float[] z, float[] a, float[] d, int from, int rows, int units) {
    int to = from + rows * Kernel.stride(units);
    for (int i = from; i < to; i++) {
      d[i] *= 1 - a[i] * a[i];
    }
  }
}
