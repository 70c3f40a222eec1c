package dev.glia.network;

import dev.glia.internal.kernel.Kernel;

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
  public void forward(Kernel kernel, float[] z, float[] a, int from, int rows, int units) {
    kernel.leakyRelu(0f, z, a, from, from + rows * Kernel.stride(units));
  }

  @Override
  public void backward(
      Kernel kernel, float[] z, float[] a, float[] d, int from, int rows, int units) {
    kernel.leakyReluGradient(0f, z, d, from, from + rows * Kernel.stride(units));
  }
}
