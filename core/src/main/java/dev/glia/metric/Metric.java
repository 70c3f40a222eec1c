package dev.glia.metric;

/**
 * A figure that says how good a network is, beside the loss and the scores that are always there.
 *
 * <p>It is asked for with {@code Recipe.withMetrics} and stands in history and results under its
 * name. It needs the outputs of all rows at once, so they are kept while a network is evaluated:
 * four bytes a row and output. Should be a record, or have {@code equals}.
 */
public interface Metric {

  /** The name, such as {@code f1}: letters, digits, {@code _} and {@code -}. */
  String name();

  /** Whether more is better. Stopping rules go by it. */
  default boolean higherIsBetter() {
    return true;
  }

  /**
   * The figure.
   *
   * @param outcomes of at least one row
   * @throws IllegalStateException if it is for classes and there are numbers, or the other way
   */
  double of(Outcomes outcomes);
}
