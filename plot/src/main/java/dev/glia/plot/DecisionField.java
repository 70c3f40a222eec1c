package dev.glia.plot;

import dev.glia.plot.axis.Axes;
import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Ink;
import dev.glia.plot.canvas.Palette;
import dev.glia.plot.canvas.Raster;
import dev.glia.plot.canvas.Stroke;

/**
 * What a network says at every point of a grid: how probable each class is there.
 *
 * <p>Points lie where {@link Extent#gridX} and {@link Extent#gridY} put them, row 0 lowest.
 */
public final class DecisionField {

  /** Shades of a class; so few that the raster fits a palette, so many that steps hardly show. */
  private static final int SHADES = 14;

  private static final double PALEST = 0.06;
  private static final double DEEPEST = 0.38;
  private static final Stroke BOUNDARY = new Stroke(new Ink(0x333333, 0.75), 1.3);

  private final Extent extent;
  private final int columns;
  private final int rows;
  private final int outputs;
  private final float[] probabilities;

  /**
   * A field from the outputs of a network at the points of a grid, at least 2 x 2.
   *
   * <p>One output a point is the probability of class 1, the other class being 0; more are the
   * probabilities of as many classes.
   *
   * @param probabilities {@code [rows * columns * outputs]}, the lowest row first
   */
  public DecisionField(Extent extent, int columns, int rows, float[] probabilities) {
    if (columns < 2 || rows < 2) {
      throw new IllegalArgumentException(
          "expected a field of at least 2 x 2 points, got " + columns + " x " + rows);
    }
    long points = (long) columns * rows;
    if (probabilities.length == 0 || probabilities.length % points != 0) {
      throw new IllegalArgumentException(
          "expected one or more probabilities for each of "
              + columns
              + " x "
              + rows
              + " points, got "
              + probabilities.length);
    }
    this.extent = extent;
    this.columns = columns;
    this.rows = rows;
    this.outputs = (int) (probabilities.length / points);
    this.probabilities = probabilities.clone();
  }

  Extent extent() {
    return extent;
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  /** How many classes there are. */
  int classes() {
    return Math.max(2, outputs);
  }

  /** The most probable class at a point. */
  int classAt(int column, int row) {
    if (outputs == 1) {
      return probability(column, row, 1) >= 0.5 ? 1 : 0;
    }
    int best = 0;
    for (int c = 1; c < outputs; c++) {
      if (probability(column, row, c) > probability(column, row, best)) {
        best = c;
      }
    }
    return best;
  }

  double probability(int column, int row, int index) {
    int point = row * columns + column;
    if (outputs > 1) {
      return probabilities[point * outputs + index];
    }
    return index == 1 ? probabilities[point] : 1 - probabilities[point];
  }

  /** Draws the field as tints of the classes' colours, with a line where the class changes. */
  void draw(Canvas canvas, Axes axes) {
    double left = axes.x(extent.minX());
    double low = axes.y(extent.minY());
    double stepX = (axes.x(extent.maxX()) - left) / (columns - 1);
    double stepY = (low - axes.y(extent.maxY())) / (rows - 1);
    // A pixel's middle is a grid point, so the raster reaches half a step beyond the extent.
    canvas.raster(
        tints(),
        new Box(left - stepX / 2, low + stepY / 2 - stepY * rows, stepX * columns, stepY * rows));
    for (Boundary.Line line : new Boundary(this).lines()) {
      double[] x = line.points().stream().mapToDouble(p -> left + p.column() * stepX).toArray();
      double[] y = line.points().stream().mapToDouble(p -> low - p.row() * stepY).toArray();
      canvas.polyline(x, y, BOUNDARY);
    }
  }

  private Raster tints() {
    int[] rgb = new int[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        // A raster's first row is the highest.
        rgb[(rows - 1 - row) * columns + column] = tint(column, row).rgb();
      }
    }
    return new Raster(columns, rows, rgb, true);
  }

  private Ink tint(int column, int row) {
    int best = classAt(column, row);
    // The least sure that a choice among k classes can be is 1/k.
    double guess = 1.0 / classes();
    double sureness = (probability(column, row, best) - guess) / (1 - guess);
    double shade = Math.rint(Math.clamp(sureness, 0, 1) * SHADES) / SHADES;
    double share = PALEST + (DEEPEST - PALEST) * (Double.isNaN(shade) ? 0 : shade);
    return Ink.WHITE.mixedWith(Palette.ink(best), share);
  }
}
