package dev.glia.internal.kernel;

import java.util.Arrays;

/**
 * A matrix without most of its zeros: each row keeps blocks of {@link #BLOCK} neighbouring columns
 * in which something is not 0, the block compressed sparse row format.
 *
 * <p>Four of five pixels of a written digit are 0, and those that are not stand together. A product
 * that skips the zeros gives the same bits, as {@code 0 * w} adds nothing to a sum; a block's own
 * zeros are multiplied, for a block costs little more than a single number.
 *
 * <p>No block crosses a multiple of {@link #GRAIN} columns, so that threads can share the columns.
 */
public final class SparseRows {

  /** Neighbouring columns in a block. */
  static final int BLOCK = 4;

  /** Columns between two places where they can be shared out. */
  private static final int GRAIN = 64;

  /** Floats that come from memory together. */
  private static final int LINE = 16;

  /** Of each row's values: a written digit has ten lines. */
  private static final int FETCHED_LINES = 10;

  private static final int LEAST_COLUMNS = GRAIN;
  private static final int MOST_COLUMNS = Character.MAX_VALUE + 1;

  final int columns;
  final int[] starts; // [rows + 1]: where each row's blocks start
  final char[] grains; // [rows][grains]: the row's blocks that stand before each grain
  final char[] firsts; // [blocks]: the first column of each, ascending within a row
  final float[] values; // [blocks][BLOCK]
  int fetched; // of no meaning; without a use C2 would leave the loads out

  private SparseRows(int columns, int[] starts, char[] grains, char[] firsts, float[] values) {
    this.columns = columns;
    this.starts = starts;
    this.grains = grains;
    this.firsts = firsts;
    this.values = values;
  }

  /** Whether rows of so many columns can be kept like this. */
  public static boolean canHold(int columns) {
    return columns >= LEAST_COLUMNS && columns <= MOST_COLUMNS;
  }

  /** The number of rows. */
  public int rows() {
    return starts.length - 1;
  }

  /** The number of blocks. */
  public int blocks() {
    return starts[rows()];
  }

  /** The greatest column up to the given one at which columns can be shared out. */
  public int boundary(int column) {
    return column >= columns ? columns : Math.min(column / GRAIN, grains() - 1) * GRAIN;
  }

  /** The last grain is not shorter than a block: it takes a shorter rest with it. */
  private int grains() {
    return grains(columns);
  }

  private static int grains(int columns) {
    return (columns + GRAIN - BLOCK) / GRAIN;
  }

  /** A row's first block from a {@link #boundary} on. */
  int blockFrom(int row, int boundary) {
    if (boundary == 0 || boundary == columns) { // without a look at the grains
      return boundary == 0 ? starts[row] : starts[row + 1];
    }
    return starts[row] + grains[row * grains() + boundary / GRAIN];
  }

  /**
   * Asks the memory for the rows {@code order[first .. last)}, which are about to be read.
   *
   * <p>Rows in a random order come out of no cache, and a loop over a row's blocks, whose number
   * the processor guesses wrong, waits for each by itself. These loads wait together. A few places
   * of a row are enough: the processor's own prefetching brings the rest.
   */
  public void fetch(int[] order, int first, int last) {
    if (isSmall()) {
      return;
    }
    int sum = 0;
    for (int i = first; i < last; i++) {
      sum += touch(starts[order[i]], FETCHED_LINES);
    }
    fetched = sum;
  }

  /** The same from one {@link #boundary} to another, for a thread that reads a part of each row. */
  public void fetch(int[] order, int first, int last, int from, int to) {
    if (from == 0 && to == columns) {
      fetch(order, first, last);
      return;
    }
    if (isSmall()) {
      return;
    }
    int sum = 0;
    int grain = from / GRAIN;
    for (int i = first; i < last; i++) { // where a part is has to be known first
      sum += grains[order[i] * grains() + grain];
    }
    for (int i = first; i < last; i++) {
      sum += touch(blockFrom(order[i], from), FETCHED_LINES / 2);
    }
    fetched = sum;
  }

  /** Less than there is to fetch of a row is in a cache anyway. */
  private boolean isSmall() {
    return firsts.length <= LINE || values.length <= FETCHED_LINES * LINE;
  }

  private int touch(int block, int lines) {
    int at = Math.min(block, firsts.length - 1 - LINE);
    int value = Math.min(block * BLOCK, values.length - 1 - lines * LINE);
    int sum = firsts[at] + firsts[at + LINE];
    for (int line = 0; line < lines; line++) {
      sum += Float.floatToRawIntBits(values[value + line * LINE]);
    }
    return sum;
  }

  /** Writes a row with its zeros to {@code target[at .. at + columns)}. */
  public void copyRow(int row, float[] target, int at) {
    copyRow(row, 0, columns, target, at);
  }

  /**
   * Writes a row from one {@link #boundary} to another with its zeros to {@code target[at .. at +
   * to - from)}.
   *
   * <p>From the last block to the first: where two share columns, the later one has zeros there.
   */
  void copyRow(int row, int from, int to, float[] target, int at) {
    Arrays.fill(target, at, at + to - from, 0f);
    int first = blockFrom(row, from);
    for (int block = blockFrom(row, to) - 1; block >= first; block--) {
      int column = at + firsts[block] - from;
      target[column] = values[block * BLOCK];
      target[column + 1] = values[block * BLOCK + 1];
      target[column + 2] = values[block * BLOCK + 2];
      target[column + 3] = values[block * BLOCK + 3];
    }
  }

  /** Takes rows one by one. */
  public static final class Builder {
    private final int columns;
    private final int[] starts; // [rows + 1]
    private final char[] grains; // [rows][grains]
    private char[] firsts;
    private float[] values;
    private int rows;

    /**
     * Room for just so many rows.
     *
     * @param blocks how many blocks to expect; more are taken too
     * @throws IllegalArgumentException if {@link #canHold} says no
     */
    public Builder(int rows, int columns, int blocks) {
      if (!canHold(columns)) {
        throw new IllegalArgumentException(
            "Sparse rows have %d to %d columns, got %d."
                .formatted(LEAST_COLUMNS, MOST_COLUMNS, columns));
      }
      this.columns = columns;
      starts = new int[rows + 1];
      grains = new char[Math.multiplyExact(rows, grains(columns))];
      firsts = new char[blocks];
      values = new float[Math.multiplyExact(blocks, BLOCK)];
    }

    /** Adds {@code row[0 .. columns)}. */
    public void add(float[] row) {
      int block = starts[rows];
      makeRoom(block + columns / BLOCK + grains(columns));
      int count = grains(columns);
      int covered = 0; // the columns in blocks so far
      for (int grain = 0; grain < count; grain++) {
        grains[rows * count + grain] = (char) (block - starts[rows]);
        int end = grain == count - 1 ? columns : (grain + 1) * GRAIN;
        for (int column = grain * GRAIN; column < end; column++) {
          if (row[column] != 0 && column >= covered) {
            int first = Math.min(column, end - BLOCK);
            firsts[block] = (char) first;
            for (int i = 0; i < BLOCK; i++) {
              values[block * BLOCK + i] = first + i < covered ? 0 : row[first + i];
            }
            covered = first + BLOCK;
            block++;
          }
        }
      }
      starts[++rows] = block;
    }

    private void makeRoom(int blocks) {
      if (firsts.length < blocks) {
        int room = Math.max(blocks, (int) Math.min(firsts.length * 3L / 2, 1 << 29));
        firsts = Arrays.copyOf(firsts, room);
        values = Arrays.copyOf(values, Math.multiplyExact(room, BLOCK));
      }
    }

    /** The rows added; to be called once. */
    public SparseRows build() {
      return new SparseRows(columns, starts, grains, firsts, values);
    }
  }
}
