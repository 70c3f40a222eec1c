package dev.glia.plot.canvas;

/** A rectangle on a canvas: its left upper corner and its size, in pixels. */
public record Box(double x, double y, double width, double height) {

  /** The x of the right edge. */
  public double right() {
    return x + width;
  }

  /** The y of the lower edge. */
  public double bottom() {
    return y + height;
  }

  /** The x of the middle. */
  public double centreX() {
    return x + width / 2;
  }

  /** The y of the middle. */
  public double centreY() {
    return y + height / 2;
  }

  /** What is left inside when each edge moves in; never of negative size. */
  public Box inset(double left, double top, double right, double bottom) {
    return new Box(
        x + left, y + top, Math.max(0, width - left - right), Math.max(0, height - top - bottom));
  }
}
