package dev.glia.network;

import dev.glia.data.Matrix;
import dev.glia.internal.kernel.Workers;
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
  private static final int BLOCK = 128; // rows at a time: their numbers stay in the cache

  private final Architecture architecture;
  private final float[] parameters;
  private final KernelChoice kernel;
  private final ForwardPass one;
  private final Workers workers;
  private final @Nullable ForwardPass[] passes; // [shares], each made when rows come
  private final Workers.Task task = this::blocks;

  private float[] x = NONE; // the running call's rows ...
  private @Nullable Matrix matrix; // ... or these
  private float[] outputs = NONE; // its results
  private int rows;

  Predictor(Architecture architecture, float[] parameters, KernelChoice kernel, int threads) {
    this.architecture = architecture;
    this.parameters = parameters;
    this.kernel = kernel;
    one = new ForwardPass(architecture, 1, kernel);
    workers = new Workers(threads);
    passes = new ForwardPass[threads];
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
    rows = count;
    this.outputs = outputs;
    workers.run(task);
    x = NONE; // the caller's arrays are not kept
    matrix = null;
    this.outputs = NONE;
  }

  /** A share of the running call's rows, block by block. */
  private void blocks(int share, int count) {
    ForwardPass pass = passes[share];
    int capacity = Math.clamp(rows, 1, BLOCK);
    if (pass == null || pass.capacity() < capacity) {
      pass = new ForwardPass(architecture, capacity, kernel);
      passes[share] = pass;
    }
    for (int start = share * BLOCK; start < rows; start += count * BLOCK) {
      block(pass, start, Math.min(BLOCK, rows - start));
    }
  }

  private void block(ForwardPass pass, int start, int count) {
    if (matrix == null) {
      pass.run(parameters, x, start * architecture.inputs(), count);
    } else {
      int stride = Place.stride(architecture.inputs());
      for (int row = 0; row < count; row++) {
        matrix.copyRow(start + row, pass.input(), row * stride);
      }
      pass.run(parameters, 0, count);
    }
    copyOutputs(pass, start, count, outputs);
  }

  private void copyOutputs(ForwardPass pass, int start, int count, float[] outputs) {
    int units = architecture.outputs();
    int stride = Place.stride(units);
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
    workers.close();
  }
}
