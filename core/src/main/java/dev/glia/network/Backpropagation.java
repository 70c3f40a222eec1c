package dev.glia.network;

import dev.glia.compute.KernelChoice;
import dev.glia.internal.kernel.Kernel;
import dev.glia.layer.Pass;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The backward pass: from the gradient of the loss by the output layer's sums to the gradient by
 * every number that is learnt, layer by layer from the last; what a layer does stands in its {@link
 * Pass}.
 *
 * <p>Carrying the gradient back works on each row by itself ({@link #run}), the gradients sum over
 * all rows but work on each number by itself ({@link #gradients}): so threads share the rows first
 * and then the numbers, and no sum is ever split.
 */
public final class Backpropagation {

  private final Architecture architecture;
  private final ForwardPass forward;
  private final float[][] d; // [layer][capacity][stride]: the gradient by what comes out
  private final float[] byInput; // [capacity][stride of the inputs]; empty if nobody asks for it
  private final float[] gradients; // as the parameters

  /**
   * Room for a batch to learn from.
   *
   * @param capacity the most rows a batch has
   * @throws IllegalArgumentException if so many rows do not fit an array
   */
  public Backpropagation(Architecture architecture, int capacity, KernelChoice kernel) {
    this(architecture, capacity, kernel, false);
  }

  private Backpropagation(
      Architecture architecture, int capacity, KernelChoice kernel, boolean toInput) {
    this.architecture = architecture;
    forward = ForwardPass.learning(architecture, capacity, kernel);
    byInput = toInput ? forward.rows(architecture.inputs()) : new float[0];
    int depth = architecture.depth();
    d = new float[depth][];
    gradients = new float[architecture.paddedLength()];
    for (int layer = 0; layer < depth; layer++) {
      d[layer] = new float[capacity * architecture.strideOf(layer)];
      forward.place(layer).setBackward(this);
      forward.makePass(layer);
    }
  }

  /**
   * One that carries the gradient on to the network's input, which no training needs: for those who
   * look at it.
   */
  public static Backpropagation toInput(
      Architecture architecture, int capacity, KernelChoice kernel) {
    return new Backpropagation(architecture, capacity, kernel, true);
  }

  /** The forward pass of the batch. */
  public ForwardPass forward() {
    return forward;
  }

  /**
   * The gradient of the loss by the output layer's sums, {@code [capacity][stride]}: to be filled
   * before a run, the padding left 0.
   */
  public float[] outputGradient() {
    return d[architecture.depth() - 1];
  }

  /** The gradient by what comes out of a layer, {@code [capacity][stride]}; by the input for -1. */
  float[] by(int layer) {
    return layer < 0 ? byInput : d[layer];
  }

  /** Whether the gradient goes on to the network's input. */
  boolean goesToInput() {
    return byInput.length > 0;
  }

  /**
   * A copy of one row's gradient by what comes out of a layer, {@code [units]}; by its sums once a
   * dense layer has carried it back.
   */
  public float[] outGradient(int layer, int row) {
    int start = row * architecture.strideOf(layer);
    return Arrays.copyOfRange(d[layer], start, start + architecture.unitsOf(layer));
  }

  /**
   * A copy of one row's gradient by the network's input, {@code [inputs]}; see {@link #toInput}.
   */
  public float[] inputGradient(int row) {
    int inputs = architecture.inputs();
    int start = row * Kernel.stride(inputs);
    return Arrays.copyOfRange(byInput, start, start + inputs);
  }

  /** The gradients by all parameters, laid out as they are. */
  public float[] gradients() {
    return gradients;
  }

  /** Whether the gradients from from to to (exclusive) are finite; both divide by the padding. */
  public boolean areFinite(int from, int to) {
    return forward.kernel().allFinite(gradients, from, to);
  }

  private Pass pass(int layer) {
    Pass pass = forward.pass(layer);
    if (pass == null) {
      throw new IllegalStateException("Every layer computes while a network learns.");
    }
    return pass;
  }

  /** Tells the layers that a share of each one's parameters has changed. */
  public void changed(float[] parameters, int part, int parts) {
    for (int layer = 0; layer < architecture.depth(); layer++) {
      pass(layer).changed(parameters, part, parts);
    }
  }

  /**
   * Carries the gradient back through the layers above toLayer, from fromLayer down, for the rows
   * from to to (exclusive).
   */
  public void run(float[] parameters, int from, int to, int fromLayer, int toLayer) {
    for (int layer = fromLayer; layer > toLayer; layer--) {
      pass(layer).backward(parameters, from, to);
    }
  }

  /** Lets a layer look at the whole batch before it carries back: a share of its units. */
  public void lookAtBatch(float[] parameters, int layer, int rows, int part, int parts) {
    pass(layer)
        .beforeBackward(
            parameters,
            rows,
            ForwardPass.unitsStart(architecture, layer, part, parts),
            ForwardPass.unitsStart(architecture, layer, part + 1, parts));
  }

  /**
   * Sums the gradients of one share of a layer's parameters over the first rows of the batch.
   *
   * @param part which share of the layer's parameters, of so many parts
   */
  public void gradients(int layer, int rows, int part, int parts) {
    pass(layer).gradients(rows, part, parts);
  }

  /** Where a share's parameters of a layer start in the array of all. */
  public int shareStart(int layer, int part, int parts) {
    int size = architecture.trainedSize(layer);
    return architecture.startOf(layer) + pass(layer).shareStart(part, parts, size);
  }

  /** Where a share's parameters of a layer end. */
  public int shareEnd(int layer, int part, int parts) {
    return shareStart(layer, part + 1, parts);
  }

  /** Runs a whole batch forward by one thread. */
  public void runForward(float[] parameters, int rows) {
    int layer = 0;
    for (int meeting : forward.meetings()) {
      forward.run(parameters, 0, rows, layer, meeting);
      forward.lookAtBatch(parameters, meeting, rows, 0, 1);
      layer = meeting;
    }
    forward.run(parameters, 0, rows, layer, architecture.depth());
  }

  /** Carries the gradients of a whole batch back by one thread, and sums them. */
  public void runBack(float[] parameters, int rows) {
    runBack(parameters, rows, layer -> {});
  }

  /**
   * The same for one who looks on.
   *
   * @param reached gets each layer when the gradient {@linkplain #outGradient by what comes out of
   *     it} is there, before the layer itself works with it
   */
  public void runBack(float[] parameters, int rows, IntConsumer reached) {
    for (int layer = architecture.depth() - 1; layer >= 0; layer--) {
      reached.accept(layer);
      if (pass(layer).looksAtBatch()) {
        lookAtBatch(parameters, layer, rows, 0, 1);
      }
      run(parameters, 0, rows, layer, layer - 1);
    }
    for (int layer = 0; layer < architecture.depth(); layer++) {
      gradients(layer, rows, 0, 1);
    }
  }
}
