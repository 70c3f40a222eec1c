package user;

import dev.glia.activation.Elementwise;
import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

/** {@code f(z) = z * tanh(ln(1 + exp(z)))} (Misra, 2019), fast forward. */
public record Mish() implements Elementwise {

  @Override
  public String name() {
    return "mish";
  }

  @Override
  public double value(double z) {
    return z * Math.tanh(Math.log1p(Math.exp(z)));
  }

  @Override
  public double derivative(double z) {
    double t = Math.tanh(Math.log1p(Math.exp(z)));
    return t + z * (1 - t * t) / (1 + Math.exp(-z));
  }

  @Override
  public void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    int to = from + rows * Padding.stride(units);
    functions.softplus(z, a, from, to);
    functions.tanh(a, a, from, to);
    for (int i = from; i < to; i++) {
      a[i] *= z[i];
    }
  }
}
