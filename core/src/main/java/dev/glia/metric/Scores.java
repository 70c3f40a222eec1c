package dev.glia.metric;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good a network is on some rows.
 *
 * @param loss the loss it was trained on, over all the rows; of numbers that are scaled while
 *     learning, the loss of the scaled ones
 * @param accuracy the share of rows whose class is right, 0 to 1; null for numbers
 * @param r2 the coefficient of determination, at most 1, for several numbers their mean
 *     (scikit-learn's {@code r2_score}); null for classes
 * @param mae the mean absolute error in the unit of the number; null for classes and for several
 *     numbers, whose units differ
 */
public record Scores(
    double loss, @Nullable Double accuracy, @Nullable Double r2, @Nullable Double mae) {

  /** The scores of classes. */
  public static Scores ofClasses(double loss, double accuracy) {
    return new Scores(loss, accuracy, null, null);
  }

  /** The scores of numbers. */
  public static Scores ofNumbers(double loss, double r2, @Nullable Double mae) {
    return new Scores(loss, null, r2, mae);
  }

  /**
   * The figures that there are by their names, in order: {@code loss}, then {@code accuracy}, or
   * {@code r2} and {@code mae}.
   *
   * @param prefix before each name, such as {@code val_} for rows to validate on
   */
  public Map<String, Double> named(String prefix) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(prefix + "loss", loss);
    put(figures, prefix + "accuracy", accuracy);
    put(figures, prefix + "r2", r2);
    put(figures, prefix + "mae", mae);
    return figures;
  }

  private static void put(Map<String, Double> figures, String name, @Nullable Double figure) {
    if (figure != null) {
      figures.put(name, figure);
    }
  }
}
