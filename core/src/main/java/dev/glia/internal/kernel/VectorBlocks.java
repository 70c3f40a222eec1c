package dev.glia.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link VectorProduct}: each a block of some rows of the result by one or two vectors
 * of columns, whose sums stay in registers from the first step to the last. They differ in where
 * the numbers of a stand.
 *
 * <p>Five rows by two vectors are ten sums, enough to hide the latency of the multiply-add. With
 * six, C2 needs more than the 16 registers of AVX2 as it loads a's numbers early, and keeps a sum
 * in memory: half as fast. Each is written out, as C2 keeps sums in registers only where it knows
 * how many there are.
 */
final class VectorBlocks {

  /** The rows of a block that hides all latency. */
  static final int FIVE = 5;

  private static final VectorSpecies<Float> SPECIES = VectorKernel.SPECIES;
  private static final int WIDTH = SPECIES.length();
  private static final int PANEL = Kernel.LANES;

  private VectorBlocks() {}

  /** Five packed rows by two vectors. */
  static void fiveByTwo(
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
  static void fiveRowsByTwo(
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
  static void fiveColumnsByTwo(
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
  static void fourByTwo(
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
  static void twoByTwo(
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
  static void oneStep(
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
  static void twoSteps(
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
  static void oneByTwo(
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
  static void sparseOneByTwo(
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
  static void eightByOne(
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
  static void oneByOne(
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

  /** Two vectors of rows. */
  static void twoSideBySide(
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
}
