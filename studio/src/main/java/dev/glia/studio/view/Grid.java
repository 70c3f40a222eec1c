package dev.glia.studio.view;

import dev.glia.plot.Extent;
import dev.glia.preprocessing.Preprocessing;

/**
 * The points of a square grid over a part of the plane, ends included, as a network takes them.
 *
 * @param size points a side
 * @param scaled {@code [size * size][x, y]}, the top row (the largest y) first; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Grid(int size, float[] scaled) {

  static Grid over(Extent extent, int size, Preprocessing preprocessing) {
    double[] x = extent.gridX(size);
    double[] y = extent.gridY(size); // lowest first
    float[] scaled = new float[size * size * 2];
    float[] point = new float[2];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int at = 2 * (row * size + column);
        preprocessing.apply(new double[] {x[column], y[size - 1 - row]}, point);
        scaled[at] = point[0];
        scaled[at + 1] = point[1];
      }
    }
    return new Grid(size, scaled);
  }

  int points() {
    return size * size;
  }
}
