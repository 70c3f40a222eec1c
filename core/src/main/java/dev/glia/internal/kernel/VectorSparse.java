package dev.glia.internal.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The products of {@link VectorKernel} whose left-hand side is sparse and whose result is not wide,
 * row by row.
 *
 * <p>Two vectors of a panel go together. That the second stands at a constant distance lets C2
 * check the index of a block of b two times instead of eight.
 */
final class VectorSparse {

  private static final VectorSpecies<Float> SPECIES = VectorKernel.SPECIES;
  private static final int WIDTH = SPECIES.length();
  private static final int PANEL = Kernel.LANES;
  private static final int BLOCK = SparseRows.BLOCK;

  /** From a vector to its neighbour; where one vector is a panel it is its own, and done twice. */
  private static final int TWO = WIDTH == PANEL ? 0 : WIDTH;

  private VectorSparse() {}

  /** As {@link Kernel#product(Product, SparseBatch, float[], float[], int, int)}. */
  static void product(Product p, SparseBatch batch, float[] b, float[] c, int from, int to) {
    SparseRows a = batch.rows;
    int[] order = batch.order;
    int first = batch.first;
    float[] start = p.startIn(b);
    int cRow = p.cRow;
    for (int column = 0; column < p.columns(); column += WIDTH + TWO) {
      int panel = p.b.at() + VectorProduct.at(column, p.b.distance());
      int strip = p.cAt + VectorProduct.at(column, p.cPanel);
      int startAt = p.startAt + column;
      int row = from;
      for (; row + 2 <= to; row += 2) {
        twoRows(
            a,
            order[first + row],
            order[first + row + 1],
            b,
            panel,
            start,
            startAt,
            c,
            strip + row * cRow,
            strip + (row + 1) * cRow);
      }
      if (row < to) {
        int last = order[first + row];
        FloatVector.fromArray(SPECIES, start, startAt).intoArray(c, strip + row * cRow);
        FloatVector.fromArray(SPECIES, start, startAt + TWO).intoArray(c, strip + row * cRow + TWO);
        oneRow(a, a.starts[last], a.starts[last + 1], b, panel, c, strip + row * cRow);
      }
    }
  }

  /** Two rows: while one's sums wait for their multiply-adds, the other's are computed. */
  private static void twoRows(
      SparseRows a,
      int row0,
      int row1,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int c0At,
      int c1At) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + TWO);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    char[] firsts = a.firsts;
    float[] values = a.values;
    int block0 = a.starts[row0];
    int block1 = a.starts[row1];
    int end0 = a.starts[row0 + 1];
    int end1 = a.starts[row1 + 1];
    int both = Math.min(end0 - block0, end1 - block1);
    for (int i = 0; i < both; i++) {
      int at0 = bAt + firsts[block0 + i] * PANEL;
      int v0 = (block0 + i) * BLOCK;
      FloatVector x0 = FloatVector.broadcast(SPECIES, values[v0]);
      c00 = x0.fma(FloatVector.fromArray(SPECIES, b, at0), c00);
      c01 = x0.fma(FloatVector.fromArray(SPECIES, b, at0 + TWO), c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, values[v0 + 1]);
      c00 = x1.fma(FloatVector.fromArray(SPECIES, b, at0 + PANEL), c00);
      c01 = x1.fma(FloatVector.fromArray(SPECIES, b, at0 + PANEL + TWO), c01);
      FloatVector x2 = FloatVector.broadcast(SPECIES, values[v0 + 2]);
      c00 = x2.fma(FloatVector.fromArray(SPECIES, b, at0 + 2 * PANEL), c00);
      c01 = x2.fma(FloatVector.fromArray(SPECIES, b, at0 + 2 * PANEL + TWO), c01);
      FloatVector x3 = FloatVector.broadcast(SPECIES, values[v0 + 3]);
      c00 = x3.fma(FloatVector.fromArray(SPECIES, b, at0 + 3 * PANEL), c00);
      c01 = x3.fma(FloatVector.fromArray(SPECIES, b, at0 + 3 * PANEL + TWO), c01);
      int at1 = bAt + firsts[block1 + i] * PANEL;
      int v1 = (block1 + i) * BLOCK;
      FloatVector y0 = FloatVector.broadcast(SPECIES, values[v1]);
      c10 = y0.fma(FloatVector.fromArray(SPECIES, b, at1), c10);
      c11 = y0.fma(FloatVector.fromArray(SPECIES, b, at1 + TWO), c11);
      FloatVector y1 = FloatVector.broadcast(SPECIES, values[v1 + 1]);
      c10 = y1.fma(FloatVector.fromArray(SPECIES, b, at1 + PANEL), c10);
      c11 = y1.fma(FloatVector.fromArray(SPECIES, b, at1 + PANEL + TWO), c11);
      FloatVector y2 = FloatVector.broadcast(SPECIES, values[v1 + 2]);
      c10 = y2.fma(FloatVector.fromArray(SPECIES, b, at1 + 2 * PANEL), c10);
      c11 = y2.fma(FloatVector.fromArray(SPECIES, b, at1 + 2 * PANEL + TWO), c11);
      FloatVector y3 = FloatVector.broadcast(SPECIES, values[v1 + 3]);
      c10 = y3.fma(FloatVector.fromArray(SPECIES, b, at1 + 3 * PANEL), c10);
      c11 = y3.fma(FloatVector.fromArray(SPECIES, b, at1 + 3 * PANEL + TWO), c11);
    }
    c00.intoArray(c, c0At);
    c01.intoArray(c, c0At + TWO);
    c10.intoArray(c, c1At);
    c11.intoArray(c, c1At + TWO);
    oneRow(a, block0 + both, end0, b, bAt, c, c0At);
    oneRow(a, block1 + both, end1, b, bAt, c, c1At);
  }

  /** Adds the blocks from to to (exclusive) of one row to its sums. */
  private static void oneRow(
      SparseRows a, int from, int to, float[] b, int bAt, float[] c, int cAt) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector c1 = FloatVector.fromArray(SPECIES, c, cAt + TWO);
    char[] firsts = a.firsts;
    float[] values = a.values;
    for (int block = from; block < to; block++) {
      int at = bAt + firsts[block] * PANEL;
      int v = block * BLOCK;
      FloatVector x0 = FloatVector.broadcast(SPECIES, values[v]);
      c0 = x0.fma(FloatVector.fromArray(SPECIES, b, at), c0);
      c1 = x0.fma(FloatVector.fromArray(SPECIES, b, at + TWO), c1);
      FloatVector x1 = FloatVector.broadcast(SPECIES, values[v + 1]);
      c0 = x1.fma(FloatVector.fromArray(SPECIES, b, at + PANEL), c0);
      c1 = x1.fma(FloatVector.fromArray(SPECIES, b, at + PANEL + TWO), c1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, values[v + 2]);
      c0 = x2.fma(FloatVector.fromArray(SPECIES, b, at + 2 * PANEL), c0);
      c1 = x2.fma(FloatVector.fromArray(SPECIES, b, at + 2 * PANEL + TWO), c1);
      FloatVector x3 = FloatVector.broadcast(SPECIES, values[v + 3]);
      c0 = x3.fma(FloatVector.fromArray(SPECIES, b, at + 3 * PANEL), c0);
      c1 = x3.fma(FloatVector.fromArray(SPECIES, b, at + 3 * PANEL + TWO), c1);
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + TWO);
  }

  /** As {@link Kernel#sparseTile}. */
  static void gradient(
      Product p,
      SparseBatch batch,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int from,
      int to,
      int steps,
      int columns) {
    SparseRows a = batch.rows;
    int[] order = batch.order;
    int first = batch.first;
    for (int column = 0; column < columns; column += PANEL) {
      int bOne = bAt + column / PANEL * p.b.distance();
      int cOne = cAt + column / PANEL * p.cPanel;
      Arrays.fill(c, cOne + from * PANEL, cOne + to * PANEL, 0f);
      for (int i = 0; i < steps; i++) {
        int block = a.blockFrom(order[first + i], from);
        int end = a.blockFrom(order[first + i], to);
        for (int lane = 0; lane < PANEL; lane += WIDTH + TWO) {
          addBlocks(a, block, end, b, bOne + i * PANEL + lane, c, cOne + lane);
        }
      }
    }
  }

  /**
   * Adds the blocks from to to (exclusive) of a row, times two vectors of b, to their rows of c.
   */
  private static void addBlocks(
      SparseRows a, int from, int to, float[] b, int bAt, float[] c, int cAt) {
    FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
    FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + TWO);
    char[] firsts = a.firsts;
    float[] values = a.values;
    for (int block = from; block < to; block++) {
      int at = cAt + firsts[block] * PANEL;
      int v = block * BLOCK;
      FloatVector x0 = FloatVector.broadcast(SPECIES, values[v]);
      FloatVector c00 = x0.fma(b0, FloatVector.fromArray(SPECIES, c, at));
      FloatVector c01 = x0.fma(b1, FloatVector.fromArray(SPECIES, c, at + TWO));
      c00.intoArray(c, at);
      c01.intoArray(c, at + TWO);
      FloatVector x1 = FloatVector.broadcast(SPECIES, values[v + 1]);
      FloatVector c10 = x1.fma(b0, FloatVector.fromArray(SPECIES, c, at + PANEL));
      FloatVector c11 = x1.fma(b1, FloatVector.fromArray(SPECIES, c, at + PANEL + TWO));
      c10.intoArray(c, at + PANEL);
      c11.intoArray(c, at + PANEL + TWO);
      FloatVector x2 = FloatVector.broadcast(SPECIES, values[v + 2]);
      FloatVector c20 = x2.fma(b0, FloatVector.fromArray(SPECIES, c, at + 2 * PANEL));
      FloatVector c21 = x2.fma(b1, FloatVector.fromArray(SPECIES, c, at + 2 * PANEL + TWO));
      c20.intoArray(c, at + 2 * PANEL);
      c21.intoArray(c, at + 2 * PANEL + TWO);
      FloatVector x3 = FloatVector.broadcast(SPECIES, values[v + 3]);
      FloatVector c30 = x3.fma(b0, FloatVector.fromArray(SPECIES, c, at + 3 * PANEL));
      FloatVector c31 = x3.fma(b1, FloatVector.fromArray(SPECIES, c, at + 3 * PANEL + TWO));
      c30.intoArray(c, at + 3 * PANEL);
      c31.intoArray(c, at + 3 * PANEL + TWO);
    }
  }
}
