package dev.glia.plot.canvas;

/** The shape of a point in a scatter plot, so that classes differ not by colour alone. */
public enum Marker {
  /** A disc. */
  CIRCLE(),
  /** A square. */
  SQUARE(-0.88, -0.88, 0.88, -0.88, 0.88, 0.88, -0.88, 0.88),
  /** A triangle that points up. */
  TRIANGLE(0, -1.25, 1.15, 0.8, -1.15, 0.8),
  /** A square on its corner. */
  DIAMOND(0, -1.3, 1.1, 0, 0, 1.3, -1.1, 0),
  /** A triangle that points down. */
  TRIANGLE_DOWN(0, 1.25, 1.15, -0.8, -1.15, -0.8),
  /** An upright cross. */
  PLUS(
      -0.4, -1.2, 0.4, -1.2, 0.4, -0.4, 1.2, -0.4, 1.2, 0.4, 0.4, 0.4, 0.4, 1.2, -0.4, 1.2, -0.4,
      0.4, -1.2, 0.4, -1.2, -0.4, -0.4, -0.4),
  /** A cross that stands on two feet. */
  CROSS(
      0, -0.57, 0.57, -1.13, 1.13, -0.57, 0.57, 0, 1.13, 0.57, 0.57, 1.13, 0, 0.57, -0.57, 1.13,
      -1.13, 0.57, -0.57, 0, -1.13, -0.57, -0.57, -1.13),
  /** A star of five points. */
  STAR(
      0, -1.4, 0.38, -0.52, 1.33, -0.43, 0.61, 0.2, 0.82, 1.13, 0, 0.64, -0.82, 1.13, -0.61, 0.2,
      -1.33, -0.43, -0.38, -0.52);

  /** Corners as x, y, x, y, ... around 0, 0 for a radius of 1; empty for the circle. */
  @SuppressWarnings("ImmutableEnumChecker") // the array never leaves this class
  private final double[] outline;

  Marker(double... outline) {
    this.outline = outline;
  }

  int corners() {
    return outline.length / 2;
  }

  double cornerX(int corner) {
    return outline[2 * corner];
  }

  double cornerY(int corner) {
    return outline[2 * corner + 1];
  }
}
