package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

/** Sigmoid linear unit, also called swish: {@code f(z) = z * sigmoid(z)}. */
public record Silu() implements Elementwise {

  @Override
  public String name() {
    return "silu";
  }

  @Override
  public double value(double z) {
    return z * sigmoid(z);
  }

  @Override
  public double derivative(double z) {
    double s = sigmoid(z);
    return s * (1 + z * (1 - s));
  }

  @Override
  public void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    functions.silu(z, a, from, from + rows * Padding.stride(units));
  }

  @Override
  public void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units) {
    functions.siluGradient(z, d, from, from + rows * Padding.stride(units));
  }

  private static double sigmoid(double z) {
    return 1 / (1 + StrictMath.exp(-z));
  }
}
