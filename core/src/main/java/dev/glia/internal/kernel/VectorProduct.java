package dev.glia.internal.kernel;

/**
 * The matrix product of {@link VectorKernel}: which of {@link VectorBlocks} computes which part of
 * a result. The two vectors of a block stand side by side in a panel, those of 512 bits in
 * neighbouring panels.
 *
 * <p>Wide results take most of the time of wide networks. For them a is packed first: five rows
 * beside one another, step by step, so that the inner loop reads memory from start to end.
 */
final class VectorProduct {

  private static final int WIDTH = VectorKernel.SPECIES.length();
  private static final int PANEL = Kernel.LANES;
  private static final int FIVE = VectorBlocks.FIVE;

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

  /** As {@link Kernel#tile}. */
  static void tile(
      Product p,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int rows,
      int steps,
      int columns) {
    boolean pack = columns >= PACKED_COLUMNS && rows >= FIVE;
    if (pack) {
      packedTile(p, a, aAt, b, bAt, c, cAt, rows, steps, columns);
    }
    int bPanel = p.b.distance();
    for (int column = 0; column < columns; column += 2 * WIDTH) {
      int bOne = bAt + at(column, bPanel);
      int cOne = cAt + at(column, p.cPanel);
      if (column + WIDTH >= columns) {
        oneWide(p, a, aAt, b, bOne, column, c, cOne, rows, steps, columns);
      } else if (!pack) {
        int bTwo = bAt + at(column + WIDTH, bPanel) - bOne;
        int cTwo = cAt + at(column + WIDTH, p.cPanel) - cOne;
        twoWide(p, a, aAt, b, bOne, bTwo, column, c, cOne, cTwo, rows, steps);
      }
    }
  }

  /** All strips of the result that are two vectors wide. */
  private static void packedTile(
      Product p,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int rows,
      int steps,
      int columns) {
    int fivesAtOnce = Math.max(1, PACKED_FLOATS / FIVE / Math.max(1, steps));
    int fives = Math.ceilDiv(rows, FIVE);
    float[] start = p.startIn(b);
    int bPanel = p.b.distance();
    int cPanel = p.cPanel;
    int cRow = p.cRow;
    Packed packed = ROOM.get();
    for (int first = 0; first < fives; first += fivesAtOnce) {
      int last = Math.min(fives, first + fivesAtOnce);
      packed.makeRoom(last - first, steps);
      for (int five = first; five < last; five++) {
        int from = aAt + firstRow(five, rows) * p.aRow;
        packed.take(five - first, a, from, p.aRow, p.aStep, steps);
      }
      for (int column = 0; column + WIDTH < columns; column += 2 * WIDTH) {
        int bOne = bAt + at(column, bPanel);
        int bTwo = bAt + at(column + WIDTH, bPanel);
        int cOne = cAt + at(column, cPanel);
        int cTwo = cAt + at(column + WIDTH, cPanel);
        for (int five = first; five < last; five++) {
          VectorBlocks.fiveByTwo(
              packed.values,
              (five - first) * steps * FIVE,
              b,
              bOne,
              bTwo - bOne,
              start,
              p.startAt + column,
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
      Product p,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int bTwo,
      int column,
      float[] c,
      int cAt,
      int cTwo,
      int rows,
      int steps) {
    int aRow = p.aRow;
    int aStep = p.aStep;
    int cRow = p.cRow;
    float[] start = p.startIn(b);
    int startAt = p.startAt + column;
    if (rows == 1 && p.manyZeros) {
      VectorBlocks.sparseOneByTwo(a, aAt, b, bAt, bTwo, start, startAt, c, cAt, cTwo, steps);
      return;
    }
    if (aStep == 1 && bTwo == WIDTH && cTwo == WIDTH && cRow == PANEL) { // of one panel
      if (steps == 1) {
        VectorBlocks.oneStep(a, aAt, aRow, b, bAt, start, startAt, c, cAt, rows);
        return;
      }
      if (steps == 2) {
        VectorBlocks.twoSteps(a, aAt, aRow, b, bAt, start, startAt, c, cAt, rows);
        return;
      }
    }
    if (rows >= FIVE && aStep == 1) {
      for (int five = 0; five * FIVE < rows; five++) {
        int row = firstRow(five, rows);
        VectorBlocks.fiveRowsByTwo(
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
        VectorBlocks.fiveColumnsByTwo(
            a, aAt + row, b, bAt, bTwo, start, startAt, c, cAt + row * cRow, cTwo, cRow, steps);
      }
      return;
    }
    int row = 0;
    for (; row + 4 <= rows; row += 4) {
      VectorBlocks.fourByTwo(
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
      VectorBlocks.twoByTwo(
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
      VectorBlocks.oneByTwo(
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
      Product p,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      int column,
      float[] c,
      int cAt,
      int rows,
      int steps,
      int columns) {
    int aRow = p.aRow;
    int aStep = p.aStep;
    int cRow = p.cRow;
    float[] start = p.startIn(b);
    int startAt = p.startAt + column;
    int row =
        columns == 1 && aRow == 1
            ? sideBySide(a, aAt, aStep, b, bAt, start[startAt], c, cAt, cRow, rows, steps)
            : 0;
    for (; row + 8 <= rows; row += 8) {
      VectorBlocks.eightByOne(
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
      VectorBlocks.oneByOne(
          a, aAt + row * aRow, aStep, b, bAt, start, startAt, c, cAt + row * cRow, steps);
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
      VectorBlocks.twoSideBySide(a, aAt + row, aStep, two, b, bAt, start, sums, steps);
      for (int i = 0; i < WIDTH + two; i++) {
        c[cAt + (row + i) * cRow] = sums[i];
      }
      row += WIDTH + two;
    }
    return row;
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
