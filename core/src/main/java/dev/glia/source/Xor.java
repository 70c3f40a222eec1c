package dev.glia.source;

import dev.glia.random.RandomState;
import dev.glia.table.Table;
import java.util.List;

/**
 * Points in a square, class 1 where the signs of x and y differ: no straight line parts them.
 *
 * @param samples number of points, at least 2
 * @param noise standard deviation of the noise that is added after the class was given, 0 for none
 * @param shuffle whether the rows come in random order, or first class 0
 * @param seed 0 to 2^32 - 1
 */
public record Xor(int samples, double noise, boolean shuffle, long seed) implements Generator {

  /** Checks the settings. */
  public Xor {
    Points.check("xor", samples, 2, noise);
  }

  @Override
  public Table generate() {
    RandomState random = new RandomState(seed);
    Points points = new Points(samples);
    for (int i = 0; i < samples; i++) {
      int label = i < samples / 2 ? 0 : 1;
      double x = random.uniform(-1, 1);
      double y = random.uniform(0, 1);
      boolean sameSign = label == 0;
      points.add(x, (x > 0) == sameSign ? y : -y, label);
    }
    return points.finish("xor", List.of("0", "1"), shuffle, noise, random);
  }
}
