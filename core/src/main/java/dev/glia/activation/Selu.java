package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

/**
 * Scaled exponential linear unit, which keeps mean 0 and variance 1 from layer to layer.
 *
 * <p>Klambauer, Unterthiner, Mayr and Hochreiter, "Self-Normalizing Neural Networks" (2017), with
 * the constants of the paper.
 */
public record Selu() implements Elementwise {

  private static final double ALPHA = 1.6732632423543772;
  private static final double SCALE = 1.0507009873554805;

  @Override
  public String name() {
    return "selu";
  }

  @Override
  public double value(double z) {
    return SCALE * (z > 0 ? z : ALPHA * StrictMath.expm1(z));
  }

  @Override
  public double derivative(double z) {
    return SCALE * (z > 0 ? 1 : ALPHA * StrictMath.exp(z));
  }

  @Override
  public void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    functions.elu(
        (float) SCALE, (float) (SCALE * ALPHA), z, a, from, from + rows * Padding.stride(units));
  }

  @Override
  public void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units) {
    functions.eluGradient(
        (float) SCALE, (float) (SCALE * ALPHA), z, d, from, from + rows * Padding.stride(units));
  }
}
