package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;
import dev.glia.internal.text.Call;

/**
 * Exponential linear unit: {@code f(z) = z > 0 ? z : alpha * (exp(z) - 1)}.
 *
 * <p>Clevert, Unterthiner and Hochreiter (2015), as PyTorch's {@code ELU}.
 *
 * @param alpha minus the limit far below 0; 1 in PyTorch
 */
public record Elu(double alpha) implements Elementwise {

  /** Checks alpha. */
  public Elu {
    if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("elu needs an alpha over 0, got " + alpha + ".");
    }
  }

  @Override
  public String name() {
    return Call.text("elu", alpha);
  }

  @Override
  public double value(double z) {
    return z > 0 ? z : alpha * StrictMath.expm1(z);
  }

  @Override
  public double derivative(double z) {
    return z > 0 ? 1 : alpha * StrictMath.exp(z);
  }

  @Override
  public void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    functions.elu(1f, (float) alpha, z, a, from, from + rows * Padding.stride(units));
  }

  @Override
  public void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units) {
    functions.eluGradient(1f, (float) alpha, z, d, from, from + rows * Padding.stride(units));
  }
}
