package dev.glia.table;

/** The rows of one matrix, then those of another of as many columns: a view that copies nothing. */
final class JoinedMatrix implements Matrix {

  private final Matrix first;
  private final Matrix second;

  JoinedMatrix(Matrix first, Matrix second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public int rows() {
    return first.rows() + second.rows();
  }

  @Override
  public int columns() {
    return first.columns();
  }

  @Override
  public double get(int row, int column) {
    int over = row - first.rows();
    return over < 0 ? first.get(row, column) : second.get(over, column);
  }

  @Override
  public void copyRow(int row, float[] target, int offset) {
    int over = row - first.rows();
    if (over < 0) {
      first.copyRow(row, target, offset);
    } else {
      second.copyRow(over, target, offset);
    }
  }

  @Override
  public void copyRow(int row, double[] target) {
    int over = row - first.rows();
    if (over < 0) {
      first.copyRow(row, target);
    } else {
      second.copyRow(over, target);
    }
  }
}
