package dev.glia.plot.canvas;

import org.jspecify.annotations.Nullable;

/**
 * A surface to draw on; x grows to the right, y downwards, in pixels.
 *
 * <p>It knows only what the pictures need, so that PNG and SVG can look the same.
 */
public interface Canvas {

  /** Draws a straight line. */
  void line(double x1, double y1, double x2, double y2, Stroke stroke);

  /** Draws a line through all points, {@code x} and {@code y} being of one length. */
  void polyline(double[] x, double[] y, Stroke stroke);

  /** Draws a rectangle: filled, outlined or both. */
  void rectangle(Box box, @Nullable Ink fill, @Nullable Stroke edge);

  /** Draws a marker around a point: filled, outlined or both. */
  void marker(
      Marker marker, double x, double y, double radius, @Nullable Ink fill, @Nullable Stroke edge);

  /** Writes one line of text, with its anchor on the baseline at the point. */
  void text(String text, double x, double y, TextStyle style);

  /** Stretches a raster over {@code box}. */
  void raster(Raster raster, Box box);

  /** Runs {@code drawing} with everything outside {@code box} cut off. */
  void clipped(Box box, Runnable drawing);
}
