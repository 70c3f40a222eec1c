package dev.glia.compute;

import dev.glia.internal.kernel.Kernel;

/** How rows of numbers stand in an array: each padded to a multiple of 16. */
public final class Padding {

  /** The length of a row is a multiple of it. */
  public static final int LANES = Kernel.LANES;

  private Padding() {}

  /** The length of a row of n numbers with its padding: the distance of two rows. */
  public static int stride(int n) {
    return Kernel.stride(n);
  }
}
