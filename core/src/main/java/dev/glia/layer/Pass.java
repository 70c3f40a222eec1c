package dev.glia.layer;

import dev.glia.network.Architecture;

/**
 * What a layer does with the rows of a batch: forward, from what comes in to what comes out, and
 * back, from the gradient of the loss by what came out to that by what came in and by its arrays.
 *
 * <p>A step works on rows by themselves or on units by themselves, never both: so threads share
 * rows or units, and no sum is ever split. Steps on rows follow one another without a meeting of
 * threads. A layer whose rows depend on one another, such as batch normalisation, {@linkplain
 * #looksAtBatch says so}; then all threads meet before its own step on rows, and share its units to
 * look at the whole batch. The arrays are those of the layer's {@link Place}.
 */
public interface Pass {

  /**
   * Computes what comes out for the rows from to to (exclusive).
   *
   * @param parameters of the network, as {@link Architecture} lays them out
   */
  void forward(float[] parameters, int from, int to);

  /**
   * Computes the gradient by what came in for the rows from to to (exclusive); nothing where
   * {@linkplain Place#inGradient it is not wanted}.
   */
  void backward(float[] parameters, int from, int to);

  /** Whether the whole batch has to be looked at before the rows are computed. */
  default boolean looksAtBatch() {
    return false;
  }

  /**
   * Looks at all rows of the batch before {@link #forward}, for the units from to to (exclusive),
   * both multiples of the padding or the end.
   */
  default void beforeForward(float[] parameters, int rows, int from, int to) {}

  /** Looks at all rows of the batch before {@link #backward}, for the units from to to. */
  default void beforeBackward(float[] parameters, int rows, int from, int to) {}

  /**
   * Sums the gradients of one share of the layer's trained numbers over the rows of the batch.
   *
   * @param part which share, of so many parts
   */
  default void gradients(int rows, int part, int parts) {}

  /** Where a share of the layer's trained numbers starts, counted from the first of them. */
  default int shareStart(int part, int parts, int size) {
    return part == 0 ? 0 : size; // few numbers: the first share has them all
  }

  /** Is called when a share of the trained numbers has changed. */
  default void changed(float[] parameters, int part, int parts) {}

  /** The sums of the units before their activation, {@code [capacity][stride]}, if it has such. */
  default float[] sums() {
    return new float[0];
  }
}
