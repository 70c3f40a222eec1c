package dev.glia.source;

import dev.glia.random.RandomState;
import dev.glia.table.Table;
import java.util.List;

/**
 * Two spiral arms about each other, one and a half turns, radius up to 1.
 *
 * <p>A hard case for a network without hidden layers; Lang and Witbrock, "Learning to Tell Two
 * Spirals Apart" (1988).
 *
 * @param samples number of points, at least 2
 * @param noise standard deviation of the noise on both coordinates, 0 for none
 * @param shuffle whether the rows come in random order, or arm by arm
 * @param seed 0 to 2^32 - 1
 */
public record Spirals(int samples, double noise, boolean shuffle, long seed) implements Generator {

  private static final double TURNS = 1.5;

  /** Checks the settings. */
  public Spirals {
    Points.check("spirals", samples, 2, noise);
  }

  @Override
  public Table generate() {
    int first = samples / 2;
    Points points = new Points(samples);
    addArm(points, first, 0);
    addArm(points, samples - first, 1);
    return points.finish("spirals", List.of("0", "1"), shuffle, noise, new RandomState(seed));
  }

  private static void addArm(Points points, int size, int arm) {
    for (int i = 0; i < size; i++) {
      double radius = (i + 1.0) / size;
      double angle = radius * TURNS * 2 * Math.PI + arm * Math.PI;
      points.add(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle), arm);
    }
  }
}
