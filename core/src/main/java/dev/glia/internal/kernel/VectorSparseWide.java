package dev.glia.internal.kernel;

import static dev.glia.internal.kernel.VectorSparseColumns.BLOCK;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The products of {@link VectorKernel} whose left-hand side is sparse and whose result is wide.
 *
 * <p>They go through the result in strips of two vectors, and through a strip by the blocks of four
 * columns of {@link VectorSparseColumns}: eight vectors stay in registers from a block's first row
 * to its last, of the weights ({@link #addBlock}) or of the gradient ({@link #sumBlock}). So eight
 * multiply-adds need two vectors from memory and four numbers, and none of the zeros around them. A
 * strip's rows are copied beside one another, where they stand at distances that C2 knows: with
 * more to remember, it keeps the addresses of a loop in memory.
 */
final class VectorSparseWide {

  /**
   * From so many columns on this is faster than {@link VectorSparse}: with batches of 128 rows an
   * update of 784-64-10 takes 1.16 times as long, of 784-96-10 and 784-128-10 0.95 and 0.92 times.
   */
  private static final int COLUMNS = 96;

  /**
   * And from so many rows on: 128 columns take 1.6 times as long with 8 rows, as long with 32, and
   * less with 64.
   */
  private static final int ROWS = 32;

  private static final VectorSpecies<Float> SPECIES = VectorKernel.SPECIES;
  private static final int WIDTH = SPECIES.length();
  private static final int PANEL = Kernel.LANES;
  private static final int STRIP = 2 * WIDTH;

  /** Room for a batch's share, one a thread. */
  private static final ThreadLocal<VectorSparseWide> ROOM =
      ThreadLocal.withInitial(VectorSparseWide::new);

  private final VectorSparseColumns a = new VectorSparseColumns(STRIP);
  private final float[] rows = new float[VectorSparseColumns.MOST_ROWS * STRIP]; // [rows][STRIP]
  private final float[] last = new float[2 * BLOCK * PANEL]; // [2][BLOCK][PANEL]: a block not whole

  private VectorSparseWide() {}

  /** Whether a product of this size is faster here than row by row. */
  static boolean pays(int rows, int columns) {
    return rows >= ROWS && columns >= COLUMNS;
  }

  /** As {@link Kernel#product(Product, SparseBatch, float[], float[], int, int)}. */
  static void product(Product p, SparseBatch batch, float[] b, float[] c, int from, int to) {
    VectorSparseWide room = ROOM.get();
    SparseRows a = batch.rows;
    float[] start = p.startIn(b);
    int columns = p.columns();
    for (int row = from; row < to; row += VectorSparseColumns.MOST_ROWS) {
      int count = Math.min(VectorSparseColumns.MOST_ROWS, to - row);
      room.a.take(a, batch.order, batch.first + row, count, 0, a.columns);
      for (int column = 0; column < columns; column += STRIP) {
        room.startRows(start, p.startAt + column, columns - column, count);
        room.addBlocks(b, p.b.at(), p.b.distance(), column, a.columns, columns);
        room.copyRows(c, p.cAt + row * p.cRow, p.cRow, p.cPanel, column, columns, count);
      }
    }
  }

  /** A strip's sums begin. */
  private void startRows(float[] start, int startAt, int columns, int count) {
    FloatVector start0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector start1 =
        columns > WIDTH ? FloatVector.fromArray(SPECIES, start, startAt + WIDTH) : start0;
    for (int i = 0; i < count; i++) {
      start0.intoArray(rows, i * STRIP);
      start1.intoArray(rows, i * STRIP + WIDTH);
    }
  }

  /** Adds the products with all rows of b to a strip's sums. */
  private void addBlocks(float[] b, int bAt, int bPanel, int column, int steps, int columns) {
    int bOne = bAt + VectorProduct.at(column, bPanel);
    int bTwo = second(column, columns, bPanel);
    for (int block = 0; block * BLOCK < steps; block++) {
      int start = VectorSparseColumns.start(block);
      int end = a.ends[block];
      if (start == end) {
        continue;
      }
      int at = bOne + block * BLOCK * PANEL;
      int count = Math.min(BLOCK, steps - block * BLOCK);
      if (count == BLOCK) {
        addBlock(a.values, a.places, start, end, b, at, bTwo, rows);
      } else { // what stands in memory behind the last row of b is none of its rows
        Arrays.fill(last, 0f);
        copyBlock(b, at, bTwo, last, 0, BLOCK * PANEL, count);
        addBlock(a.values, a.places, start, end, last, 0, BLOCK * PANEL, rows);
      }
    }
  }

  /** Copies two vectors of each of some rows. */
  private static void copyBlock(
      float[] from, int fromAt, int fromTwo, float[] to, int toAt, int toTwo, int rows) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, fromAt + i * PANEL, to, toAt + i * PANEL, WIDTH);
      System.arraycopy(from, fromAt + fromTwo + i * PANEL, to, toAt + toTwo + i * PANEL, WIDTH);
    }
  }

  /** From a strip's first vector to its second; to itself where the result has but one. */
  private static int second(int column, int columns, int panel) {
    int next = column + WIDTH;
    return next < columns ? VectorProduct.at(next, panel) - VectorProduct.at(column, panel) : 0;
  }

  /** Adds four columns' products to the sums of the rows that have them. */
  private static void addBlock(
      float[] a, int[] places, int from, int to, float[] b, int bAt, int bTwo, float[] c) {
    FloatVector b00 = FloatVector.fromArray(SPECIES, b, bAt);
    FloatVector b01 = FloatVector.fromArray(SPECIES, b, bAt + bTwo);
    FloatVector b10 = FloatVector.fromArray(SPECIES, b, bAt + PANEL);
    FloatVector b11 = FloatVector.fromArray(SPECIES, b, bAt + PANEL + bTwo);
    FloatVector b20 = FloatVector.fromArray(SPECIES, b, bAt + 2 * PANEL);
    FloatVector b21 = FloatVector.fromArray(SPECIES, b, bAt + 2 * PANEL + bTwo);
    FloatVector b30 = FloatVector.fromArray(SPECIES, b, bAt + 3 * PANEL);
    FloatVector b31 = FloatVector.fromArray(SPECIES, b, bAt + 3 * PANEL + bTwo);
    for (int i = from; i < to; i++) {
      int at = places[i];
      FloatVector c0 = FloatVector.fromArray(SPECIES, c, at);
      FloatVector c1 = FloatVector.fromArray(SPECIES, c, at + WIDTH);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[i * BLOCK]);
      c0 = x0.fma(b00, c0);
      c1 = x0.fma(b01, c1);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[i * BLOCK + 1]);
      c0 = x1.fma(b10, c0);
      c1 = x1.fma(b11, c1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[i * BLOCK + 2]);
      c0 = x2.fma(b20, c0);
      c1 = x2.fma(b21, c1);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[i * BLOCK + 3]);
      c0 = x3.fma(b30, c0);
      c1 = x3.fma(b31, c1);
      c0.intoArray(c, at);
      c1.intoArray(c, at + WIDTH);
    }
  }

  /** Copies a strip's sums to where they belong. */
  private void copyRows(
      float[] c, int cAt, int cRow, int cPanel, int column, int columns, int count) {
    int one = cAt + VectorProduct.at(column, cPanel);
    int two = second(column, columns, cPanel);
    for (int i = 0; i < count; i++) {
      FloatVector.fromArray(SPECIES, rows, i * STRIP).intoArray(c, one + i * cRow);
      if (two != 0) {
        FloatVector.fromArray(SPECIES, rows, i * STRIP + WIDTH).intoArray(c, one + i * cRow + two);
      }
    }
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
    VectorSparseWide room = ROOM.get();
    for (int row = 0; row < steps; row += VectorSparseColumns.MOST_ROWS) {
      int count = Math.min(VectorSparseColumns.MOST_ROWS, steps - row);
      room.a.take(batch.rows, batch.order, batch.first + row, count, from, to);
      for (int column = 0; column < columns; column += STRIP) {
        room.takeRows(b, bAt + row * PANEL, p.b.distance(), column, columns, count);
        room.sumBlocks(c, cAt, p.cPanel, column, from, to, columns, row > 0);
      }
    }
  }

  /** Copies a strip of b to where the loop reads it. */
  private void takeRows(float[] b, int bAt, int bPanel, int column, int columns, int count) {
    int one = bAt + VectorProduct.at(column, bPanel);
    int two = second(column, columns, bPanel);
    for (int i = 0; i < count; i++) {
      FloatVector.fromArray(SPECIES, b, one + i * PANEL).intoArray(rows, i * STRIP);
      FloatVector.fromArray(SPECIES, b, one + i * PANEL + two).intoArray(rows, i * STRIP + WIDTH);
    }
  }

  /** A strip of the gradient from block to block; add says whether earlier rows are in it. */
  private void sumBlocks(
      float[] c, int cAt, int cPanel, int column, int from, int to, int columns, boolean add) {
    int one = cAt + VectorProduct.at(column, cPanel);
    int two = second(column, columns, cPanel);
    for (int step = from; step < to; step += BLOCK) {
      int start = VectorSparseColumns.start(step / BLOCK);
      int end = a.ends[step / BLOCK];
      int at = one + step * PANEL;
      int count = Math.min(BLOCK, to - step);
      if (count == BLOCK) {
        sumBlock(a.values, a.places, start, end, rows, c, at, two, add);
      } else {
        copyBlock(c, at, two, last, 0, BLOCK * PANEL, count);
        sumBlock(a.values, a.places, start, end, rows, last, 0, BLOCK * PANEL, add);
        copyBlock(last, 0, BLOCK * PANEL, c, at, two, count);
      }
    }
  }

  /** Adds to the gradient of four columns the products of the rows that have them. */
  private static void sumBlock(
      float[] a,
      int[] places,
      int from,
      int to,
      float[] b,
      float[] c,
      int cAt,
      int cTwo,
      boolean add) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    if (add) {
      c00 = FloatVector.fromArray(SPECIES, c, cAt);
      c01 = FloatVector.fromArray(SPECIES, c, cAt + cTwo);
      c10 = FloatVector.fromArray(SPECIES, c, cAt + PANEL);
      c11 = FloatVector.fromArray(SPECIES, c, cAt + PANEL + cTwo);
      c20 = FloatVector.fromArray(SPECIES, c, cAt + 2 * PANEL);
      c21 = FloatVector.fromArray(SPECIES, c, cAt + 2 * PANEL + cTwo);
      c30 = FloatVector.fromArray(SPECIES, c, cAt + 3 * PANEL);
      c31 = FloatVector.fromArray(SPECIES, c, cAt + 3 * PANEL + cTwo);
    }
    for (int i = from; i < to; i++) {
      int at = places[i];
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + WIDTH);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[i * BLOCK]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[i * BLOCK + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[i * BLOCK + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[i * BLOCK + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + cTwo);
    c10.intoArray(c, cAt + PANEL);
    c11.intoArray(c, cAt + PANEL + cTwo);
    c20.intoArray(c, cAt + 2 * PANEL);
    c21.intoArray(c, cAt + 2 * PANEL + cTwo);
    c30.intoArray(c, cAt + 3 * PANEL);
    c31.intoArray(c, cAt + 3 * PANEL + cTwo);
  }
}
