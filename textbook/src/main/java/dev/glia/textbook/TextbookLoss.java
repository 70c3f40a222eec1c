package dev.glia.textbook;

import java.util.function.DoubleBinaryOperator;

/**
 * Losses as a textbook has them: what one output costs, and beside it the derivative by the output.
 *
 * @param value of one output a whose target is y: {@code value(a, y)}
 * @param derivative of value by a
 * @param mean what the sum of all values is divided by
 */
public record TextbookLoss(DoubleBinaryOperator value, DoubleBinaryOperator derivative, Mean mean) {

  /** What the sum over all outputs of all rows is divided by. */
  public enum Mean {
    /** The number of rows times the number of outputs. */
    OVER_OUTPUTS,
    /** The number of rows. */
    OVER_ROWS,
    /** Nothing. */
    NONE
  }

  /** The loss of a name such as {@code mse} or {@code mse(sum)}, as the library names it. */
  public static TextbookLoss of(String name) {
    if (name.endsWith("(sum)")) {
      TextbookLoss loss = of(name.substring(0, name.length() - "(sum)".length()));
      return new TextbookLoss(loss.value, loss.derivative, Mean.NONE);
    }
    if (name.startsWith("huber(")) {
      return huber(Double.parseDouble(name.substring("huber(".length(), name.length() - 1)));
    }
    return switch (name) {
      case "bce" ->
          new TextbookLoss(
              (a, y) -> -y * Math.log(a) - (1 - y) * Math.log(1 - a),
              (a, y) -> -y / a + (1 - y) / (1 - a),
              Mean.OVER_OUTPUTS);
      case "cross_entropy" ->
          new TextbookLoss((a, y) -> -y * Math.log(a), (a, y) -> -y / a, Mean.OVER_ROWS);
      case "mse" -> squares(Mean.OVER_OUTPUTS);
      case "squared_error" -> squares(Mean.OVER_ROWS);
      case "mae" ->
          new TextbookLoss(
              (a, y) -> Math.abs(a - y), (a, y) -> Math.signum(a - y), Mean.OVER_OUTPUTS);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static TextbookLoss squares(Mean mean) {
    return new TextbookLoss((a, y) -> (a - y) * (a - y), (a, y) -> 2 * (a - y), mean);
  }

  private static TextbookLoss huber(double delta) {
    return new TextbookLoss(
        (a, y) ->
            Math.abs(a - y) <= delta
                ? (a - y) * (a - y) / 2
                : delta * Math.abs(a - y) - delta * delta / 2,
        (a, y) -> Math.abs(a - y) <= delta ? a - y : delta * Math.signum(a - y),
        Mean.OVER_OUTPUTS);
  }

  /** The values of one row's outputs, summed. */
  public double ofRow(double[] a, double[] y) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += value.applyAsDouble(a[i], y[i]);
    }
    return sum;
  }

  /** The derivatives of one row's outputs. */
  public double[] gradientOfRow(double[] a, double[] y) {
    double[] da = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      da[i] = derivative.applyAsDouble(a[i], y[i]);
    }
    return da;
  }

  /** The loss of some rows, both {@code [rows][outputs]}. */
  public double value(double[][] a, double[][] y) {
    double sum = 0;
    for (int row = 0; row < a.length; row++) {
      sum += ofRow(a[row], y[row]);
    }
    return sum / divisor(a.length, y[0].length);
  }

  /** The gradient of that by each output, {@code [rows][outputs]}. */
  public double[][] gradient(double[][] a, double[][] y) {
    double[][] da = new double[a.length][];
    for (int row = 0; row < a.length; row++) {
      da[row] = gradientOfRow(a[row], y[row]);
      for (int i = 0; i < da[row].length; i++) {
        da[row][i] /= divisor(a.length, y[0].length);
      }
    }
    return da;
  }

  /** What the sum over so many rows is divided by. */
  public double divisor(int rows, int outputs) {
    return switch (mean) {
      case OVER_OUTPUTS -> (double) rows * outputs;
      case OVER_ROWS -> rows;
      case NONE -> 1;
    };
  }
}
