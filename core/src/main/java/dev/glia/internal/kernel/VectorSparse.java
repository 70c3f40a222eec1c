package dev.glia.internal.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The products of {@link VectorKernel} whose left-hand side is sparse. */
final class VectorSparse {

  private static final VectorSpecies<Float> SPECIES = VectorKernel.SPECIES;
  private static final int WIDTH = SPECIES.length();
  private static final int PANEL = Kernel.LANES;

  private VectorSparse() {}

  /** As {@link Kernel#sparseProduct}. */
  static void product(
      SparseRows a,
      int[] order,
      int first,
      float[] b,
      int bAt,
      int bPanel,
      float[] start,
      int startAt,
      float[] c,
      int cRow,
      int cPanel,
      int from,
      int to,
      int columns) {
    for (int column = 0; column < columns; column += 2 * WIDTH) {
      int next =
          column + WIDTH < columns ? column + WIDTH : column; // the same one twice at the end
      int bOne = bAt + VectorProduct.at(column, bPanel);
      int bTwo = bAt + VectorProduct.at(next, bPanel);
      int cOne = VectorProduct.at(column, cPanel);
      int cTwo = VectorProduct.at(next, cPanel);
      int startTwo = next - column;
      int row = from;
      for (; row + 2 <= to; row += 2) {
        twoRows(
            a,
            order[first + row],
            order[first + row + 1],
            b,
            bOne,
            bTwo - bOne,
            start,
            startAt + column,
            startTwo,
            c,
            cOne + row * cRow,
            cTwo - cOne,
            cRow);
      }
      if (row < to) {
        twoRows(
            a,
            order[first + row],
            order[first + row],
            b,
            bOne,
            bTwo - bOne,
            start,
            startAt + column,
            startTwo,
            c,
            cOne + row * cRow,
            cTwo - cOne,
            0);
      }
    }
  }

  /**
   * Two rows by two vectors: one row's sums are computed while the other's wait for their
   * multiply-adds.
   */
  private static void twoRows(
      SparseRows a,
      int row0,
      int row1,
      float[] b,
      int bAt,
      int bTwo,
      float[] start,
      int startAt,
      int startTwo,
      float[] c,
      int cAt,
      int cTwo,
      int cRow) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + startTwo);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    char[] columns = a.columns;
    float[] values = a.values;
    int entry0 = a.starts[row0];
    int entry1 = a.starts[row1];
    int left0 = a.starts[row0 + 1] - entry0;
    int left1 = a.starts[row1 + 1] - entry1;
    int both = Math.min(left0, left1);
    for (int i = 0; i < both; i++) {
      int at0 = bAt + columns[entry0 + i] * PANEL;
      FloatVector value0 = FloatVector.broadcast(SPECIES, values[entry0 + i]);
      c00 = value0.fma(FloatVector.fromArray(SPECIES, b, at0), c00);
      c01 = value0.fma(FloatVector.fromArray(SPECIES, b, at0 + bTwo), c01);
      int at1 = bAt + columns[entry1 + i] * PANEL;
      FloatVector value1 = FloatVector.broadcast(SPECIES, values[entry1 + i]);
      c10 = value1.fma(FloatVector.fromArray(SPECIES, b, at1), c10);
      c11 = value1.fma(FloatVector.fromArray(SPECIES, b, at1 + bTwo), c11);
    }
    for (int i = both; i < left0; i++) {
      int at = bAt + columns[entry0 + i] * PANEL;
      FloatVector value = FloatVector.broadcast(SPECIES, values[entry0 + i]);
      c00 = value.fma(FloatVector.fromArray(SPECIES, b, at), c00);
      c01 = value.fma(FloatVector.fromArray(SPECIES, b, at + bTwo), c01);
    }
    for (int i = both; i < left1; i++) {
      int at = bAt + columns[entry1 + i] * PANEL;
      FloatVector value = FloatVector.broadcast(SPECIES, values[entry1 + i]);
      c10 = value.fma(FloatVector.fromArray(SPECIES, b, at), c10);
      c11 = value.fma(FloatVector.fromArray(SPECIES, b, at + bTwo), c11);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + cTwo);
    c10.intoArray(c, cAt + cRow);
    c11.intoArray(c, cAt + cRow + cTwo);
  }

  /** As {@link Kernel#sparseGradient}. */
  static void gradient(
      SparseRows a,
      int[] order,
      int first,
      int rows,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int from,
      int to) {
    Arrays.fill(c, cAt + from * PANEL, cAt + to * PANEL, 0f);
    for (int i = 0; i < rows; i++) {
      int row = order[first + i];
      int entry = a.entryFrom(row, from);
      int end = a.entryFrom(row, to);
      for (int lane = 0; lane < PANEL; lane += 2 * WIDTH) {
        int next = Math.min(lane + WIDTH, PANEL - WIDTH); // the same one twice if it is the panel
        scatter(a, entry, end, b, bAt + i * PANEL + lane, next - lane, c, cAt + lane);
      }
    }
  }

  /** Adds a row's entries times two vectors of b to their rows of c. */
  private static void scatter(
      SparseRows a, int from, int to, float[] b, int bAt, int two, float[] c, int cAt) {
    FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
    FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + two);
    char[] columns = a.columns;
    float[] values = a.values;
    for (int entry = from; entry < to; entry++) {
      int at = cAt + columns[entry] * PANEL;
      FloatVector value = FloatVector.broadcast(SPECIES, values[entry]);
      FloatVector c0 = value.fma(b0, FloatVector.fromArray(SPECIES, c, at));
      FloatVector c1 = value.fma(b1, FloatVector.fromArray(SPECIES, c, at + two));
      c0.intoArray(c, at);
      c1.intoArray(c, at + two);
    }
  }
}
