package dev.glia.network;

import dev.glia.internal.kernel.SparseRows;
import dev.glia.table.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * What is known of rows, ready to go through a network again and again: floats, without most of
 * their zeros where most are 0, as the pixels of written digits.
 *
 * <p>Which way is chosen changes time and memory, not the numbers. Immutable.
 */
public final class Features {

  /** Up to this share of numbers that are not 0, skipping the others is faster: see bench. */
  private static final double SPARSE_BELOW = 0.3;

  private static final int SAMPLE_ROWS = 1_000;

  /** More do not fit an array, nor do they as dense rows, which then say so. */
  private static final int MOST_BLOCKS = 1 << 28;

  private final int rows;
  private final int columns;
  private final @Nullable SparseRows sparse; // if most are 0
  private final float[] dense; // [rows][columns] otherwise, else empty

  /**
   * The numbers of a matrix, in single precision.
   *
   * @param matrix {@code [rows][columns]}, scaled
   * @throws IllegalArgumentException if they do not fit an array
   */
  public Features(Matrix matrix) {
    rows = matrix.rows();
    columns = matrix.columns();
    SparseRows found = SparseRows.canHold(columns) ? sparseIfFewNumbers(matrix) : null;
    sparse = found;
    dense = found == null ? dense(matrix) : new float[0];
  }

  /** The numbers without most of their zeros; null if a sample, spread over all, has too few. */
  private static @Nullable SparseRows sparseIfFewNumbers(Matrix matrix) {
    int rows = matrix.rows();
    int sample = Math.min(rows, SAMPLE_ROWS);
    float[] row = new float[matrix.columns()];
    SparseRows.Builder sampled = new SparseRows.Builder(sample, row.length, 0);
    long numbers = 0;
    for (int i = 0; i < sample; i++) {
      matrix.copyRow((int) ((long) rows * i / sample), row, 0);
      sampled.add(row);
      for (float value : row) {
        numbers += value != 0 ? 1 : 0;
      }
    }
    double blocks = 1.02 * rows / sample * sampled.build().blocks() + row.length;
    if (numbers >= SPARSE_BELOW * sample * row.length || blocks > MOST_BLOCKS) {
      return null;
    }
    SparseRows.Builder builder = new SparseRows.Builder(rows, row.length, (int) blocks);
    for (int i = 0; i < rows; i++) {
      matrix.copyRow(i, row, 0);
      builder.add(row);
    }
    return builder.build();
  }

  private static float[] dense(Matrix matrix) {
    int rows = matrix.rows();
    int columns = matrix.columns();
    if ((long) rows * columns > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d rows of %d features are too many for one array of 2^31 numbers: take fewer rows."
              .formatted(rows, columns));
    }
    float[] x = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      matrix.copyRow(row, x, row * columns);
    }
    return x;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** How many numbers a row has. */
  public int columns() {
    return columns;
  }

  /** Copies one row to {@code target[at .. at + columns)}. */
  public void copyRow(int row, float[] target, int at) {
    if (sparse != null) {
      sparse.copyRow(row, target, at);
    } else {
      System.arraycopy(dense, row * columns, target, at, columns);
    }
  }

  /** The rows, if they are kept without most of their zeros. */
  @Nullable SparseRows sparse() {
    return sparse;
  }
}
