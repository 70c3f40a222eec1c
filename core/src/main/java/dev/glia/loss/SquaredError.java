package dev.glia.loss;

/** The first article's error: {@code (a - y)^2} summed over the outputs, mean over the rows. */
public record SquaredError() implements Loss {

  private static final MeanSquaredError SQUARES = new MeanSquaredError();

  @Override
  public String name() {
    return "squared_error";
  }

  @Override
  public double value(double[] a, double[] y) {
    return SQUARES.value(a, y);
  }

  @Override
  public double derivative(double a, double y) {
    return SQUARES.derivative(a, y);
  }

  @Override
  public double scale(int rows, int outputs) {
    return 1.0 / rows;
  }
}
