package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

/** A smooth ReLU: {@code f(z) = ln(1 + exp(z))}. */
public record Softplus() implements Elementwise {

  @Override
  public String name() {
    return "softplus";
  }

  @Override
  public double value(double z) {
    // max(0, z) + ln(1 + exp(-|z|)): no overflow for large z
    return Math.max(0, z) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
  }

  @Override
  public double derivative(double z) {
    return 1 / (1 + StrictMath.exp(-z));
  }

  @Override
  public void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    functions.softplus(z, a, from, from + rows * Padding.stride(units));
  }

  @Override
  public void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units) {
    functions.softplusGradient(z, d, from, from + rows * Padding.stride(units));
  }
}
