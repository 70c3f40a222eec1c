package dev.glia.source;

import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.util.List;

/**
 * A sine to predict from its angle: the simplest curve that no straight line follows.
 *
 * <p>The angles are equally far apart, from -2 pi to 2 pi; the noise is on the number to predict.
 *
 * @param samples number of points, at least 2
 * @param noise standard deviation of the noise on the sine, 0 for none
 * @param shuffle whether the rows come in random order, or from left to right
 * @param seed 0 to 2^32 - 1
 */
public record Sine(int samples, double noise, boolean shuffle, long seed) implements Generator {

  private static final double END = 2 * Math.PI;

  /** Checks the settings. */
  public Sine {
    Points.check("sine", samples, 2, noise);
  }

  @Override
  public Table generate() {
    RandomState random = new RandomState(seed);
    double[] x = new double[samples];
    for (int row = 0; row < samples; row++) {
      x[row] = Points.linspace(-END, END, samples, row);
    }
    if (shuffle) {
      int[] order = random.permutation(samples);
      double[] ordered = x.clone();
      for (int row = 0; row < samples; row++) {
        x[row] = ordered[order[row]];
      }
    }
    double[] y = new double[samples];
    for (int row = 0; row < samples; row++) {
      y[row] = StrictMath.sin(x[row]) + random.normal(0, noise);
    }
    return Table.of("sine", List.of("x"), new DenseMatrix(samples, 1, x), new Numbers("y", y));
  }
}
