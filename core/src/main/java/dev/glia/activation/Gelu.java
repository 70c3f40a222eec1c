package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

/**
 * Gaussian error linear unit: {@code f(z) = z * Phi(z)}, Phi the normal distribution function.
 *
 * <p>Hendrycks and Gimpel (2016); the exact form with erf, PyTorch's default, not the tanh
 * approximation.
 */
public record Gelu() implements Elementwise {

  private static final double INV_SQRT_2 = 0.7071067811865476;
  private static final double INV_SQRT_2_PI = 0.3989422804014327;

  @Override
  public String name() {
    return "gelu";
  }

  @Override
  public double value(double z) {
    return z * phi(z);
  }

  @Override
  public double derivative(double z) {
    return phi(z) + z * INV_SQRT_2_PI * StrictMath.exp(-0.5 * z * z);
  }

  @Override
  public void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    functions.gelu(z, a, from, from + rows * Padding.stride(units));
  }

  @Override
  public void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units) {
    functions.geluGradient(z, d, from, from + rows * Padding.stride(units));
  }

  private static double phi(double z) {
    return 0.5 * (1 + Erf.erf(z * INV_SQRT_2));
  }
}
