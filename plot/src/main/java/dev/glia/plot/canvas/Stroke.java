package dev.glia.plot.canvas;

/**
 * How a line is drawn.
 *
 * @param width in pixels
 */
public record Stroke(Ink ink, double width, boolean dashed) {

  /** Lengths of a dash and of the gap behind it, in line widths. */
  static final double[] DASHES = {3.5, 2};

  /** A solid line. */
  public Stroke(Ink ink, double width) {
    this(ink, width, false);
  }
}
