package dev.glia.data;

/** What a data set wants to have predicted: one of some classes, or a number. */
public sealed interface Target permits ClassTarget, NumberTarget {

  /** The number of rows. */
  int rows();

  /** The given rows in the given order. */
  Target select(int[] rows);
}
