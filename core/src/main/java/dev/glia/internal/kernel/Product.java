package dev.glia.internal.kernel;

/**
 * The shape of a matrix product, {@code c = start + a * b}, and how its matrices stand in their
 * arrays: made once for a layer.
 *
 * <p>There are two kinds. One {@linkplain #of of rows} takes a row of a for a row of c. A
 * {@linkplain #gradient gradient} takes a column of a, so that a number of c is a sum over the rows
 * of a batch.
 */
public final class Product {

  /** The place of start values that are 0. */
  public static final int ZERO = -1;

  /** b[s][j] stands at b.at + s * LANES + j within a panel. */
  final Panels b;

  /** a[i][s] stands at i * aRow + s * aStep. */
  final int aRow;

  final int aStep;

  /** c[i][j] stands at cAt + i * cRow + j within a panel, and these are cPanel apart. */
  final int cAt;

  final int cRow;
  final int cPanel;

  /** Lines of c in a panel; 0 where c is kept in rows. */
  final int cLines;

  /** start[j] stands at startAt + j in the array that {@link #startIn} says. */
  final int startAt;

  /** Whether most of a single row of a may be 0. */
  final boolean manyZeros;

  private final float[] zeros; // [columns, padded] where the sums start at 0, else empty

  private Product(
      int aRow,
      int aStep,
      Panels b,
      int startAt,
      int cAt,
      int cRow,
      int cPanel,
      int cLines,
      boolean manyZeros) {
    this.aRow = aRow;
    this.aStep = aStep;
    this.b = b;
    this.startAt = Math.max(0, startAt);
    this.cAt = cAt;
    this.cRow = cRow;
    this.cPanel = cPanel;
    this.cLines = cLines;
    this.manyZeros = manyZeros;
    zeros = new float[startAt == ZERO ? Kernel.stride(b.columns()) : 0];
  }

  /**
   * {@code c[i][j] = start[j] + sum over s of a[i][s] * b[s][j]}, a and c in rows.
   *
   * @param aRow from a row of a to the next
   * @param startAt where the start values stand in the array of b, or {@link #ZERO}
   * @param cRow from a row of c to the next
   * @param manyZeros whether most of a single row of a may be 0: these may then be left out, and
   *     the result is undefined where b is infinite or NaN
   */
  public static Product of(int aRow, Panels b, int startAt, int cRow, boolean manyZeros) {
    return new Product(aRow, 1, b, startAt, 0, cRow, Kernel.LANES, 0, manyZeros);
  }

  /**
   * {@code c[s][j] = sum over i of a[i][s] * b[i][j]}, a in rows, c in panels.
   *
   * @param aRow from a row of a to the next
   * @param b has room for the rows of the largest batch
   */
  public static Product gradient(int aRow, Panels b, Panels c) {
    return new Product(1, aRow, b, ZERO, c.at(), Kernel.LANES, c.distance(), c.rows(), false);
  }

  /** Columns of b and c, without padding. */
  int columns() {
    return b.columns();
  }

  /** Those of some lines that begin in a panel. */
  int columns(int panel, int lines) {
    int panels = Math.ceilDiv(lines, cLines);
    return Math.min(panels * Kernel.LANES, b.columns() - panel * Kernel.LANES);
  }

  /** Where a panel of b starts. */
  int bAt(int panel) {
    return b.at() + panel * b.distance();
  }

  /** Lines of c, over all panels. */
  int lines() {
    return Kernel.stride(b.columns()) / Kernel.LANES * cLines;
  }

  /** How many lines go together: those of whole panels, or of a part of one. */
  int linesAtOnce(int from, int to) {
    int row = from % cLines;
    int whole = row == 0 ? (to - from) / cLines : 0;
    return whole > 0 ? whole * cLines : Math.min(cLines - row, to - from);
  }

  /** The array of the start values: that of b, or zeros. */
  float[] startIn(float[] b) {
    return zeros.length == 0 ? b : zeros;
  }
}
