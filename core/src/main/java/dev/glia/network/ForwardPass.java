package dev.glia.network;

import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.SparseRows;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass: {@code z = a * weights + biases} and {@code a = f(z)}, layer by layer, for the
 * rows of a batch.
 *
 * <p>It owns the batch's numbers, made once and used again for every batch. Rows do not depend on
 * one another: threads may run different rows at the same time.
 */
public final class ForwardPass {

  private static final float[] NO_INPUT = {};

  private final Architecture architecture;
  private final Kernel kernel;
  private final int capacity;
  private float[] input; // [capacity][input stride]
  private @Nullable SparseRows sparse; // the input instead, where it is sparse
  private int[] order = new int[0]; // row i of the batch is order[first + i] of sparse
  private int first;
  private final float[][] z; // [layer][capacity][stride]: the sums
  private final float[][] a; // [layer][capacity][stride]: the activations

  /**
   * Room for a batch.
   *
   * @param capacity the most rows a batch has
   * @throws IllegalArgumentException if so many rows do not fit an array
   */
  public ForwardPass(Architecture architecture, int capacity, Kernel kernel) {
    this.architecture = architecture;
    this.kernel = kernel;
    this.capacity = capacity;
    input = rows(architecture.inputs());
    z = new float[architecture.depth()][];
    a = new float[architecture.depth()][];
    for (int layer = 0; layer < architecture.depth(); layer++) {
      z[layer] = rows(architecture.unitsOf(layer));
      a[layer] = rows(architecture.unitsOf(layer));
    }
  }

  private float[] rows(int width) {
    if ((long) capacity * Kernel.stride(width) > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "A batch of %d rows of %d numbers is too large for one array: take smaller batches."
              .formatted(capacity, width));
    }
    return new float[capacity * Kernel.stride(width)];
  }

  /**
   * Computes z and a of all layers for the rows from to to (exclusive).
   *
   * @param parameters as {@link Architecture} lays them out
   */
  public void run(float[] parameters, int from, int to) {
    if (sparse != null) {
      sparse.fetch(order, first + from, first + to);
    }
    layers(parameters, input, from * inputStrideOf(0), inputStrideOf(0), from, to);
  }

  /**
   * Computes z and a of all layers for rows that stay where they are.
   *
   * @param x the rows one after the other, {@code [rows][inputs]} from at
   */
  public void run(float[] parameters, float[] x, int at, int rows) {
    layers(parameters, x, at, architecture.inputs(), 0, rows);
  }

  /** All layers; the first reads its rows from x, xRow apart, from xAt on. */
  private void layers(float[] parameters, float[] x, int xAt, int xRow, int from, int to) {
    for (int layer = 0; layer < architecture.depth(); layer++) {
      int units = architecture.unitsOf(layer);
      int stride = architecture.strideOf(layer);
      int inputs = architecture.inputsOf(layer);
      int inStride = inputStrideOf(layer);
      int weights = architecture.weightsAt(layer);
      int biases = architecture.biasesAt(layer);
      int panel = inputs * Kernel.LANES;
      if (layer == 0 && sparse != null) {
        kernel.sparseProduct(
            sparse,
            order,
            first,
            parameters,
            weights,
            panel,
            parameters,
            biases,
            z[0],
            stride,
            Kernel.LANES,
            from,
            to,
            units);
      } else {
        kernel.product(
            layer == 0 ? x : a[layer - 1],
            layer == 0 ? xAt : from * inStride,
            layer == 0 ? xRow : inStride,
            1,
            parameters,
            weights,
            panel,
            parameters,
            biases,
            z[layer],
            from * stride,
            stride,
            Kernel.LANES,
            to - from,
            inputs,
            units,
            to - from == 1);
      }
      architecture
          .activationOf(layer)
          .forward(kernel, z[layer], a[layer], from * stride, to - from, units);
    }
  }

  /**
   * Takes the rows {@code order[first ..]} of a sparse matrix for the batch's input, instead of
   * {@link #input}.
   */
  public void setInput(SparseRows rows, int[] order, int first) {
    sparse = rows;
    input = NO_INPUT; // a full batch's is large
    this.order = order;
    this.first = first;
  }

  /**
   * The batch's input, {@code [capacity][stride of the inputs]}: to be filled before a run; empty
   * once {@link #setInput} has been called.
   */
  public float[] input() {
    return input;
  }

  /** The most rows a batch has. */
  public int capacity() {
    return capacity;
  }

  /** The activations of the last layer, {@code [capacity][stride]}. */
  public float[] output() {
    return a[architecture.depth() - 1];
  }

  /** The sums of a layer, {@code [capacity][stride]}. */
  float[] sumsOf(int layer) {
    return z[layer];
  }

  /** The sums of the last layer, {@code [capacity][stride]}. */
  public float[] outputSums() {
    return z[architecture.depth() - 1];
  }

  /** The activations of a layer, {@code [capacity][stride]}. */
  float[] activationsOf(int layer) {
    return a[layer];
  }

  /** Whether {@link #sparseGradient} gives the first layer's gradient. */
  boolean hasSparseGradient() {
    return sparse != null;
  }

  /** The greatest input up to the given one at which threads can share the inputs. */
  int inputBoundary(int input) {
    return hasSparseGradient() ? Objects.requireNonNull(sparse).boundary(input) : input;
  }

  /**
   * Sums some panels of the first layer's weight gradient over the rows of a sparse input.
   *
   * @param d the gradient by the panels' sums, {@code [panel][capacity][LANES]} from dAt
   * @param gradients {@code [panel][inputs][LANES]} from at, written for the inputs from to to
   *     (exclusive)
   * @param units of these panels
   */
  void sparseGradient(
      int rows, float[] d, int dAt, float[] gradients, int at, int from, int to, int units) {
    SparseRows input = Objects.requireNonNull(sparse);
    boolean alone = to - from == architecture.inputs() && units == architecture.unitsOf(0);
    if (!alone) { // a thread that is alone has just read all rows
      input.fetch(order, first, first + rows, from, to);
    }
    kernel.sparseGradient(
        input,
        order,
        first,
        rows,
        d,
        dAt,
        capacity * Kernel.LANES,
        gradients,
        at,
        architecture.inputs() * Kernel.LANES,
        from,
        to,
        units);
  }

  /** What comes into a layer: the batch's dense input or the activations of the layer before. */
  float[] inputsOf(int layer) {
    return layer == 0 ? input : a[layer - 1];
  }

  /** The distance of two rows of {@link #inputsOf}. */
  int inputStrideOf(int layer) {
    return Kernel.stride(architecture.inputsOf(layer));
  }

  /** The first layer that has a sum which is not finite, in the first rows; -1 if none has. */
  public int firstNotFinite(int rows) {
    for (int layer = 0; layer < architecture.depth(); layer++) {
      for (int row = 0; row < rows; row++) {
        for (float sum : sums(layer, row)) {
          if (!Float.isFinite(sum)) {
            return layer;
          }
        }
      }
    }
    return -1;
  }

  /** A copy of one row's sums in a layer, {@code [units]}. */
  public float[] sums(int layer, int row) {
    return row(z[layer], layer, row);
  }

  /** A copy of one row's activations in a layer, {@code [units]}. */
  public float[] activations(int layer, int row) {
    return row(a[layer], layer, row);
  }

  private float[] row(float[] values, int layer, int row) {
    int start = row * architecture.strideOf(layer);
    return Arrays.copyOfRange(values, start, start + architecture.unitsOf(layer));
  }
}
