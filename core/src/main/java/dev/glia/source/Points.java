package dev.glia.source;

import dev.glia.random.RandomState;
import dev.glia.table.Categories;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Table;
import java.util.List;

/** Points of the plane in the making: what the generators of two features share. */
final class Points {

  private static final int MOST_SAMPLES = 100_000_000;

  private final double[] coordinates; // [samples][x, y]
  private final int[] classes; // [samples]
  private int size;

  Points(int samples) {
    coordinates = new double[samples * 2];
    classes = new int[samples];
  }

  static void check(String name, int samples, int least, double noise) {
    if (samples < least) {
      throw new IllegalArgumentException(
          "%s needs at least %d samples, got %d.".formatted(name, least, samples));
    }
    if (samples > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "%s makes at most %d samples, got %d.".formatted(name, MOST_SAMPLES, samples));
    }
    if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "%s needs a noise of at least 0, got %s.".formatted(name, noise));
    }
  }

  /** The i-th of n numbers from start to stop, both included, rounded as NumPy's linspace. */
  static double linspace(double start, double stop, int n, int i) {
    if (n == 1) {
      return start;
    }
    return i == n - 1 ? stop : i * ((stop - start) / (n - 1)) + start;
  }

  void add(double x, double y, int label) {
    coordinates[2 * size] = x;
    coordinates[2 * size + 1] = y;
    classes[size++] = label;
  }

  /** Shuffles first and adds noise then, in scikit-learn's order. */
  Table finish(
      String name, List<String> classNames, boolean shuffle, double noise, RandomState random) {
    double[] values = coordinates;
    int[] labels = classes;
    if (shuffle) {
      int[] order = random.permutation(size);
      values = new double[coordinates.length];
      labels = new int[size];
      for (int i = 0; i < size; i++) {
        values[2 * i] = coordinates[2 * order[i]];
        values[2 * i + 1] = coordinates[2 * order[i] + 1];
        labels[i] = classes[order[i]];
      }
    }
    if (noise > 0) {
      for (int i = 0; i < values.length; i++) {
        values[i] += random.normal(0, noise);
      }
    }
    return Table.of(
        name,
        List.of("x1", "x2"),
        new DenseMatrix(size, 2, values),
        new Categories("label", labels, classNames));
  }
}
