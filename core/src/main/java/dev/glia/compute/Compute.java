package dev.glia.compute;

/**
 * What computes. The numbers do not depend on it, so it is no part of a recipe.
 *
 * @param threads the most threads to use, at least 1
 * @param kernel which implementation of the arithmetic
 */
public record Compute(int threads, KernelChoice kernel) {

  /** Checks the number of threads. */
  public Compute {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "The number of threads must be at least 1, got " + threads + ".");
    }
  }

  /** All processors and the fastest kernel there is. */
  public static Compute all() {
    return onThreads(Runtime.getRuntime().availableProcessors());
  }

  /** So many threads at most, and the fastest kernel there is. */
  public static Compute onThreads(int threads) {
    return new Compute(threads, KernelChoice.AUTO);
  }
}
