package dev.glia.source;

/**
 * The way of the pen for one digit: its strokes as short straight lines, bent, slanted, turned and
 * brought to size.
 */
final class DigitPath {

  /** Straight lines between two points of a stroke. */
  private static final int STEPS = 6;

  private final double[] x = new double[512];
  private final double[] y = new double[512];
  private final boolean[] penDown = new boolean[512]; // whether a line leads to this point
  private int size;

  /** Goes through the points of one stroke; repeated points are corners. */
  void addStroke(double[] points) {
    int count = points.length / 2;
    int start = 0; // of the smooth piece
    moveTo(points[0], points[1]);
    for (int i = 1; i < count; i++) {
      boolean corner = i + 1 < count && same(points, i, i + 1);
      if (corner || i + 1 == count) {
        addCurve(points, start, i);
        start = i + 1;
        i++;
      }
    }
  }

  private static boolean same(double[] points, int i, int j) {
    return points[2 * i] == points[2 * j] && points[2 * i + 1] == points[2 * j + 1];
  }

  /** A Catmull-Rom spline through the points from first to last, the pen being on the first. */
  private void addCurve(double[] points, int first, int last) {
    for (int i = first; i < last; i++) {
      int before = Math.max(first, i - 1);
      int after = Math.min(last, i + 2);
      for (int step = 1; step <= STEPS; step++) {
        double t = (double) step / STEPS;
        lineTo(
            spline(points[2 * before], points[2 * i], points[2 * i + 2], points[2 * after], t),
            spline(
                points[2 * before + 1],
                points[2 * i + 1],
                points[2 * i + 3],
                points[2 * after + 1],
                t));
      }
    }
  }

  private static double spline(double p0, double p1, double p2, double p3, double t) {
    double slope1 = (p2 - p0) / 2;
    double slope2 = (p3 - p1) / 2;
    double square = 3 * (p2 - p1) - 2 * slope1 - slope2;
    double cube = 2 * (p1 - p2) + slope1 + slope2;
    return p1 + t * (slope1 + t * (square + t * cube));
  }

  private void moveTo(double px, double py) {
    x[size] = px;
    y[size] = py;
    penDown[size++] = false;
  }

  private void lineTo(double px, double py) {
    moveTo(px, py);
    penDown[size - 1] = true;
  }

  void clear() {
    size = 0;
  }

  /**
   * Bends a path that lies about in the unit square.
   *
   * @param taper how much wider the bottom is than the top
   * @param balance how far the middle sinks: the size of an upper loop against that of a lower one
   * @param bow how far the middle goes to the right
   */
  void bend(double taper, double balance, double bow) {
    for (int i = 0; i < size; i++) {
      double height = y[i];
      double middle = 4 * height * (1 - height); // 1 half way down, 0 at both ends
      x[i] = 0.5 + (x[i] - 0.5) * (1 + taper * (height - 0.5)) + bow * middle;
      y[i] = height + balance * middle;
    }
  }

  /** Maps every point to (xx x + xy y, yx x + yy y). */
  void transform(double xx, double xy, double yx, double yy) {
    for (int i = 0; i < size; i++) {
      double oldX = x[i];
      x[i] = xx * oldX + xy * y[i];
      y[i] = yx * oldX + yy * y[i];
    }
  }

  /**
   * Makes the larger side of the bounding box {@code extent} long and puts the centre of the ink at
   * the given point, or as near to it as the path stays between margin and size - margin.
   */
  void place(double extent, double centerX, double centerY, double margin, double canvas) {
    double scale = extent / Math.max(span(x), span(y));
    double ink = 0;
    double inkX = 0;
    double inkY = 0;
    for (int i = 1; i < size; i++) {
      if (penDown[i]) {
        double dx = x[i] - x[i - 1];
        double dy = y[i] - y[i - 1];
        double length = Math.sqrt(dx * dx + dy * dy);
        ink += length;
        inkX += length * (x[i] + x[i - 1]) / 2;
        inkY += length * (y[i] + y[i - 1]) / 2;
      }
    }
    move(x, scale, centerX - scale * inkX / ink, margin, canvas);
    move(y, scale, centerY - scale * inkY / ink, margin, canvas);
  }

  private void move(double[] values, double scale, double shift, double margin, double canvas) {
    double least = scale * min(values) + shift;
    double most = scale * max(values) + shift;
    double mended = shift + Math.max(0, margin - least) - Math.max(0, most - (canvas - margin));
    for (int i = 0; i < size; i++) {
      values[i] = scale * values[i] + mended;
    }
  }

  private double span(double[] values) {
    return max(values) - min(values);
  }

  private double min(double[] values) {
    double least = values[0];
    for (int i = 1; i < size; i++) {
      least = Math.min(least, values[i]);
    }
    return least;
  }

  private double max(double[] values) {
    double most = values[0];
    for (int i = 1; i < size; i++) {
      most = Math.max(most, values[i]);
    }
    return most;
  }

  /** Draws with a pen whose radius goes evenly from one value to another. */
  void draw(PenCanvas canvas, double radiusFrom, double radiusTo) {
    for (int i = 1; i < size; i++) {
      if (penDown[i]) {
        double radius = radiusFrom + (radiusTo - radiusFrom) * i / size;
        canvas.line(x[i - 1], y[i - 1], x[i], y[i], radius);
      }
    }
  }
}
