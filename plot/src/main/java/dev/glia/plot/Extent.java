package dev.glia.plot;

import dev.glia.plot.axis.Span;

/** The part of a plane that a plot shows. */
public record Extent(double minX, double maxX, double minY, double maxY) {

  /** Checks that both directions have a length. */
  public Extent {
    requireGrowing("x", minX, maxX);
    requireGrowing("y", minY, maxY);
  }

  /**
   * The part that holds all points, with a margin around them.
   *
   * @param x {@code [n]}
   * @param y {@code [n]}
   */
  public static Extent around(double[] x, double[] y) {
    Require.length("y values", y.length, x.length, "one for each x");
    Span across = Span.of(x);
    Span up = Span.of(y);
    double marginX = margin(across);
    double marginY = margin(up);
    return new Extent(
        across.min() - marginX, across.max() + marginX, up.min() - marginY, up.max() + marginY);
  }

  /** The x of each column of a grid over this extent, ends included, {@code [columns]}. */
  public double[] gridX(int columns) {
    return spread(minX, maxX, columns);
  }

  /** The y of each row of a grid over this extent, ends included, lowest first, {@code [rows]}. */
  public double[] gridY(int rows) {
    return spread(minY, maxY, rows);
  }

  private static double[] spread(double min, double max, int count) {
    if (count < 2) {
      throw new IllegalArgumentException("expected a grid of at least 2 x 2, got " + count);
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = min + (max - min) * i / (count - 1);
    }
    return values;
  }

  private static double margin(Span span) {
    double length = span.max() - span.min();
    double largest = Math.max(Math.abs(span.min()), Math.abs(span.max()));
    return length > largest * 1e-9 ? 0.08 * length : Math.max(0.1 * largest, 0.5);
  }

  private static void requireGrowing(String name, double min, double max) {
    if (!(max > min && Double.isFinite(max - min))) {
      throw new IllegalArgumentException(
          "expected an extent whose largest "
              + name
              + " is above its smallest, got "
              + min
              + " to "
              + max);
    }
  }
}
