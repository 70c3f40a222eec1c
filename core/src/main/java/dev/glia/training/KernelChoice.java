package dev.glia.training;

import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.Kernels;

/** Which implementation of the arithmetic to use: all give the same numbers. */
public enum KernelChoice {
  /** The vector kernel where the JVM has it, else the scalar one. */
  AUTO,
  /** The Vector API. */
  VECTOR,
  /** Plain loops. */
  SCALAR;

  /**
   * The kernel itself.
   *
   * @throws IllegalStateException if the JVM does not have it
   */
  public Kernel kernel() {
    return switch (this) {
      case AUTO -> Kernels.fastest();
      case VECTOR -> Kernels.vector();
      case SCALAR -> Kernels.scalar();
    };
  }
}
