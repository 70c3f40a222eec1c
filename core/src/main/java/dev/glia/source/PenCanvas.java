package dev.glia.source;

import java.util.Arrays;

/**
 * A small grey picture and a round pen that draws straight lines on it, with soft edges.
 *
 * <p>A pixel is as bright as the nearest line is near its centre. Only sums, products and square
 * roots are used, which are the same on every machine.
 */
final class PenCanvas {

  private final int size;
  private final double[] light; // [size][size], 0 to 1

  PenCanvas(int size) {
    this.size = size;
    this.light = new double[size * size];
  }

  void clear() {
    Arrays.fill(light, 0);
  }

  double light(int pixel) {
    return light[pixel];
  }

  /** Draws a line of the given radius; pixel (0, 0) covers the square from (0, 0) to (1, 1). */
  void line(double fromX, double fromY, double toX, double toY, double radius) {
    double reach = radius + 0.5;
    int left = clamp(Math.floor(Math.min(fromX, toX) - reach));
    int right = clamp(Math.ceil(Math.max(fromX, toX) + reach));
    int top = clamp(Math.floor(Math.min(fromY, toY) - reach));
    int bottom = clamp(Math.ceil(Math.max(fromY, toY) + reach));
    double dx = toX - fromX;
    double dy = toY - fromY;
    double length2 = dx * dx + dy * dy;
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double px = x + 0.5 - fromX;
        double py = y + 0.5 - fromY;
        double along = length2 == 0 ? 0 : Math.clamp((px * dx + py * dy) / length2, 0.0, 1.0);
        double offX = px - along * dx;
        double offY = py - along * dy;
        double cover = reach - Math.sqrt(offX * offX + offY * offY);
        int pixel = y * size + x;
        light[pixel] = Math.max(light[pixel], Math.min(1, cover));
      }
    }
  }

  private int clamp(double pixel) {
    return (int) Math.clamp(pixel, 0, size - 1);
  }
}
