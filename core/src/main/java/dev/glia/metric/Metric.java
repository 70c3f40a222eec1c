package dev.glia.metric;

import dev.glia.internal.text.OutsideText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /**
   * Refuses names that would stand for two figures, or that a column of the history cannot have.
   *
   * @throws IllegalArgumentException if there is one
   */
  static void checkNames(List<Metric> metrics) {
    Set<String> names = new HashSet<>(Scores.OWN);
    for (Metric metric : metrics) {
      if (!metric.name().matches("[A-Za-z][A-Za-z0-9_-]*")) {
        throw new IllegalArgumentException(
            "A metric's name has letters, digits, _ and -, got %s."
                .formatted(OutsideText.quoted(metric.name())));
      }
      if (!names.add(metric.name())) {
        throw new IllegalArgumentException(
            "There is more than one metric named %s: give it another name."
                .formatted(metric.name()));
      }
    }
  }
}
