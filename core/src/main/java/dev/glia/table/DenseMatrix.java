package dev.glia.table;

/** A matrix of doubles: what generators and tables give. */
public final class DenseMatrix implements Matrix {

  private final int rows;
  private final int columns;
  private final double[] values; // [rows][columns]

  /**
   * A matrix that keeps the given array, which must not be changed afterwards.
   *
   * @param values row after row, {@code [rows][columns]}
   * @throws IllegalArgumentException if the array is not {@code rows * columns} long
   */
  public DenseMatrix(int rows, int columns, double[] values) {
    if (values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "A matrix of %d rows and %d columns needs %d values, got %d."
              .formatted(rows, columns, (long) rows * columns, values.length));
    }
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /**
   * A matrix of the given rows, copied.
   *
   * @throws IllegalArgumentException if there is no row or the rows differ in length
   */
  public static DenseMatrix of(double[]... rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("A matrix needs at least one row, got none.");
    }
    int columns = rows[0].length;
    double[] values = new double[rows.length * columns];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != columns) {
        throw new IllegalArgumentException(
            "Row %d has %d values, row 0 has %d: all rows must be equally long."
                .formatted(row, rows[row].length, columns));
      }
      System.arraycopy(rows[row], 0, values, row * columns, columns);
    }
    return new DenseMatrix(rows.length, columns, values);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public double get(int row, int column) {
    return values[row * columns + column];
  }

  @Override
  public void copyRow(int row, float[] target, int offset) {
    int start = row * columns;
    for (int column = 0; column < columns; column++) {
      target[offset + column] = (float) values[start + column];
    }
  }

  @Override
  public void copyRow(int row, double[] target) {
    System.arraycopy(values, row * columns, target, 0, columns);
  }
}
