package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

/** Rectified linear unit: {@code f(z) = max(0, z)}. */
public record Relu() implements Elementwise {

  @Override
  public String name() {
    return "relu";
  }

  @Override
  public double value(double z) {
    return z > 0 ? z : 0 * z; // 0 * z keeps a NaN visible
  }

  @Override
  public double derivative(double z) {
    return z > 0 ? 1 : 0;
  }

  @Override
  public void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    functions.leakyRelu(0f, z, a, from, from + rows * Padding.stride(units));
  }

  @Override
  public void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units) {
    functions.leakyReluGradient(0f, z, d, from, from + rows * Padding.stride(units));
  }
}
