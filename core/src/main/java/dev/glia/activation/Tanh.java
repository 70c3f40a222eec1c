package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

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
  public void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    functions.tanh(z, a, from, from + rows * Padding.stride(units));
  }

  @Override
  public void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units) {
    int to = from + rows * Padding.stride(units);
    for (int i = from; i < to; i++) {
      d[i] *= 1 - a[i] * a[i];
    }
  }
}
