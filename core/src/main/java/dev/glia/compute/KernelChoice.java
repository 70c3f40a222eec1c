package dev.glia.compute;

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
   * What it is on this JVM, such as {@code vector 512 bit}.
   *
   * @throws IllegalStateException if the JVM does not have it
   */
  public String implementation() {
    return kernel().name();
  }

  /**
   * Its functions of single numbers.
   *
   * @throws IllegalStateException if the JVM does not have it
   */
  public FloatFunctions functions() {
    return new FloatFunctions(kernel());
  }

  private Kernel kernel() {
    return Kernels.named(name());
  }
}
