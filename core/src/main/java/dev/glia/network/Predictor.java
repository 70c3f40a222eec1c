package dev.glia.network;

import dev.glia.data.Matrix;
import dev.glia.internal.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network forward without allocating: it owns the numbers in between, so one thread uses it
 * at a time. Any number of predictors share one {@link Network}.
 */
public final class Predictor {

  private static final int BLOCK = 128; // rows at a time: their numbers stay in the cache

  private final Architecture architecture;
  private final float[] parameters;
  private final ForwardPass one;
  private final Kernel kernel;
  private @Nullable ForwardPass block; // made when rows come, again when more come

  Predictor(Architecture architecture, float[] parameters, Kernel kernel) {
    this.architecture = architecture;
    this.parameters = parameters;
    this.kernel = kernel;
    one = new ForwardPass(architecture, 1, kernel);
  }

  /**
   * The outputs for one row.
   *
   * @param x {@code [inputs]}
   * @param outputs {@code [outputs]}, overwritten
   * @throws IllegalArgumentException if an array has another length
   */
  public void predict(float[] x, float[] outputs) {
    checkRoom(outputs, 1);
    one.setInput(0, x);
    one.run(parameters, 0, 1);
    System.arraycopy(one.output(), 0, outputs, 0, outputs.length);
  }

  /**
   * The outputs for all rows.
   *
   * @param x {@code [rows][inputs]}
   * @param outputs {@code [rows][outputs]}, overwritten
   * @throws IllegalArgumentException if a shape does not fit
   */
  public void predict(Matrix x, float[] outputs) {
    if (x.columns() != architecture.inputs()) {
      throw new IllegalArgumentException(
          "The network has %d inputs, the data has %d columns."
              .formatted(architecture.inputs(), x.columns()));
    }
    checkRoom(outputs, x.rows());
    int capacity = Math.clamp(x.rows(), 1, BLOCK);
    if (block == null || block.capacity() < capacity) {
      block = new ForwardPass(architecture, capacity, kernel);
    }
    int units = architecture.outputs();
    int stride = Kernel.stride(units);
    int inStride = Kernel.stride(architecture.inputs());
    for (int start = 0; start < x.rows(); start += block.capacity()) {
      int rows = Math.min(block.capacity(), x.rows() - start);
      for (int row = 0; row < rows; row++) {
        x.copyRow(start + row, block.input(), row * inStride);
      }
      block.run(parameters, 0, rows);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(block.output(), row * stride, outputs, (start + row) * units, units);
      }
    }
  }

  private void checkRoom(float[] outputs, int rows) {
    if (outputs.length != (long) rows * architecture.outputs()) {
      throw new IllegalArgumentException(
          "%d rows of %d outputs need an array of %d floats, got %d."
              .formatted(
                  rows,
                  architecture.outputs(),
                  (long) rows * architecture.outputs(),
                  outputs.length));
    }
  }
}
