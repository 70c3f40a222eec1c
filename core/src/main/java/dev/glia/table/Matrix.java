package dev.glia.table;

/**
 * A read-only table of numbers, one row an example.
 *
 * <p>An implementation chooses how it keeps them (bytes for images, doubles for tables); training
 * asks only for whole rows as floats.
 */
public interface Matrix {

  /** The number of rows. */
  int rows();

  /** The number of columns. */
  int columns();

  /** One number. */
  double get(int row, int column);

  /** Writes one row to {@code target[offset .. offset + columns())}. */
  default void copyRow(int row, float[] target, int offset) {
    for (int column = 0; column < columns(); column++) {
      target[offset + column] = (float) get(row, column);
    }
  }

  /** Writes one row, in full precision, to {@code target[0 .. columns())}. */
  default void copyRow(int row, double[] target) {
    for (int column = 0; column < columns(); column++) {
      target[column] = get(row, column);
    }
  }

  /** These rows, then those of another matrix of as many columns: a view that copies nothing. */
  default Matrix append(Matrix below) {
    return new JoinedMatrix(this, below);
  }

  /** The given rows in the given order, as a view. */
  default Matrix select(int[] rows) {
    return new RowSelection(this, rows.clone());
  }
}
