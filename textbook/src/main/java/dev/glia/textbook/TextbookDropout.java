package dev.glia.textbook;

/**
 * Leaves out a share of the numbers while the network learns, so that no unit relies on another.
 *
 * <p>What stays is divided by {@code 1 - share}: on average as much comes out as came in, and there
 * is nothing to make up for when the network predicts.
 */
public final class TextbookDropout implements TextbookLayer {

  /** Where the random numbers come from. */
  @FunctionalInterface
  public interface Noise {
    /** A number from 0 to 1 (exclusive) for a unit of a row of the batch. */
    double at(int row, int unit);
  }

  private final double share;
  private final Noise noise;
  private double[][] factors = {}; // [rows][units]: 0 for what is left out

  /**
   * A layer that leaves out those numbers whose noise is under the share.
   *
   * @param share at least 0 and under 1
   * @param noise asked once in each {@link #forward} for each number
   */
  public TextbookDropout(double share, Noise noise) {
    this.share = share;
    this.noise = noise;
  }

  @Override
  public double[][] predict(double[][] x) {
    return x;
  }

  @Override
  public double[][] forward(double[][] x) {
    factors = new double[x.length][x[0].length];
    for (int row = 0; row < x.length; row++) {
      for (int unit = 0; unit < x[row].length; unit++) {
        factors[row][unit] = noise.at(row, unit) < share ? 0 : 1 / (1 - share);
      }
    }
    return multiplied(x);
  }

  @Override
  public double[][] backward(double[][] dy, boolean first) {
    return multiplied(dy); // dy/dx is the factor
  }

  private double[][] multiplied(double[][] rows) {
    double[][] products = new double[rows.length][rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      for (int unit = 0; unit < rows[row].length; unit++) {
        products[row][unit] = factors[row][unit] * rows[row][unit];
      }
    }
    return products;
  }
}
