package dev.glia.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product of {@link VectorKernel}: blocks of some rows by two vectors of columns, whose
 * sums stay in registers from the first step to the last.
 *
 * <p>Six rows by two vectors are twelve sums, which hides the latency of the multiply-add; with two
 * vectors of b and one of a they fill the 16 registers of AVX2. The two vectors stand side by side
 * in a panel, those of 512 bits in neighbouring panels.
 *
 * <p>Wide results take most of the time of wide networks. For them a is packed first: six rows
 * beside one another, step by step, so that the inner loop reads it from start to end.
 */
final class VectorProduct {

  private static final VectorSpecies<Float> SPECIES = VectorKernel.SPECIES;
  private static final int WIDTH = SPECIES.length();
  private static final int PANEL = Kernel.LANES;
  private static final int SIX = 6; // rows of a packed block

  /** Results with fewer columns do not pay for packing a. */
  private static final int PACKED_COLUMNS = 4 * PANEL;

  /** Floats of a that are packed at a time: they stay in a second-level cache. */
  private static final int PACKED_FLOATS = 1 << 16;

  /** Room for what is packed, one a thread, as large as its products needed so far. */
  private static final ThreadLocal<float[]> ROOM = ThreadLocal.withInitial(() -> new float[0]);

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
      int columns) {
    int packed = columns < PACKED_COLUMNS ? 0 : rowsInSixes(rows);
    int atOnce = Math.max(SIX, PACKED_FLOATS / Math.max(1, steps) / SIX * SIX);
    for (int row = 0; row < packed; row += atOnce) {
      int count = Math.min(atOnce, packed - row);
      float[] sixes = pack(a, aAt + row * aRow, aRow, aStep, count, steps);
      for (int column = 0; column + WIDTH < columns; column += 2 * WIDTH) {
        int bOne = bAt + at(column, bPanel);
        int bTwo = bAt + at(column + WIDTH, bPanel);
        int cOne = cAt + row * cRow + at(column, cPanel);
        int cTwo = cAt + row * cRow + at(column + WIDTH, cPanel);
        for (int i = 0; i < count; i += SIX) {
          packedSixByTwo(
              sixes,
              i * steps,
              SIX,
              b,
              bOne,
              bTwo - bOne,
              start,
              startAt + column,
              c,
              cOne + i * cRow,
              cTwo - cOne,
              cRow,
              steps);
        }
      }
    }
    for (int column = 0; column < columns; column += 2 * WIDTH) {
      int bOne = bAt + at(column, bPanel);
      int cOne = cAt + at(column, cPanel);
      if (column + WIDTH < columns) {
        int bTwo = bAt + at(column + WIDTH, bPanel);
        int cTwo = cAt + at(column + WIDTH, cPanel);
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
            packed,
            rows,
            steps);
      } else {
        oneWide(a, aAt, aRow, aStep, b, bOne, start, startAt + column, c, cOne, cRow, rows, steps);
      }
    }
  }

  /** Where a column of the first row stands in panels that are so far apart. */
  static int at(int column, int panel) {
    return column / PANEL * panel + column % PANEL;
  }

  /** How many of the rows to do in sixes: a rest of two makes two times four with six before it. */
  private static int rowsInSixes(int rows) {
    int rest = rows % SIX;
    return rest == 2 && rows > SIX ? rows - rest - SIX : rows - rest;
  }

  /** Copies rows of a, six beside one another: {@code [rows / 6][steps][6]}. */
  private static float[] pack(float[] a, int aAt, int aRow, int aStep, int rows, int steps) {
    float[] packed = ROOM.get();
    if (packed.length < rows * steps) {
      packed = new float[rows * steps];
      ROOM.set(packed);
    }
    int to = 0;
    for (int row = 0; row < rows; row += SIX) {
      int from = aAt + row * aRow;
      for (int s = 0; s < steps; s++) {
        packed[to] = a[from];
        packed[to + 1] = a[from + aRow];
        packed[to + 2] = a[from + 2 * aRow];
        packed[to + 3] = a[from + 3 * aRow];
        packed[to + 4] = a[from + 4 * aRow];
        packed[to + 5] = a[from + 5 * aRow];
        from += aStep;
        to += SIX;
      }
    }
    return packed;
  }

  /** The rows from to to (exclusive) of a strip of the result that is two vectors wide. */
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
      int from,
      int to,
      int steps) {
    int row = from;
    for (int sixes = from + rowsInSixes(to - from); row < sixes; row += SIX) {
      sixByTwo(
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
    for (; row + 4 <= to; row += 4) {
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
    for (; row < to; row++) {
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
      int steps) {
    int row = 0;
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
   * Six packed rows by two vectors.
   *
   * <p>aStep is always six, but C2 must not know: so it checks an index before each three rows and
   * loads their elements after the check. Without the checks it loads all six first, has no
   * register left for them and keeps a sum in memory, which takes twice the time.
   */
  private static void packedSixByTwo(
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
    FloatVector c50 = start0;
    FloatVector c51 = start1;
    int first = aAt;
    int second = aAt + SIX / 2;
    for (int s = 0; s < steps; s++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + s * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + bTwo + s * PANEL);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[first]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[first + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[first + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[second]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[second + 1]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[second + 2]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      first += aStep;
      second += aStep;
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
    c50.intoArray(c, cAt + 5 * cRow);
    c51.intoArray(c, cAt + 5 * cRow + cTwo);
  }

  /** Six rows by two vectors, a where it lies. */
  private static void sixByTwo(
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
    FloatVector c40 = start0;
    FloatVector c41 = start1;
    FloatVector c50 = start0;
    FloatVector c51 = start1;
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
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[aAt + 4 * aRow]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[aAt + 5 * aRow]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
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
    c40.intoArray(c, cAt + 4 * cRow);
    c41.intoArray(c, cAt + 4 * cRow + cTwo);
    c50.intoArray(c, cAt + 5 * cRow);
    c51.intoArray(c, cAt + 5 * cRow + cTwo);
  }

  /** Four rows by two vectors: what is left of six. */
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
}
