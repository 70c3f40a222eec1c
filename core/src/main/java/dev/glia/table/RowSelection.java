package dev.glia.table;

/** Some rows of another matrix, in an order of their own: a view that copies nothing. */
final class RowSelection implements Matrix {

  private final Matrix source;
  private final int[] order; // [rows], row numbers of the source

  RowSelection(Matrix source, int[] order) {
    this.source = source;
    this.order = order;
  }

  @Override
  public int rows() {
    return order.length;
  }

  @Override
  public int columns() {
    return source.columns();
  }

  @Override
  public double get(int row, int column) {
    return source.get(order[row], column);
  }

  @Override
  public void copyRow(int row, float[] target, int offset) {
    source.copyRow(order[row], target, offset);
  }

  @Override
  public void copyRow(int row, double[] target) {
    source.copyRow(order[row], target);
  }
}
