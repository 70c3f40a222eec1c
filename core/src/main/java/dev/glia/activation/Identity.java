package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

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
  public void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    System.arraycopy(z, from, a, from, rows * Padding.stride(units));
  }

  @Override
  public void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units) {
    // dz is da, which is there already.
  }
}
