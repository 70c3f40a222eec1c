package dev.glia.source;

import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A landscape to predict from the place: three hills and three hollows in turn, as the regression
 * "multi gaussian" of TensorFlow Playground.
 *
 * <p>Places are drawn evenly from the square from -6 to 6. A hill is a Gaussian bell of height 1;
 * the noise is on the height to predict.
 *
 * @param samples number of points, at least 2
 * @param noise standard deviation of the noise on the height, 0 for none
 * @param shuffle whether the rows come in random order, or from left to right
 * @param seed 0 to 2^32 - 1
 */
public record Hills(int samples, double noise, boolean shuffle, long seed) implements Generator {

  private static final double EDGE = 6;
  private static final double[][] TOPS = { // x1, x2, height
    {-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1}, {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}
  };

  /** Checks the settings. */
  public Hills {
    Points.check("hills", samples, 2, noise);
  }

  @Override
  public Table generate() {
    RandomState random = new RandomState(seed);
    double[][] places = new double[samples][2];
    for (double[] place : places) {
      place[0] = random.uniform(-EDGE, EDGE);
      place[1] = random.uniform(-EDGE, EDGE);
    }
    if (!shuffle) {
      Arrays.sort(places, Comparator.comparingDouble(place -> place[0]));
    }
    double[] features = new double[2 * samples]; // [samples][x1, x2]
    double[] heights = new double[samples];
    for (int row = 0; row < samples; row++) {
      double[] place = places[row];
      features[2 * row] = place[0];
      features[2 * row + 1] = place[1];
      heights[row] = height(place[0], place[1]) + random.normal(0, noise);
    }
    return Table.of(
        "hills",
        List.of("x1", "x2"),
        new DenseMatrix(samples, 2, features),
        new Numbers("height", heights));
  }

  /** The height of a place without noise. */
  static double height(double x1, double x2) {
    double height = 0;
    for (double[] top : TOPS) {
      double d1 = x1 - top[0];
      double d2 = x2 - top[1];
      height += top[2] * StrictMath.exp(-(d1 * d1 + d2 * d2) / 4); // 2 s^2 = 4
    }
    return height;
  }
}
