package dev.glia.internal.kernel;

/** A batch of rows of a sparse matrix, in an order of their own. */
public final class SparseBatch {

  final SparseRows rows;
  int[] order = new int[0];
  int first; // row i of the batch is rows' order[first + i]

  /** A batch of these rows, none at first. */
  public SparseBatch(SparseRows rows) {
    this.rows = rows;
  }

  /** The matrix whose rows they are. */
  public SparseRows rows() {
    return rows;
  }

  /** Takes the rows {@code order[first ..]}; the order is kept, not copied. */
  public void take(int[] order, int first) {
    this.order = order;
    this.first = first;
  }

  /** Asks the memory for the rows from to to (exclusive): see {@link SparseRows#fetch}. */
  public void fetch(int from, int to) {
    rows.fetch(order, first + from, first + to);
  }

  /** Asks for the columns from to to of the first rows; both are a {@link SparseRows#boundary}. */
  void fetch(int count, int from, int to) {
    rows.fetch(order, first, first + count, from, to);
  }
}
