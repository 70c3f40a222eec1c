package dev.glia.loss;

import dev.glia.internal.text.Call;

/**
 * Huber's loss: half the squared error up to delta, linear beyond; the mean over all outputs of all
 * rows, as PyTorch's {@code HuberLoss}.
 *
 * @param delta where the line begins, over 0; 1 in PyTorch
 */
public record Huber(double delta) implements Loss {

  /** Checks delta. */
  public Huber {
    if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("huber needs a delta over 0, got " + delta + ".");
    }
  }

  @Override
  public String name() {
    return Call.text("huber", delta);
  }

  @Override
  public double value(double[] a, double[] y) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double size = Math.abs(a[i] - y[i]);
      sum += size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
    }
    return sum;
  }

  @Override
  public double derivative(double a, double y) {
    return Math.clamp(a - y, -delta, delta);
  }

  @Override
  public double scale(int rows, int outputs) {
    return Reduction.MEAN.over((long) rows * outputs);
  }
}
