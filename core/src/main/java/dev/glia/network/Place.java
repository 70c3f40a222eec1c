package dev.glia.network;

import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.SparseBatch;
import org.jspecify.annotations.Nullable;

/**
 * Where a layer stands in a network that runs: its arrays, which it shares with its neighbours.
 *
 * <p>What goes through a layer stands in rows that are padded with numbers of no meaning to a
 * multiple of 16: {@code [capacity][stride]}. The padding of gradients is 0.
 */
public final class Place {

  /** What goes through a layer stands in rows of a multiple of so many numbers. */
  public static final int PADDING = Kernel.LANES;

  private final ForwardPass forward;
  private final Architecture architecture;
  private final int layer;
  private final int inputs;
  private final int outputs;
  private final boolean wantsInGradient;
  private @Nullable Backpropagation backward; // null where the network predicts

  Place(ForwardPass forward, Architecture architecture, int layer) {
    this.forward = forward;
    this.architecture = architecture;
    this.layer = layer;
    inputs = architecture.inputsOf(layer);
    outputs = architecture.unitsOf(layer);
    boolean learns = false;
    for (int before = 0; before < layer; before++) {
      learns |= architecture.trainedSize(before) > 0;
    }
    wantsInGradient = learns;
  }

  /** The length of a row of n numbers with its padding. */
  public static int stride(int n) {
    return Kernel.stride(n);
  }

  void setBackward(Backpropagation backward) {
    this.backward = backward;
  }

  private Backpropagation backward() {
    if (backward == null) {
      throw new IllegalStateException("A network that predicts has no gradients.");
    }
    return backward;
  }

  /** How many numbers come in. */
  public int inputs() {
    return inputs;
  }

  /** How many numbers come out. */
  public int outputs() {
    return outputs;
  }

  /** The most rows a batch has. */
  public int capacity() {
    return forward.capacity();
  }

  /** The distance of two rows of {@link #in}. */
  public int inStride() {
    return stride(inputs);
  }

  /** The distance of two rows of {@link #out}. */
  public int outStride() {
    return stride(outputs);
  }

  /** What comes in, {@code [capacity][inStride]}. */
  public float[] in() {
    return forward.before(layer);
  }

  /** What comes out, {@code [capacity][outStride]}. */
  public float[] out() {
    return forward.activationsOf(layer);
  }

  /** The gradient of the loss by what came out, {@code [capacity][outStride]}. */
  public float[] outGradient() {
    return backward().by(layer);
  }

  /** The gradient of the loss by what came in, {@code [capacity][inStride]}: to be written. */
  public float[] inGradient() {
    return backward().by(forward.activeBefore(layer));
  }

  /** Whether a layer before this one has something to learn, so that it needs a gradient. */
  public boolean wantsInGradient() {
    return wantsInGradient;
  }

  /** The gradients by all numbers of the network, laid out as they are. */
  public float[] gradients() {
    return backward().gradients();
  }

  /** Where an array of the layer starts among all numbers of the network. */
  public int at(String slot) {
    return architecture.at(layer, slot);
  }

  /** Whether the network learns; if not, it predicts. */
  public boolean training() {
    return forward.training();
  }

  /** Functions for stretches of rows. */
  public FloatFunctions functions() {
    return forward.functions();
  }

  /** What the layer's random numbers for the running batch are made of: see {@link Noise}. */
  public long noise() {
    return forward.noise(layer);
  }

  /** Whether it is the last layer, whose gradient by the sums comes from the loss. */
  boolean isLast() {
    return layer == architecture.depth() - 1;
  }

  // What follows is for a dense layer alone, which reads the network's input where it lies.

  Kernel kernel() {
    return forward.kernel();
  }

  float[] rows(int width) {
    return forward.rows(width);
  }

  private boolean readsInput() {
    return forward.activeBefore(layer) < 0;
  }

  /** The sparse rows that come in instead of {@link #in}; null if they are not sparse. */
  @Nullable SparseBatch sparse() {
    return readsInput() ? forward.sparse() : null;
  }

  /** Where the first row of {@link #in} starts. */
  int inAt() {
    return readsInput() ? forward.inputAt() : 0;
  }

  /** Whether the rows of {@link #in} are padded; a caller's own are not. */
  boolean inIsPadded() {
    return !readsInput() || forward.inputIsPadded();
  }
}
