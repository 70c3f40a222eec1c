package dev.glia.table;

import java.util.List;

/** The columns of several matrices of as many rows, beside one another: a view without copies. */
final class SideBySide implements Matrix {

  private final int rows;
  private final Matrix[] partOf; // [columns]
  private final int[] columnIn; // [columns]: the column in its part

  private SideBySide(int rows, List<Matrix> parts) {
    this.rows = rows;
    int columns = parts.stream().mapToInt(Matrix::columns).sum();
    partOf = new Matrix[columns];
    columnIn = new int[columns];
    int at = 0;
    for (Matrix part : parts) {
      for (int column = 0; column < part.columns(); column++) {
        partOf[at] = part;
        columnIn[at++] = column;
      }
    }
  }

  static Matrix of(int rows, List<Matrix> parts) {
    return parts.size() == 1 ? parts.getFirst() : new SideBySide(rows, parts);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return partOf.length;
  }

  @Override
  public double get(int row, int column) {
    return partOf[column].get(row, columnIn[column]);
  }
}
