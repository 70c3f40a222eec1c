package dev.glia.source;

import dev.glia.random.RandomState;
import dev.glia.table.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Round clouds of points about random centres, as scikit-learn's {@code make_blobs}.
 *
 * @param samples number of points, at least one a cloud
 * @param centers number of clouds, which are the classes
 * @param noise standard deviation of each cloud
 * @param shuffle whether the rows come in random order, or cloud by cloud
 * @param seed 0 to 2^32 - 1
 */
public record Blobs(int samples, int centers, double noise, boolean shuffle, long seed)
    implements Generator {

  private static final double BOX = 10; // centres lie in [-10, 10) x [-10, 10)

  /** Checks the settings. */
  public Blobs {
    if (centers < 1) {
      throw new IllegalArgumentException("blobs needs at least 1 centre, got " + centers + ".");
    }
    Points.check("blobs", samples, centers, noise);
  }

  @Override
  public Table generate() {
    RandomState random = new RandomState(seed);
    double[] center = new double[centers * 2]; // [centers][x, y]
    for (int i = 0; i < center.length; i++) {
      center[i] = random.uniform(-BOX, BOX);
    }
    Points points = new Points(samples);
    List<String> names = new ArrayList<>();
    for (int c = 0; c < centers; c++) {
      names.add(Integer.toString(c));
      int size = samples / centers + (c < samples % centers ? 1 : 0);
      for (int i = 0; i < size; i++) {
        double x = random.normal(center[2 * c], noise);
        points.add(x, random.normal(center[2 * c + 1], noise), c);
      }
    }
    return points.finish("blobs", names, shuffle, 0, random);
  }
}
