package dev.glia.internal.kernel;

/**
 * The arithmetic of the engine on float arrays: one interface, a scalar and a vector implementation
 * that give the same bits.
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
public interface Kernel {

  /** The widest vector in floats: rows are padded to a multiple of it. */
  int LANES = 16;

  /** The length of a padded row of n floats. */
  static int stride(int n) {
    return (n + LANES - 1) / LANES * LANES;
  }

  /** The implementation and its width, such as {@code vector 512 bit}. */
  String name();

  /**
   * A matrix product with a start value: {@code c[i][j] = start[j] + sum over s of a[i][s] *
   * b[s][j]}.
   *
   * <p>{@code a[i][s]} stands at {@code aAt + i * aRow + s * aStep}, so a transposed matrix is read
   * where it lies.
   *
   * @param b in panels that are bPanel floats apart, {@code [columns / LANES][steps][LANES]}
   * @param start the value each column's sums start with, {@code [columns, padded]}
   * @param c overwritten: its rows are cRow floats apart, its panels cPanel (LANES where it is kept
   *     in rows); {@code [rows][columns, padded]}
   * @param columns without padding
   * @param manyZeros whether most of a single row of a may be 0; then these may be left out, and
   *     the result is undefined where b is infinite or NaN
   */
  void product(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bPanel,
      float[] start,
      int startAt,
      float[] c,
      int cAt,
      int cRow,
      int cPanel,
      int rows,
      int steps,
      int columns,
      boolean manyZeros);

  /**
   * The same product with a sparse left-hand side, and the same bits where b is finite (how many of
   * the zeros in a are multiplied is open): {@code c[i][j] = start[j] + sum over s of a[order[first
   * + i]][s] * b[s][j]}, for the rows from to to (exclusive) of c.
   *
   * @param order which rows of a; {@code order[first + i]} is the one for row i of c
   */
  void sparseProduct(
      SparseRows a,
      int[] order,
      int first,
      float[] b,
      int bAt,
      int bPanel,
      float[] start,
      int startAt,
      float[] c,
      int cRow,
      int cPanel,
      int from,
      int to,
      int columns);

  /**
   * A product whose left-hand side is sparse and transposed: {@code c[s][j] = sum over i of
   * a[order[first + i]][s] * b[i][j]}, for the steps s from to to (exclusive), both a {@link
   * SparseRows#boundary}. As there, the bits are those of the dense product where b is finite.
   *
   * @param b in panels that are bPanel floats apart, {@code [columns / LANES][rows][LANES]}
   * @param c in panels that are cPanel floats apart, {@code [columns / LANES][steps][LANES]}; in
   *     each the rows from to to are overwritten
   * @param columns without padding
   */
  void sparseGradient(
      SparseRows a,
      int[] order,
      int first,
      int rows,
      float[] b,
      int bAt,
      int bPanel,
      float[] c,
      int cAt,
      int cPanel,
      int from,
      int to,
      int columns);

  /** Whether no value from from to to is infinite or NaN. */
  boolean allFinite(float[] values, int from, int to);

  /** {@code a = z > 0 ? z : slope * z} for the elements from to to. */
  void leakyRelu(float slope, float[] z, float[] a, int from, int to);

  /** {@code d = z > 0 ? d : slope * d}: the gradient through {@link #leakyRelu}. */
  void leakyReluGradient(float slope, float[] z, float[] d, int from, int to);

  /** {@code a = 1 / (1 + exp(-z))} for the elements from to to. */
  void sigmoid(float[] z, float[] a, int from, int to);

  /** {@code a = tanh(z)} for the elements from to to. */
  void tanh(float[] z, float[] a, int from, int to);

  /** {@code a = z > 0 ? high * z : low * (exp(z) - 1)} for the elements from to to. */
  void elu(float high, float low, float[] z, float[] a, int from, int to);

  /** {@code d = d * (z > 0 ? high : low * exp(z))}: the gradient through {@link #elu}. */
  void eluGradient(float high, float low, float[] z, float[] d, int from, int to);

  /** {@code a = z / (1 + exp(-z))} for the elements from to to. */
  void silu(float[] z, float[] a, int from, int to);

  /** {@code d = d * s * (1 + z * (1 - s))}, s the sigmoid of z: the gradient through it. */
  void siluGradient(float[] z, float[] d, int from, int to);

  /** {@code a = z * Phi(z)}, Phi the normal distribution function, for the elements from to to. */
  void gelu(float[] z, float[] a, int from, int to);

  /** {@code d = d * (Phi(z) + z * Phi'(z))}: the gradient through it. */
  void geluGradient(float[] z, float[] d, int from, int to);

  /** {@code a = ln(1 + exp(z))} for the elements from to to. */
  void softplus(float[] z, float[] a, int from, int to);

  /** {@code d = d / (1 + exp(-z))}: the gradient through it. */
  void softplusGradient(float[] z, float[] d, int from, int to);

  /** {@code a = exp(z - shift)} for the elements from to to. */
  void exp(float[] z, float shift, float[] a, int from, int to);
}
