package dev.glia.loss;

/**
 * Squared error {@code (a - y)^2}, as PyTorch's {@code MSELoss}.
 *
 * @param reduction mean over all outputs of all rows, or sum
 */
public record MeanSquaredError(Reduction reduction) implements Loss {

  /** The mean. */
  public MeanSquaredError() {
    this(Reduction.MEAN);
  }

  @Override
  public String name() {
    return "mse" + reduction.suffix();
  }

  @Override
  public double value(double[] a, double[] y) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - y[i]) * (a[i] - y[i]);
    }
    return sum;
  }

  @Override
  public double derivative(double a, double y) {
    return 2 * (a - y);
  }

  @Override
  public double scale(int rows, int outputs) {
    return reduction.over((long) rows * outputs);
  }
}
