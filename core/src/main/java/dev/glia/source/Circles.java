package dev.glia.source;

import dev.glia.random.RandomState;
import dev.glia.table.Table;
import java.util.List;

/**
 * A small circle in a large one, as scikit-learn's {@code make_circles} with its factor of 0.8.
 *
 * @param samples number of points, at least 2
 * @param noise standard deviation of the noise on both coordinates, 0 for none
 * @param shuffle whether the rows come in random order, or first the outer circle
 * @param seed 0 to 2^32 - 1
 */
public record Circles(int samples, double noise, boolean shuffle, long seed) implements Generator {

  private static final double FACTOR = 0.8; // radius of the inner circle

  /** Checks the settings. */
  public Circles {
    Points.check("circles", samples, 2, noise);
  }

  @Override
  public Table generate() {
    int outer = samples / 2;
    int inner = samples - outer;
    Points points = new Points(samples);
    for (int i = 0; i < outer; i++) {
      double angle = i * (2 * Math.PI / outer);
      points.add(StrictMath.cos(angle), StrictMath.sin(angle), 0);
    }
    for (int i = 0; i < inner; i++) {
      double angle = i * (2 * Math.PI / inner);
      points.add(StrictMath.cos(angle) * FACTOR, StrictMath.sin(angle) * FACTOR, 1);
    }
    return points.finish("circles", List.of("0", "1"), shuffle, noise, new RandomState(seed));
  }
}
