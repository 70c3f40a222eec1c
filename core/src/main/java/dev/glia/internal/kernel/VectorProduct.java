package dev.glia.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product of {@link VectorKernel}: blocks of some rows by two vectors of columns, whose
 * sums stay in registers from the first step to the last. The two vectors stand side by side in a
 * panel, those of 512 bits in neighbouring panels.
 *
 * <p>Wide results take most of the time of wide networks. For them a is packed first: five rows
 * beside one another, step by step, so that the inner loop reads memory from start to end. Five
 * rows by two vectors are ten sums, enough to hide the latency of the multiply-add. With six, C2
 * needs more than the 16 registers of AVX2 as it loads a's numbers early, and keeps a sum in
 * memory: half as fast.
 */
final class VectorProduct {

  private static final VectorSpecies<Float> SPECIES = VectorKernel.SPECIES;
  private static final int WIDTH = SPECIES.length();
  private static final int PANEL = Kernel.LANES;
  private static final int FIVE = 5; // rows of a block

  /** Results with fewer columns do not pay for packing a. */
  private static final int PACKED_COLUMNS = 4 * PANEL;

  /** Floats of a that are packed at a time: they stay in a second-level cache. */
  private static final int PACKED_FLOATS = 1 << 16;

  /** Room for what is packed, one a thread. */
  private static final ThreadLocal<Packed> ROOM = ThreadLocal.withInitial(Packed::new);

  /** Room for the sums of {@link #sideBySide}, {@code [2 * WIDTH]}, one a thread. */
  private static final ThreadLocal<float[]> SUMS =
      ThreadLocal.withInitial(() -> new float[2 * WIDTH]);

  private VectorProduct() {}

  /** As {@link Kernel#product}. */
  static void product(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bPanel,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cRow,
      int cPanel,
      int rows,
      int steps,
      int columns,
      boolean manyZeros) {
    boolean pack = columns >= PACKED_COLUMNS && rows >= FIVE;
    if (pack) {
      packedProduct(
          a, aAt, aRow, aStep, b, bAt, bPanel, start, startAt, c, cAt, cRow, cPanel, rows, steps,
          columns);
    }
    for (int column = 0; column < columns; column += 2 * WIDTH) {
      int bOne = bAt + at(column, bPanel);
      int cOne = cAt + at(column, cPanel);
      if (column + WIDTH >= columns) {
        oneWide(
            a,
            aAt,
            aRow,
            aStep,
            b,
            bOne,
            start,
            startAt + column,
            c,
            cOne,
            cRow,
            rows,
            steps,
            columns);
      } else if (!pack) {
        int bTwo = bAt + at(column + WIDTH, bPanel);
        int cTwo = cAt + at(column + WIDTH, cPanel);
        if (rows == 1 && manyZeros && aStep == 1) {
          sparseOneByTwo(
              a, aAt, b, bOne, bTwo - bOne, start, startAt + column, c, cOne, cTwo - cOne, steps);
          continue;
        }
        twoWide(
            a,
            aAt,
            aRow,
            aStep,
            b,
            bOne,
            bTwo - bOne,
            start,
            startAt + column,
            c,
            cOne,
            cTwo - cOne,
            cRow,
            rows,
            steps);
      }
    }
  }

  /** All strips of the result that are two vectors wide. */
  private static void packedProduct(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bPanel,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cRow,
      int cPanel,
      int rows,
      int steps,
      int columns) {
    int fivesAtOnce = Math.max(1, PACKED_FLOATS / FIVE / Math.max(1, steps));
    int fives = Math.ceilDiv(rows, FIVE);
    Packed packed = ROOM.get();
    for (int first = 0; first < fives; first += fivesAtOnce) {
      int last = Math.min(fives, first + fivesAtOnce);
      packed.makeRoom(last - first, steps);
      for (int five = first; five < last; five++) {
        int from = aAt + firstRow(five, rows) * aRow;
        packed.take(five - first, a, from, aRow, aStep, steps);
      }
      for (int column = 0; column + WIDTH < columns; column += 2 * WIDTH) {
        int bOne = bAt + at(column, bPanel);
        int bTwo = bAt + at(column + WIDTH, bPanel);
        int cOne = cAt + at(column, cPanel);
        int cTwo = cAt + at(column + WIDTH, cPanel);
        for (int five = first; five < last; five++) {
          fiveByTwo(
              packed.values,
              (five - first) * steps * FIVE,
              b,
              bOne,
              bTwo - bOne,
              start,
              startAt + column,
              c,
              cOne + firstRow(five, rows) * cRow,
              cTwo - cOne,
              cRow,
              steps);
        }
      }
    }
  }

  /** The first row of five: the last ones overlap those before, and compute the same once more. */
  private static int firstRow(int five, int rows) {
    return Math.min(five * FIVE, rows - FIVE);
  }

  /** Where a column of the first row stands in panels that are so far apart. */
  static int at(int column, int panel) {
    return column / PANEL * panel + column % PANEL;
  }

  /**
   * All rows of a strip of the result that is two vectors wide. Where the numbers of a stand at
   * distances that C2 knows, as the steps of a row or the columns of a single panel do, it checks
   * no index within the loop.
   */
  private static void twoWide(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bTwo,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cTwo,
      int cRow,
      int rows,
      int steps) {
    if (aStep == 1 && bTwo == WIDTH && cTwo == WIDTH && cRow == PANEL) { // of one panel
      if (steps == 1) {
        oneStep(a, aAt, aRow, b, bAt, start, startAt, c, cAt, rows);
        return;
      }
      if (steps == 2) {
        twoSteps(a, aAt, aRow, b, bAt, start, startAt, c, cAt, rows);
        return;
      }
    }
    if (rows >= FIVE && aStep == 1) {
      for (int five = 0; five * FIVE < rows; five++) {
        int row = firstRow(five, rows);
        fiveRowsByTwo(
            a,
            aAt + row * aRow,
            aRow,
            b,
            bAt,
            bTwo,
            start,
            startAt,
            c,
            cAt + row * cRow,
            cTwo,
            cRow,
            steps);
      }
      return;
    }
    if (rows >= FIVE && aRow == 1 && aStep == PANEL) {
      for (int five = 0; five * FIVE < rows; five++) {
        int row = firstRow(five, rows);
        fiveColumnsByTwo(
            a, aAt + row, b, bAt, bTwo, start, startAt, c, cAt + row * cRow, cTwo, cRow, steps);
      }
      return;
    }
    int row = 0;
    for (; row + 4 <= rows; row += 4) {
      fourByTwo(
          a,
          aAt + row * aRow,
          aRow,
          aStep,
          b,
          bAt,
          bTwo,
          start,
          startAt,
          c,
          cAt + row * cRow,
          cTwo,
          cRow,
          steps);
    }
    for (; row + 2 <= rows; row += 2) {
      twoByTwo(
          a,
          aAt + row * aRow,
          aRow,
          aStep,
          b,
          bAt,
          bTwo,
          start,
          startAt,
          c,
          cAt + row * cRow,
          cTwo,
          cRow,
          steps);
    }
    for (; row < rows; row++) {
      oneByTwo(
          a,
          aAt + row * aRow,
          aStep,
          b,
          bAt,
          bTwo,
          start,
          startAt,
          c,
          cAt + row * cRow,
          cTwo,
          steps);
    }
  }

  /** All rows of a strip of the result that is one vector wide. */
  private static void oneWide(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cRow,
      int rows,
      int steps,
      int columns) {
    int row =
        columns == 1 && aRow == 1
            ? sideBySide(a, aAt, aStep, b, bAt, start[startAt], c, cAt, cRow, rows, steps)
            : 0;
    for (; row + 8 <= rows; row += 8) {
      eightByOne(
          a,
          aAt + row * aRow,
          aRow,
          aStep,
          b,
          bAt,
          start,
          startAt,
          c,
          cAt + row * cRow,
          cRow,
          steps);
    }
    for (; row < rows; row++) {
      oneByOne(a, aAt + row * aRow, aStep, b, bAt, start, startAt, c, cAt + row * cRow, steps);
    }
  }

  /**
   * A result of one column, for rows that stand side by side in a: here lanes run across the rows.
   *
   * @return how many rows, by whole vectors
   */
  private static int sideBySide(
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      float start,
      float[] c,
      int cAt,
      int cRow,
      int rows,
      int steps) {
    float[] sums = SUMS.get();
    int row = 0;
    while (row + WIDTH <= rows) {
      int two = row + 2 * WIDTH <= rows ? WIDTH : 0; // else the same vector once more
      twoSideBySide(a, aAt + row, aStep, two, b, bAt, start, sums, steps);
      for (int i = 0; i < WIDTH + two; i++) {
        c[cAt + (row + i) * cRow] = sums[i];
      }
      row += WIDTH + two;
    }
    return row;
  }

  /** Two vectors of rows. */
  private static void twoSideBySide(
      float[] a,
      int aAt,
      int aStep,
      int two,
      float[] b,
      int bAt,
      float start,
      float[] c,
      int steps) {
    FloatVector c0 = FloatVector.broadcast(SPECIES, start);
    FloatVector c1 = c0;
    for (int s = 0; s < steps; s++) {
      FloatVector b0 = FloatVector.broadcast(SPECIES, b[bAt + s * PANEL]);
      c0 = b0.fma(FloatVector.fromArray(SPECIES, a, aAt), c0);
      c1 = b0.fma(FloatVector.fromArray(SPECIES, a, aAt + two), c1);
      aAt += aStep;
    }
    c0.intoArray(c, 0);
    c1.intoArray(c, two);
  }

  /** Five packed rows by two vectors. */
  private static void fiveByTwo(
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bTwo,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cTwo,
      int cRow,
      int steps) {
    FloatVector start0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector start1 = FloatVector.fromArray(SPECIES, start, startAt + WIDTH);
    FloatVector c00 = start0;
    FloatVector c01 = start1;
    FloatVector c10 = start0;
    FloatVector c11 = start1;
    FloatVector c20 = start0;
    FloatVector c21 = start1;
    FloatVector c30 = start0;
    FloatVector c31 = start1;
    FloatVector c40 = start0;
    FloatVector c41 = start1;
    for (int s = 0; s < steps; s++) {
      int at = bAt + s * PANEL;
      int from = aAt + s * FIVE;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + bTwo);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[from]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[from + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[from + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[from + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[from + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + cTwo);
    c10.intoArray(c, cAt + cRow);
    c11.intoArray(c, cAt + cRow + cTwo);
    c20.intoArray(c, cAt + 2 * cRow);
    c21.intoArray(c, cAt + 2 * cRow + cTwo);
    c30.intoArray(c, cAt + 3 * cRow);
    c31.intoArray(c, cAt + 3 * cRow + cTwo);
    c40.intoArray(c, cAt + 4 * cRow);
    c41.intoArray(c, cAt + 4 * cRow + cTwo);
  }

  /** Five rows whose steps stand side by side, by two vectors. */
  private static void fiveRowsByTwo(
      float[] a,
      int aAt,
      int aRow,
      float[] b,
      int bAt,
      int bTwo,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cTwo,
      int cRow,
      int steps) {
    FloatVector start0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector start1 = FloatVector.fromArray(SPECIES, start, startAt + WIDTH);
    FloatVector c00 = start0;
    FloatVector c01 = start1;
    FloatVector c10 = start0;
    FloatVector c11 = start1;
    FloatVector c20 = start0;
    FloatVector c21 = start1;
    FloatVector c30 = start0;
    FloatVector c31 = start1;
    FloatVector c40 = start0;
    FloatVector c41 = start1;
    int aAt1 = aAt + aRow;
    int aAt2 = aAt1 + aRow;
    int aAt3 = aAt2 + aRow;
    int aAt4 = aAt3 + aRow;
    for (int s = 0; s < steps; s++) {
      int at = bAt + s * PANEL;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + bTwo);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt + s]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt1 + s]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aAt2 + s]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aAt3 + s]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[aAt4 + s]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + cTwo);
    c10.intoArray(c, cAt + cRow);
    c11.intoArray(c, cAt + cRow + cTwo);
    c20.intoArray(c, cAt + 2 * cRow);
    c21.intoArray(c, cAt + 2 * cRow + cTwo);
    c30.intoArray(c, cAt + 3 * cRow);
    c31.intoArray(c, cAt + 3 * cRow + cTwo);
    c40.intoArray(c, cAt + 4 * cRow);
    c41.intoArray(c, cAt + 4 * cRow + cTwo);
  }

  /** Five columns of a single panel, its transpose's rows, by two vectors. */
  private static void fiveColumnsByTwo(
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bTwo,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cTwo,
      int cRow,
      int steps) {
    FloatVector start0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector start1 = FloatVector.fromArray(SPECIES, start, startAt + WIDTH);
    FloatVector c00 = start0;
    FloatVector c01 = start1;
    FloatVector c10 = start0;
    FloatVector c11 = start1;
    FloatVector c20 = start0;
    FloatVector c21 = start1;
    FloatVector c30 = start0;
    FloatVector c31 = start1;
    FloatVector c40 = start0;
    FloatVector c41 = start1;
    for (int s = 0; s < steps; s++) {
      int at = bAt + s * PANEL;
      int from = aAt + s * PANEL;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + bTwo);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[from]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[from + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[from + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[from + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[from + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + cTwo);
    c10.intoArray(c, cAt + cRow);
    c11.intoArray(c, cAt + cRow + cTwo);
    c20.intoArray(c, cAt + 2 * cRow);
    c21.intoArray(c, cAt + 2 * cRow + cTwo);
    c30.intoArray(c, cAt + 3 * cRow);
    c31.intoArray(c, cAt + 3 * cRow + cTwo);
    c40.intoArray(c, cAt + 4 * cRow);
    c41.intoArray(c, cAt + 4 * cRow + cTwo);
  }

  /** Four rows by two vectors, whose numbers stand anywhere. */
  private static void fourByTwo(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bTwo,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cTwo,
      int cRow,
      int steps) {
    FloatVector start0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector start1 = FloatVector.fromArray(SPECIES, start, startAt + WIDTH);
    FloatVector c00 = start0;
    FloatVector c01 = start1;
    FloatVector c10 = start0;
    FloatVector c11 = start1;
    FloatVector c20 = start0;
    FloatVector c21 = start1;
    FloatVector c30 = start0;
    FloatVector c31 = start1;
    for (int s = 0; s < steps; s++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + s * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + bTwo + s * PANEL);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aAt + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aAt + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      aAt += aStep;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + cTwo);
    c10.intoArray(c, cAt + cRow);
    c11.intoArray(c, cAt + cRow + cTwo);
    c20.intoArray(c, cAt + 2 * cRow);
    c21.intoArray(c, cAt + 2 * cRow + cTwo);
    c30.intoArray(c, cAt + 3 * cRow);
    c31.intoArray(c, cAt + 3 * cRow + cTwo);
  }

  /** Two rows by two vectors. */
  private static void twoByTwo(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bTwo,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cTwo,
      int cRow,
      int steps) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c01 = FloatVector.fromArray(SPECIES, start, startAt + WIDTH);
    FloatVector c10 = c00;
    FloatVector c11 = c01;
    for (int s = 0; s < steps; s++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + s * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + bTwo + s * PANEL);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      aAt += aStep;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + cTwo);
    c10.intoArray(c, cAt + cRow);
    c11.intoArray(c, cAt + cRow + cTwo);
  }

  /** A single step, as one output has on the way back: b stays in registers for all rows. */
  private static void oneStep(
      float[] a,
      int aAt,
      int aRow,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int rows) {
    FloatVector start0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector start1 = FloatVector.fromArray(SPECIES, start, startAt + WIDTH);
    FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
    FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + WIDTH);
    for (int row = 0; row < rows; row++) {
      int at = cAt + row * PANEL;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt + row * aRow]);
      a0.fma(b0, start0).intoArray(c, at);
      a0.fma(b1, start1).intoArray(c, at + WIDTH);
    }
  }

  /** Two steps, as two features have: b stays in registers for all rows. */
  private static void twoSteps(
      float[] a,
      int aAt,
      int aRow,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int rows) {
    FloatVector start0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector start1 = FloatVector.fromArray(SPECIES, start, startAt + WIDTH);
    FloatVector b00 = FloatVector.fromArray(SPECIES, b, bAt);
    FloatVector b01 = FloatVector.fromArray(SPECIES, b, bAt + WIDTH);
    FloatVector b10 = FloatVector.fromArray(SPECIES, b, bAt + PANEL);
    FloatVector b11 = FloatVector.fromArray(SPECIES, b, bAt + PANEL + WIDTH);
    for (int row = 0; row < rows; row++) {
      int at = cAt + row * PANEL;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt + row * aRow]);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + row * aRow + 1]);
      a1.fma(b10, a0.fma(b00, start0)).intoArray(c, at);
      a1.fma(b11, a0.fma(b01, start1)).intoArray(c, at + WIDTH);
    }
  }

  /** One row by two vectors. */
  private static void oneByTwo(
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bTwo,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cTwo,
      int steps) {
    FloatVector start0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector start1 = FloatVector.fromArray(SPECIES, start, startAt + WIDTH);
    FloatVector c00 = start0;
    FloatVector c01 = start1;
    for (int s = 0; s < steps; s++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + s * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + bTwo + s * PANEL);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      aAt += aStep;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + cTwo);
  }

  /** One row by two vectors, without panels of steps that are all 0. */
  private static void sparseOneByTwo(
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bTwo,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cTwo,
      int steps) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c1 = FloatVector.fromArray(SPECIES, start, startAt + WIDTH);
    int from = 0;
    while (from < steps) {
      int to = Math.min(from + PANEL, steps);
      if (to - from == PANEL && allZero(a, aAt + from)) {
        from = to;
        continue;
      }
      for (int s = from; s < to; s++) {
        int at = bAt + s * PANEL;
        FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt + s]);
        c0 = a0.fma(FloatVector.fromArray(SPECIES, b, at), c0);
        c1 = a0.fma(FloatVector.fromArray(SPECIES, b, at + bTwo), c1);
      }
      from = to;
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + cTwo);
  }

  /** Whether a panel of numbers is 0 throughout. */
  private static boolean allZero(float[] a, int at) {
    for (int i = at; i < at + PANEL; i += WIDTH) {
      if (FloatVector.fromArray(SPECIES, a, i).compare(VectorOperators.NE, 0f).anyTrue()) {
        return false;
      }
    }
    return true;
  }

  /** Eight rows by one vector, for a last vector without a neighbour. */
  private static void eightByOne(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cRow,
      int steps) {
    FloatVector start0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c0 = start0;
    FloatVector c1 = start0;
    FloatVector c2 = start0;
    FloatVector c3 = start0;
    FloatVector c4 = start0;
    FloatVector c5 = start0;
    FloatVector c6 = start0;
    FloatVector c7 = start0;
    for (int s = 0; s < steps; s++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + s * PANEL);
      c0 = FloatVector.broadcast(SPECIES, a[aAt]).fma(b0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[aAt + aRow]).fma(b0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[aAt + 2 * aRow]).fma(b0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[aAt + 3 * aRow]).fma(b0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[aAt + 4 * aRow]).fma(b0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[aAt + 5 * aRow]).fma(b0, c5);
      c6 = FloatVector.broadcast(SPECIES, a[aAt + 6 * aRow]).fma(b0, c6);
      c7 = FloatVector.broadcast(SPECIES, a[aAt + 7 * aRow]).fma(b0, c7);
      aAt += aStep;
    }
    c0.intoArray(c, cAt);
    c1.intoArray(c, cAt + cRow);
    c2.intoArray(c, cAt + 2 * cRow);
    c3.intoArray(c, cAt + 3 * cRow);
    c4.intoArray(c, cAt + 4 * cRow);
    c5.intoArray(c, cAt + 5 * cRow);
    c6.intoArray(c, cAt + 6 * cRow);
    c7.intoArray(c, cAt + 7 * cRow);
  }

  /** One row by one vector. */
  private static void oneByOne(
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int steps) {
    FloatVector start0 = FloatVector.fromArray(SPECIES, start, startAt);
    FloatVector c0 = start0;
    for (int s = 0; s < steps; s++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + s * PANEL);
      c0 = FloatVector.broadcast(SPECIES, a[aAt]).fma(b0, c0);
      aAt += aStep;
    }
    c0.intoArray(c, cAt);
  }

  /** Rows of a, five beside one another. */
  private static final class Packed {
    private float[] values = new float[0]; // [fives][steps][FIVE]

    void makeRoom(int fives, int steps) {
      if (values.length < fives * steps * FIVE) {
        values = new float[fives * steps * FIVE];
      }
    }

    void take(int five, float[] a, int from, int aRow, int aStep, int steps) {
      int to = five * steps * FIVE;
      for (int s = 0; s < steps; s++) {
        values[to] = a[from];
        values[to + 1] = a[from + aRow];
        values[to + 2] = a[from + 2 * aRow];
        values[to + 3] = a[from + 3 * aRow];
        values[to + 4] = a[from + 4 * aRow];
        from += aStep;
        to += FIVE;
      }
    }
  }
}
