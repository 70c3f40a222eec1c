package dev.glia.table;

/** A matrix of unsigned bytes, 0 to 255: images stay as small as in their file. */
public final class ByteMatrix implements Matrix {

  private final int rows;
  private final int columns;
  private final byte[] values; // [rows][columns]

  /**
   * A matrix that keeps the given array, which must not be changed afterwards.
   *
   * @param values row after row, {@code [rows][columns]}
   * @throws IllegalArgumentException if the array is not {@code rows * columns} long
   */
  public ByteMatrix(int rows, int columns, byte[] values) {
    if (values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "A matrix of %d rows and %d columns needs %d bytes, got %d."
              .formatted(rows, columns, (long) rows * columns, values.length));
    }
    this.rows = rows;
    this.columns = columns;
    this.values = values;
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
    return values[row * columns + column] & 0xFF;
  }

  @Override
  public void copyRow(int row, float[] target, int offset) {
    int start = row * columns;
    for (int column = 0; column < columns; column++) {
      target[offset + column] = values[start + column] & 0xFF;
    }
  }

  @Override
  public void copyRow(int row, double[] target) {
    int start = row * columns;
    for (int column = 0; column < columns; column++) {
      target[column] = values[start + column] & 0xFF;
    }
  }
}
