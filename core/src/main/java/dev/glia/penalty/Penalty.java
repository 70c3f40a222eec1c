package dev.glia.penalty;

/**
 * What large weights cost, or what they are held to. The same for batches of any size.
 *
 * <p>A term of the loss says its value and adds its gradient to the loss's, before the optimizer
 * takes its step; a limit changes what comes out of the step. Both work on parameters in place.
 */
public interface Penalty {

  /** The name with its numbers, such as {@code l2(0.01)}. */
  String name();

  /**
   * What the parameters from to to (exclusive) add to the loss.
   *
   * @param share what a weight decay is multiplied by for them; 1 where the layer does not say
   *     otherwise
   */
  default double value(double share, float[] parameters, int from, int to) {
    return 0;
  }

  /**
   * Adds the gradient of {@link #value} to that of the loss. Each number depends on itself alone,
   * so threads may share them out; where a parameter is 0 the gradient must be 0.
   */
  default void addGradient(double share, float[] parameters, float[] gradients, int from, int to) {}

  /** Whether it changes parameters after a step. */
  default boolean limits() {
    return false;
  }

  /**
   * Changes the weights that go into a unit, after a step: {@code parameters[first + i * distance]}
   * for i from 0 to count (exclusive).
   */
  default void limit(float[] parameters, int first, int count, int distance) {}

  /** Checks a number that must not be negative. */
  static double checkNotNegative(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s must be at least 0, got %s.".formatted(what, value));
    }
    return value;
  }
}
