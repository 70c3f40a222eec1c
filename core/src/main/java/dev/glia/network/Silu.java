package dev.glia.network;

/** Sigmoid linear unit, also called swish: {@code f(z) = z * sigmoid(z)}. */
public record Silu() implements Elementwise {

  @Override
  public String name() {
    return "silu";
  }

  @Override
  public double value(double z) {
    return z * sigmoid(z);
  }

  @Override
  public double derivative(double z) {
    double s = sigmoid(z);
    return s * (1 + z * (1 - s));
  }

  private static double sigmoid(double z) {
    return 1 / (1 + StrictMath.exp(-z));
  }
}
