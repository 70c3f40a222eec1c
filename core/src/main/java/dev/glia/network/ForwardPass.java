package dev.glia.network;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.KernelChoice;
import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.Kernels;
import dev.glia.internal.kernel.SparseBatch;
import dev.glia.internal.kernel.SparseRows;
import dev.glia.layer.Dense;
import dev.glia.layer.Noise;
import dev.glia.layer.Pass;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass of a network, layer by layer, for the rows of a batch.
 *
 * <p>It owns the batch's numbers, made once and used again for every batch. Rows do not depend on
 * one another, save where a layer {@linkplain #meetings looks at the whole batch}: threads may run
 * different rows at the same time.
 */
public final class ForwardPass {

  private static final float[] NO_INPUT = {};

  private final Architecture architecture;
  private final Kernel kernel;
  private final FloatFunctions functions;
  private final int capacity;
  private final boolean training;
  private final float[][] a; // [layer][capacity][stride]: what comes out; empty for one left out
  private final EnginePlace[] places; // [layer]
  private final @Nullable Pass[] passes; // [layer]; null for a layer that has nothing to do
  private final long[] noise; // [layer]
  private final int firstActive;
  private float[] input; // [capacity][input stride]
  private float[] x; // the input, or rows of a caller's
  private int xAt;
  private boolean xIsPadded = true;
  private @Nullable Features features; // rows that were taken and have still to be copied ...
  private @Nullable SparseBatch sparse; // ... or that the first layer reads as they are
  private int[] order = new int[0]; // row i of the batch is order[first + i] of features
  private int first;

  /**
   * Room for a batch to predict.
   *
   * @param capacity the most rows a batch has
   * @throws IllegalArgumentException if so many rows do not fit an array
   */
  public ForwardPass(Architecture architecture, int capacity, KernelChoice kernel) {
    this(architecture, capacity, kernel, false);
    for (int layer = 0; layer < passes.length; layer++) {
      makePass(layer);
    }
  }

  private ForwardPass(
      Architecture architecture, int capacity, KernelChoice kernel, boolean training) {
    this.architecture = architecture;
    this.kernel = Kernels.named(kernel.name());
    functions = kernel.functions();
    this.capacity = capacity;
    this.training = training;
    input = rows(architecture.inputs());
    x = input;
    int depth = architecture.depth();
    a = new float[depth][];
    places = new EnginePlace[depth];
    passes = new Pass[depth];
    noise = new long[depth];
    int firstActive = depth;
    for (int layer = depth - 1; layer >= 0; layer--) {
      boolean active = isActive(layer);
      firstActive = active ? layer : firstActive;
      a[layer] = active ? rows(architecture.unitsOf(layer)) : NO_INPUT;
      places[layer] = new EnginePlace(this, architecture, layer);
    }
    this.firstActive = firstActive;
  }

  /** Room for a batch to learn from; the passes are made by {@link Backpropagation}. */
  static ForwardPass learning(Architecture architecture, int capacity, KernelChoice kernel) {
    return new ForwardPass(architecture, capacity, kernel, true);
  }

  EnginePlace place(int layer) {
    return places[layer];
  }

  /** Makes a layer's pass, once what it needs is there. */
  void makePass(int layer) {
    if (isActive(layer)) {
      passes[layer] = architecture.layers().get(layer).pass(places[layer]);
    }
  }

  private boolean isActive(int layer) {
    return training || !architecture.layers().get(layer).onlyInTraining();
  }

  /** The pass of a layer; null for one that has nothing to do. */
  @Nullable Pass pass(int layer) {
    return passes[layer];
  }

  float[] rows(int width) {
    if ((long) capacity * Kernel.stride(width) > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "A batch of %d rows of %d numbers is too large for one array: take smaller batches."
              .formatted(capacity, width));
    }
    return new float[capacity * Kernel.stride(width)];
  }

  /**
   * Computes all layers for the rows from to to (exclusive) of a batch to predict.
   *
   * @param parameters as {@link Architecture} lays them out
   */
  public void run(float[] parameters, int from, int to) {
    run(parameters, from, to, 0, architecture.depth());
  }

  /**
   * Computes all layers for rows that stay where they are.
   *
   * @param x the rows one after the other, {@code [rows][inputs]} from at
   */
  public void run(float[] parameters, float[] x, int at, int rows) {
    features = null;
    sparse = null;
    if (readsWhereItLies()) {
      this.x = x;
      xAt = at;
      xIsPadded = false;
    } else {
      makeInput();
      int inputs = architecture.inputs();
      int stride = Kernel.stride(inputs);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(x, at + row * inputs, input, row * stride, inputs);
      }
    }
    run(parameters, 0, rows, 0, architecture.depth());
    makeInput(); // the caller's array is not kept
  }

  /** Computes the layers from fromLayer to toLayer (exclusive) for some rows. */
  public void run(float[] parameters, int from, int to, int fromLayer, int toLayer) {
    if (fromLayer == 0) {
      copyTaken(from, to);
    }
    if (sparse != null && fromLayer <= firstActive) {
      sparse.fetch(from, to);
    }
    for (int layer = fromLayer; layer < toLayer; layer++) {
      Pass pass = passes[layer];
      if (pass != null) {
        pass.forward(parameters, from, to);
      }
    }
  }

  /** The layers before whose rows all threads have to meet, since they look at the whole batch. */
  public int[] meetings() {
    int[] layers = new int[architecture.depth()];
    int count = 0;
    for (int layer = 0; layer < layers.length; layer++) {
      Pass pass = passes[layer];
      if (pass != null && pass.looksAtBatch()) {
        layers[count++] = layer;
      }
    }
    return Arrays.copyOf(layers, count);
  }

  /** Lets a layer look at the whole batch before its rows: a share of its units. */
  public void lookAtBatch(float[] parameters, int layer, int rows, int part, int parts) {
    Pass pass = passes[layer];
    if (pass != null) {
      pass.beforeForward(
          parameters,
          rows,
          unitsStart(architecture, layer, part, parts),
          unitsStart(architecture, layer, part + 1, parts));
    }
  }

  static int unitsStart(Architecture architecture, int layer, int part, int parts) {
    int lanes = Kernel.LANES;
    return (int) ((long) architecture.strideOf(layer) / lanes * part / parts) * lanes;
  }

  /** Begins an update: the layers' random numbers are those of seed and update. */
  public void beginUpdate(long seed, long update) {
    for (int layer = 0; layer < noise.length; layer++) {
      noise[layer] = Noise.key(seed, update, layer);
    }
  }

  /**
   * Takes the rows {@code order[first ..]} of features for the batch: those of a run are read, or
   * copied to {@link #input}, when it begins with the first layer.
   */
  public void take(Features features, int[] order, int first) {
    SparseRows rows = readsWhereItLies() ? features.sparse() : null;
    if (rows == null) {
      this.features = features;
      this.order = order;
      this.first = first;
      sparse = null;
      makeInput();
      return;
    }
    this.features = null;
    if (sparse == null || sparse.rows() != rows) {
      sparse = new SparseBatch(rows);
    }
    sparse.take(order, first);
    input = NO_INPUT; // a full batch's is large
    x = NO_INPUT;
  }

  /** Takes rows as {@link #take} does, once for all runs to come: what has to be copied is now. */
  public void keep(Features features, int[] order) {
    take(features, order, 0);
    copyTaken(0, Math.min(order.length, capacity));
    this.features = null;
  }

  /** Whether the first layer that computes reads its input where it lies. */
  private boolean readsWhereItLies() {
    return architecture.layers().get(firstActive) instanceof Dense;
  }

  private void copyTaken(int from, int to) {
    if (features != null) {
      int stride = Kernel.stride(architecture.inputs());
      for (int row = from; row < to; row++) {
        features.copyRow(order[first + row], input, row * stride);
      }
    }
  }

  private void makeInput() {
    if (input.length == 0) {
      input = rows(architecture.inputs());
    }
    x = input;
    xAt = 0;
    xIsPadded = true;
  }

  /**
   * The batch's input, {@code [capacity][stride of the inputs]}: to be filled before {@link
   * #run(float[], int, int)}, instead of {@linkplain #take taking} rows.
   */
  public float[] input() {
    features = null;
    sparse = null;
    makeInput();
    return input;
  }

  /** The most rows a batch has. */
  public int capacity() {
    return capacity;
  }

  boolean training() {
    return training;
  }

  Kernel kernel() {
    return kernel;
  }

  /** The functions of the kernel in use. */
  public FloatFunctions functions() {
    return functions;
  }

  long noise(int layer) {
    return noise[layer];
  }

  @Nullable SparseBatch sparse() {
    return sparse;
  }

  int inputAt() {
    return xAt;
  }

  boolean inputIsPadded() {
    return xIsPadded;
  }

  /** The nearest layer before one that computes; -1 if there is none. */
  int activeBefore(int layer) {
    int before = layer - 1;
    while (before >= 0 && !isActive(before)) {
      before--;
    }
    return before;
  }

  /** What comes into a layer: the batch's dense input or what comes out of the layer before. */
  float[] before(int layer) {
    int before = activeBefore(layer);
    return before < 0 ? x : a[before];
  }

  /** What comes out of the last layer, {@code [capacity][stride]}. */
  public float[] output() {
    return a[architecture.depth() - 1];
  }

  /** The sums of the last layer, {@code [capacity][stride]}. */
  public float[] outputSums() {
    return sumsOf(architecture.depth() - 1);
  }

  private float[] sumsOf(int layer) {
    Pass pass = passes[layer];
    return pass == null || pass.sums().length == 0 ? a[layer] : pass.sums();
  }

  /** What comes out of a layer, {@code [capacity][stride]}. */
  float[] activationsOf(int layer) {
    return a[layer];
  }

  /** The first layer that has a sum which is not finite, in the first rows; -1 if none has. */
  public int firstNotFinite(int rows) {
    for (int layer = 0; layer < architecture.depth(); layer++) {
      for (int row = 0; row < rows && isActive(layer); row++) {
        for (float sum : sums(layer, row)) {
          if (!Float.isFinite(sum)) {
            return layer;
          }
        }
      }
    }
    return -1;
  }

  /**
   * A copy of one row's sums in a layer, {@code [units]}; of a layer without an activation what
   * comes out.
   */
  public float[] sums(int layer, int row) {
    return row(sumsOf(layer), layer, row);
  }

  /** A copy of what comes out of a layer for one row, {@code [units]}. */
  public float[] activations(int layer, int row) {
    if (!isActive(layer)) {
      int before = activeBefore(layer);
      return before < 0 ? row(x, layer, row) : activations(before, row);
    }
    return row(a[layer], layer, row);
  }

  private float[] row(float[] values, int layer, int row) {
    int start = row * architecture.strideOf(layer);
    return Arrays.copyOfRange(values, start, start + architecture.unitsOf(layer));
  }
}
