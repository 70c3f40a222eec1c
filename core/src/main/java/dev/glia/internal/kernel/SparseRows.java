package dev.glia.internal.kernel;

import java.util.Arrays;

/**
 * A matrix that keeps only what is not 0, row by row: the compressed sparse row format.
 *
 * <p>Four of five pixels of a written digit are 0, and a product or a gradient that skips them does
 * a fifth of the work. It gives the same bits: {@code 0 * w} adds nothing to a sum, as long as w is
 * finite.
 */
public final class SparseRows {

  /** Columns are kept in 16 bits. */
  public static final int MOST_COLUMNS = Character.MAX_VALUE + 1;

  final int[] starts; // [rows + 1]: where each row's entries start
  final char[] columns; // [entries]: ascending within a row
  final float[] values; // [entries]: never 0

  private SparseRows(int[] starts, char[] columns, float[] values) {
    this.starts = starts;
    this.columns = columns;
    this.values = values;
  }

  /** The number of rows. */
  public int rows() {
    return starts.length - 1;
  }

  /** The number of entries, all of them not 0. */
  public int entries() {
    return starts[rows()];
  }

  /** Writes a row with its zeros to {@code target[at .. at + columns)}. */
  public void copyRow(int row, float[] target, int at, int columns) {
    Arrays.fill(target, at, at + columns, 0f);
    for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
      target[at + this.columns[entry]] = values[entry];
    }
  }

  /** The first entry of a row in a column from the given one on; its row's end if there is none. */
  int entryFrom(int row, int column) {
    int low = starts[row];
    int high = starts[row + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (columns[middle] < column) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Takes rows one by one. */
  public static final class Builder {
    private final int[] starts; // [rows + 1]
    private char[] columns;
    private float[] values;
    private int rows;

    /**
     * Room for rows.
     *
     * @param entries how many entries to expect; more are taken too
     */
    public Builder(int rows, int entries) {
      starts = new int[rows + 1];
      columns = new char[entries];
      values = new float[entries];
    }

    /** Adds a row: what is not 0 of {@code row[0 .. count)}. */
    public void add(float[] row, int count) {
      int entry = starts[rows];
      if (columns.length - entry < count) {
        int room = Math.max(Math.addExact(entry, count), (int) Math.min(entry * 3L / 2, 1 << 30));
        columns = Arrays.copyOf(columns, room);
        values = Arrays.copyOf(values, room);
      }
      for (int column = 0; column < count; column++) {
        columns[entry] = (char) column;
        values[entry] = row[column];
        entry += row[column] != 0 ? 1 : 0; // no branch: which pixels are 0 cannot be foreseen
      }
      starts[++rows] = entry;
    }

    /** The rows added. */
    public SparseRows build() {
      int entries = starts[rows];
      return new SparseRows(
          Arrays.copyOf(starts, rows + 1),
          Arrays.copyOf(columns, entries),
          Arrays.copyOf(values, entries));
    }
  }
}
