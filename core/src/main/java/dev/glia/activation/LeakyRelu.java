package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;
import dev.glia.internal.text.Call;

/**
 * ReLU that lets a little through below 0: {@code f(z) = z > 0 ? z : slope * z}.
 *
 * <p>Maas, Hannun and Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models" (2013).
 *
 * @param slope below 0; 0.01 in PyTorch, 0.05 in the second article
 */
public record LeakyRelu(double slope) implements Elementwise {

  /** Checks the slope. */
  public LeakyRelu {
    if (!(slope >= 0 && slope < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "leaky_relu needs a slope of at least 0, such as 0.05, got " + slope + ".");
    }
  }

  @Override
  public String name() {
    return Call.text("leaky_relu", slope);
  }

  @Override
  public double value(double z) {
    return z > 0 ? z : slope * z;
  }

  @Override
  public double derivative(double z) {
    return z > 0 ? 1 : slope;
  }

  @Override
  public void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    functions.leakyRelu((float) slope, z, a, from, from + rows * Padding.stride(units));
  }

  @Override
  public void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units) {
    functions.leakyReluGradient((float) slope, z, d, from, from + rows * Padding.stride(units));
  }
}
