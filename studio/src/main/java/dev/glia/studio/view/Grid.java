package dev.glia.studio.view;

import dev.glia.plot.Extent;
import dev.glia.preprocessing.Preprocessing;

/**
 * The points of a square grid over a part of the plane, ends included, as a network takes them.
 *
 * @param size points a side
 * @param scaled {@code [size * size][inputs]}, the top row (the largest y) first; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Grid(int size, float[] scaled) {

  static Grid over(Extent extent, int size, Preprocessing preprocessing) {
    double[] x = extent.gridX(size);
    double[] y = extent.gridY(size); // lowest first
    float[] point = new float[preprocessing.inputs()]; // more than two where numbers have bins
    float[] scaled = new float[size * size * point.length];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        preprocessing.apply(new double[] {x[column], y[size - 1 - row]}, point);
        System.arraycopy(point, 0, scaled, (row * size + column) * point.length, point.length);
      }
    }
    return new Grid(size, scaled);
  }

  int points() {
    return size * size;
  }
}
