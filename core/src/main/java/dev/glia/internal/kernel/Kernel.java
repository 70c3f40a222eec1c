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
 * <p>Rows of a result and of {@code b} are {@code stride} floats apart, a multiple of {@link
 * #LANES}, so that no implementation needs a tail. What stands in the padding of a result is
 * undefined but finite where the padding of the operands is; no sum ever reads it.
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
   * <p>{@code a[i][s]} stands at {@code aOffset + i * aRow + s * aStep}, so a transposed matrix is
   * read where it lies.
   *
   * @param start {@code [stride]} floats from startOffset: the value each column's sums start with
   * @param b {@code [steps][stride]} from bOffset
   * @param c {@code [rows][stride]} from cOffset, overwritten
   * @param stride columns with padding, a multiple of {@link #LANES}
   */
  void product(
      float[] a,
      int aOffset,
      int aRow,
      int aStep,
      float[] b,
      int bOffset,
      float[] start,
      int startOffset,
      float[] c,
      int cOffset,
      int rows,
      int steps,
      int stride);

  /** {@code a = z > 0 ? z : slope * z} for the elements from to to. */
  void leakyRelu(float slope, float[] z, float[] a, int from, int to);

  /** {@code d = z > 0 ? d : slope * d}: the gradient through {@link #leakyRelu}. */
  void leakyReluGradient(float slope, float[] z, float[] d, int from, int to);

  /** {@code a = 1 / (1 + exp(-z))} for the elements from to to, whose number divides by LANES. */
  void sigmoid(float[] z, float[] a, int from, int to);

  /** {@code a = tanh(z)} for the elements from to to, whose number divides by LANES. */
  void tanh(float[] z, float[] a, int from, int to);

  /** {@code a = exp(z - shift)} for the elements from to to, whose number divides by LANES. */
  void exp(float[] z, float shift, float[] a, int from, int to);
}
