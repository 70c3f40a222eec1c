package dev.glia.network;

import dev.glia.internal.kernel.Kernel;

/** No activation: {@code f(z) = z}, for outputs that are numbers. */
public record Identity() implements Elementwise {

  @Override
  public String name() {
    return "identity";
  }

  @Override
  public double value(double z) {
    return z;
  }

  @Override
  public double derivative(double z) {
    return 1;
  }

  @Override
  public void forward(Kernel kernel, float[] z, float[] a, int from, int rows, int units) {
    System.arraycopy(z, from, a, from, rows * Kernel.stride(units));
  }

  @Override
  public void backward(
      Kernel kernel, float[] z, float[] a, float[] d, int from, int rows, int units) {
    // dz is da, which is there already.
  }
}
