package dev.glia.internal.kernel;

/**
 * The arithmetic of the engine on float arrays: a scalar and a vector implementation that give the
 * same bits.
 *
 * <p>The same bits, because every sum is one chain of fused multiply-adds in the order of its steps
 * (lanes run across the columns of the result, never along a sum), and because functions such as
 * {@link #sigmoid} are the same polynomial, operation by operation, in {@link FloatMath} and {@link
 * VectorMath}.
 *
 * <p>Matrices stand in memory in one of two ways. In <b>rows</b>, each padded to a multiple of
 * {@link #LANES} floats: what goes through a layer. Or in <b>panels</b> of {@link #LANES} columns,
 * one panel after the other, in each its rows one after the other without a gap: weights, and
 * whatever else is the right-hand side of a product, which then reads memory in order. With up to
 * {@link #LANES} columns both are the same. So no implementation needs a tail. What stands in the
 * padding of a result is undefined but finite where the padding of the operands is; no sum ever
 * reads it.
 *
 * <p>The functions of single elements, from {@link #allFinite} on, take those from from to to
 * (exclusive), whose number divides by {@link #LANES}.
 */
public abstract class Kernel {

  /** The widest vector in floats: rows are padded to a multiple of it. */
  public static final int LANES = 16;

  Kernel() {}

  /** The length of a padded row of n floats. */
  public static int stride(int n) {
    return (n + LANES - 1) / LANES * LANES;
  }

  /** The implementation and its width, such as {@code vector 512 bit}. */
  public abstract String name();

  /**
   * Computes the rows from to to (exclusive) of a {@linkplain Product#of product}.
   *
   * @param aAt where the first row of a starts
   */
  public final void product(Product p, float[] a, int aAt, float[] b, float[] c, int from, int to) {
    int count = to - from;
    tile(
        p,
        a,
        aAt + from * p.aRow,
        b,
        p.b.at(),
        c,
        p.cAt + from * p.cRow,
        count,
        p.b.rows(),
        p.columns());
  }

  /** The same for the rows of a sparse batch; how many of the zeros in them count is open. */
  public abstract void product(Product p, SparseBatch a, float[] b, float[] c, int from, int to);

  /**
   * Computes the lines from to to (exclusive) of a {@linkplain Product#gradient gradient}: the rows
   * of its panels, counted on from panel to panel.
   *
   * @param rows of the batch
   */
  public final void gradient(
      Product p, float[] a, float[] b, float[] c, int rows, int from, int to) {
    int line = from;
    while (line < to) {
      int count = p.linesAtOnce(line, to);
      int panel = line / p.cLines;
      int row = line % p.cLines;
      tile(
          p,
          a,
          row * p.aRow,
          b,
          p.bAt(panel),
          c,
          p.cAt + panel * p.cPanel + row * p.cRow,
          Math.min(count, p.cLines),
          rows,
          p.columns(panel, count));
      line += count;
    }
  }

  /**
   * The same for a sparse batch; within a panel from and to are each a {@link SparseRows#boundary}.
   */
  public final void gradient(
      Product p, SparseBatch a, float[] b, float[] c, int rows, int from, int to) {
    int line = from;
    while (line < to) {
      int count = p.linesAtOnce(line, to);
      int panel = line / p.cLines;
      int row = line % p.cLines;
      if (count < p.lines()) { // a thread that is alone has just read all rows
        a.fetch(rows, row, row + Math.min(count, p.cLines));
      }
      sparseTile(
          p,
          a,
          b,
          p.bAt(panel),
          c,
          p.cAt + panel * p.cPanel,
          row,
          row + Math.min(count, p.cLines),
          rows,
          p.columns(panel, count));
      line += count;
    }
  }

  /**
   * A part of a result: some rows of some neighbouring panels.
   *
   * @param aAt where the first of its rows of a starts, as do bAt its panels of b, and cAt itself
   */
  abstract void tile(
      Product p,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int rows,
      int steps,
      int columns);

  /**
   * A part of a gradient by a sparse batch: the rows from to to (exclusive) of some panels.
   *
   * @param cAt where its first panel starts, as does bAt that of b
   */
  abstract void sparseTile(
      Product p,
      SparseBatch a,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int from,
      int to,
      int steps,
      int columns);

  /** Whether no value from from to to is infinite or NaN. */
  public abstract boolean allFinite(float[] values, int from, int to);

  /** {@code a = z > 0 ? z : slope * z} for the elements from to to. */
  public abstract void leakyRelu(float slope, float[] z, float[] a, int from, int to);

  /** {@code d = z > 0 ? d : slope * d}: the gradient through {@link #leakyRelu}. */
  public abstract void leakyReluGradient(float slope, float[] z, float[] d, int from, int to);

  /** {@code a = 1 / (1 + exp(-z))} for the elements from to to. */
  public abstract void sigmoid(float[] z, float[] a, int from, int to);

  /** {@code a = tanh(z)} for the elements from to to. */
  public abstract void tanh(float[] z, float[] a, int from, int to);

  /** {@code a = z > 0 ? high * z : low * (exp(z) - 1)} for the elements from to to. */
  public abstract void elu(float high, float low, float[] z, float[] a, int from, int to);

  /** {@code d = d * (z > 0 ? high : low * exp(z))}: the gradient through {@link #elu}. */
  public abstract void eluGradient(float high, float low, float[] z, float[] d, int from, int to);

  /** {@code a = z / (1 + exp(-z))} for the elements from to to. */
  public abstract void silu(float[] z, float[] a, int from, int to);

  /** {@code d = d * s * (1 + z * (1 - s))}, s the sigmoid of z: the gradient through it. */
  public abstract void siluGradient(float[] z, float[] d, int from, int to);

  /** {@code a = z * Phi(z)}, Phi the normal distribution function, for the elements from to to. */
  public abstract void gelu(float[] z, float[] a, int from, int to);

  /** {@code d = d * (Phi(z) + z * Phi'(z))}: the gradient through it. */
  public abstract void geluGradient(float[] z, float[] d, int from, int to);

  /** {@code a = ln(1 + exp(z))} for the elements from to to. */
  public abstract void softplus(float[] z, float[] a, int from, int to);

  /** {@code d = d / (1 + exp(-z))}: the gradient through it. */
  public abstract void softplusGradient(float[] z, float[] d, int from, int to);

  /** {@code a = exp(z - shift)} for the elements from to to. */
  public abstract void exp(float[] z, float shift, float[] a, int from, int to);
}
