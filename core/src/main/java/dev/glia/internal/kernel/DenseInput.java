package dev.glia.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What the engine tells a dense layer alone, beside what it tells any: the arithmetic, and the
 * network's input where it lies, sparse or in rows of a caller's.
 */
public interface DenseInput {

  /** The arithmetic. */
  Kernel kernel();

  /** Room for a batch of rows of so many numbers, {@code [capacity][stride]}. */
  float[] rows(int width);

  /** Whether it is the last layer, whose gradient by the sums comes from the loss. */
  boolean isLast();

  /** The sparse rows that come in instead of dense ones; null if they are not sparse. */
  @Nullable SparseBatch sparse();

  /** Where the first row that comes in starts. */
  int inAt();

  /** Whether the rows that come in are padded; a caller's own are not. */
  boolean inIsPadded();
}
