package dev.glia.layer;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

/**
 * Where a layer stands in a network that runs: its arrays, which it shares with its neighbours.
 *
 * <p>What goes through a layer stands in rows that are {@linkplain Padding padded} with numbers of
 * no meaning: {@code [capacity][stride]}. The padding of gradients is 0.
 */
public interface Place {

  /** How many numbers come in. */
  int inputs();

  /** How many numbers come out. */
  int outputs();

  /** The most rows a batch has. */
  int capacity();

  /** The distance of two rows of {@link #in}. */
  default int inStride() {
    return Padding.stride(inputs());
  }

  /** The distance of two rows of {@link #out}. */
  default int outStride() {
    return Padding.stride(outputs());
  }

  /** What comes in, {@code [capacity][inStride]}. */
  float[] in();

  /** What comes out, {@code [capacity][outStride]}. */
  float[] out();

  /**
   * The gradient of the loss by what came out, {@code [capacity][outStride]}.
   *
   * @throws IllegalStateException if the network predicts
   */
  float[] outGradient();

  /**
   * The gradient of the loss by what came in, {@code [capacity][inStride]}: to be written.
   *
   * @throws IllegalStateException if the network predicts
   */
  float[] inGradient();

  /**
   * Whether a gradient is needed there: a layer before this one has something to learn, or somebody
   * looks at it.
   */
  boolean wantsInGradient();

  /**
   * The gradients by all numbers of the network, laid out as they are.
   *
   * @throws IllegalStateException if the network predicts
   */
  float[] gradients();

  /** Where an array of the layer starts among all numbers of the network. */
  int at(String slot);

  /** Whether the network learns; if not, it predicts. */
  boolean training();

  /** Functions for stretches of rows. */
  FloatFunctions functions();

  /** What the layer's random numbers for the running batch are made of: see {@link Noise}. */
  long noise();
}
