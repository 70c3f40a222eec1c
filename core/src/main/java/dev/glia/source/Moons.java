package dev.glia.source;

import dev.glia.random.RandomState;
import dev.glia.table.Table;
import java.util.List;

/**
 * Two half circles that reach into each other, as scikit-learn's {@code make_moons}.
 *
 * @param samples number of points, at least 2
 * @param noise standard deviation of the noise on both coordinates, 0 for none
 * @param shuffle whether the rows come in random order, or first one moon and then the other
 * @param seed 0 to 2^32 - 1
 */
public record Moons(int samples, double noise, boolean shuffle, long seed) implements Generator {

  /** Checks the settings. */
  public Moons {
    Points.check("moons", samples, 2, noise);
  }

  /** The second article's moons: 200 points, noise 0.2, in order, seed 0. */
  public static Moons article() {
    return new Moons(200, 0.2, false, 0);
  }

  @Override
  public Table generate() {
    int outer = samples / 2;
    int inner = samples - outer;
    Points points = new Points(samples);
    for (int i = 0; i < outer; i++) {
      double angle = Points.linspace(0, Math.PI, outer, i);
      points.add(StrictMath.cos(angle), StrictMath.sin(angle), 0);
    }
    for (int i = 0; i < inner; i++) {
      double angle = Points.linspace(0, Math.PI, inner, i);
      points.add(1 - StrictMath.cos(angle), 1 - StrictMath.sin(angle) - 0.5, 1);
    }
    return points.finish("moons", List.of("0", "1"), shuffle, noise, new RandomState(seed));
  }
}
