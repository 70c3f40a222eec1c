package dev.glia.network;

import dev.glia.compute.KernelChoice;
import dev.glia.compute.Padding;
import dev.glia.table.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network forward without allocating: it owns the numbers in between, so one thread uses it
 * at a time. Any number of predictors share one {@link Network}.
 *
 * <p>One made for several threads shares the rows of a call among them, with the same result; close
 * it to end its threads.
 */
public final class Predictor implements AutoCloseable {

  private static final float[] NONE = {};

  private final Architecture architecture;
  private final float[] parameters;
  private final ForwardPass one;
  private final RowBlocks blocks;

  private float[] x = NONE; // the running call's rows ...
  private @Nullable Matrix matrix; // ... or these
  private float[] outputs = NONE; // its results

  Predictor(Architecture architecture, float[] parameters, KernelChoice kernel, int threads) {
    this.architecture = architecture;
    this.parameters = parameters;
    one = new ForwardPass(architecture, 1, kernel);
    blocks = new RowBlocks(architecture, kernel, threads, new Rows());
  }

  /**
   * The outputs for one row, or for several that stand one after the other.
   *
   * @param x {@code [rows][inputs]}
   * @param outputs {@code [rows][outputs]}, overwritten
   * @throws IllegalArgumentException if x does not consist of whole rows or outputs has another
   *     length
   */
  public void predict(float[] x, float[] outputs) {
    int inputs = architecture.inputs();
    if (x.length % inputs != 0 || x.length == 0) {
      throw new IllegalArgumentException(
          "The network has %d inputs, got a row of %d values.".formatted(inputs, x.length));
    }
    int count = x.length / inputs;
    checkRoom(outputs, count);
    if (count == 1) {
      one.run(parameters, x, 0, 1);
      copyOutputs(one, 0, 1, outputs);
    } else {
      this.x = x;
      matrix = null;
      run(count, outputs);
    }
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
    matrix = x;
    run(x.rows(), outputs);
  }

  private void run(int count, float[] outputs) {
    this.outputs = outputs;
    blocks.walk(parameters, count);
    x = NONE; // the caller's arrays are not kept
    matrix = null;
    this.outputs = NONE;
  }

  /** The running call's rows. */
  private final class Rows implements RowBlocks.Visitor {
    @Override
    public void run(ForwardPass pass, float[] parameters, int first, int rows) {
      Matrix from = matrix;
      if (from == null) {
        pass.run(parameters, x, first * architecture.inputs(), rows);
        return;
      }
      int stride = Padding.stride(architecture.inputs());
      for (int row = 0; row < rows; row++) {
        from.copyRow(first + row, pass.input(), row * stride);
      }
      pass.run(parameters, 0, rows);
    }

    @Override
    public void take(ForwardPass pass, int share, int first, int rows) {
      copyOutputs(pass, first, rows, outputs);
    }
  }

  private void copyOutputs(ForwardPass pass, int start, int count, float[] outputs) {
    int units = architecture.outputs();
    int stride = Padding.stride(units);
    for (int row = 0; row < count; row++) {
      System.arraycopy(pass.output(), row * stride, outputs, (start + row) * units, units);
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

  /** Ends the threads, if there are any. */
  @Override
  public void close() {
    blocks.close();
  }
}
