package dev.glia.textbook;

import java.util.Arrays;
import java.util.List;

/** Multiplies each feature by a number that is learnt, 1 at first. */
public final class TextbookScale implements TextbookLayer {

  public final double[] weight; // [units]
  public final double[] weightGradient; // [units]

  private final double rate;
  private double[][] x = {}; // [rows][units]: what came in

  /**
   * A layer that has learnt nothing yet.
   *
   * @param rate how many times the step of the other layers its own is
   */
  public TextbookScale(int units, double rate) {
    weight = new double[units];
    Arrays.fill(weight, 1);
    weightGradient = new double[units];
    this.rate = rate;
  }

  @Override
  public double[][] predict(double[][] x) {
    return multiplied(x);
  }

  @Override
  public double[][] forward(double[][] x) {
    this.x = x;
    return multiplied(x);
  }

  @Override
  public double[][] backward(double[][] dy, boolean first) {
    Arrays.fill(weightGradient, 0);
    for (int row = 0; row < x.length; row++) {
      for (int unit = 0; unit < weight.length; unit++) {
        weightGradient[unit] += dy[row][unit] * x[row][unit];
      }
    }
    return multiplied(dy); // dy/dx is the weight
  }

  private double[][] multiplied(double[][] rows) {
    double[][] products = new double[rows.length][weight.length];
    for (int row = 0; row < rows.length; row++) {
      for (int unit = 0; unit < weight.length; unit++) {
        products[row][unit] = weight[unit] * rows[row][unit];
      }
    }
    return products;
  }

  @Override
  public List<double[]> parameters() {
    return List.of(weight);
  }

  @Override
  public List<double[]> gradients() {
    return List.of(weightGradient);
  }

  @Override
  public double rate() {
    return rate;
  }
}
