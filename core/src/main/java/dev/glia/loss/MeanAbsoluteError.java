package dev.glia.loss;

/**
 * Absolute error {@code |a - y|}, as PyTorch's {@code L1Loss}; its gradient at 0 is 0.
 *
 * @param reduction mean over all outputs of all rows, or sum
 */
public record MeanAbsoluteError(Reduction reduction) implements Loss {

  /** The mean. */
  public MeanAbsoluteError() {
    this(Reduction.MEAN);
  }

  @Override
  public String name() {
    return "mae" + reduction.suffix();
  }

  @Override
  public double value(double[] a, double[] y) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - y[i]);
    }
    return sum;
  }

  @Override
  public double derivative(double a, double y) {
    return Math.signum(a - y);
  }

  @Override
  public double scale(int rows, int outputs) {
    return reduction.over((long) rows * outputs);
  }
}
