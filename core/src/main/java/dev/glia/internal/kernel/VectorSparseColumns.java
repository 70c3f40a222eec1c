package dev.glia.internal.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Some rows of {@link SparseRows} by columns: for each four neighbouring columns, the rows in which
 * one of the four is not 0, the block compressed sparse column format.
 *
 * <p>A product that takes four columns after four keeps their weights in registers while it goes
 * through the rows. Made again for each product, which pays where many columns of weights follow.
 */
final class VectorSparseColumns {

  /** Neighbouring columns in a block. */
  static final int BLOCK = 4;

  /** The most rows at a time: their sums in a strip of the result fit a first-level cache. */
  static final int MOST_ROWS = 128;

  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

  private final int distance;
  private float[] row = new float[0]; // one row with its zeros, [columns, rounded up to BLOCK]
  float[] values = new float[0]; // [blocks][MOST_ROWS][BLOCK]
  int[] places = new int[0]; // [blocks][MOST_ROWS]: a row's number times the distance, ascending
  int[] ends = new int[0]; // [blocks]: where in places a block's rows end

  /**
   * Room that grows as it is used.
   *
   * @param distance what places multiplies the numbers of rows by
   */
  VectorSparseColumns(int distance) {
    this.distance = distance;
  }

  /** Where in places the rows of a block start. */
  static int start(int block) {
    return block * MOST_ROWS;
  }

  /**
   * Takes the rows {@code order[first .. first + rows)}, of these the columns from to to, each a
   * {@link SparseRows#boundary}. Block 0 begins with column 0.
   */
  void take(SparseRows a, int[] order, int first, int rows, int from, int to) {
    int end = Math.ceilDiv(to, BLOCK);
    if (ends.length < end) {
      row = new float[end * BLOCK];
      values = new float[end * MOST_ROWS * BLOCK];
      places = new int[end * MOST_ROWS];
      ends = new int[end];
    }
    for (int block = from / BLOCK; block < end; block++) {
      ends[block] = start(block);
    }
    Arrays.fill(row, to, end * BLOCK, 0f); // what is behind the last column is none of a row's
    for (int i = 0; i < rows; i++) {
      a.copyRow(order[first + i], from, to, row, from);
      addRow(row, i * distance, from / BLOCK, end, values, places, ends);
    }
  }

  /** Adds a row to its blocks. One that is all 0 is written, too: the next row overwrites it. */
  private static void addRow(
      float[] row, int place, int from, int to, float[] values, int[] places, int[] ends) {
    for (int block = from; block < to; block++) {
      FloatVector x = FloatVector.fromArray(FOUR, row, block * BLOCK);
      int at = ends[block];
      places[at] = place;
      x.intoArray(values, at * BLOCK);
      ends[block] = at + (x.compare(VectorOperators.NE, 0f).anyTrue() ? 1 : 0);
    }
  }
}
