package dev.glia.metric;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good a network is on some rows.
 *
 * @param loss the loss it was trained on, over all the rows
 * @param accuracy the share of rows whose class is right, 0 to 1; null for regression
 * @param r2 the coefficient of determination, at most 1; null for classes
 */
public record Scores(double loss, @Nullable Double accuracy, @Nullable Double r2) {

  /**
   * The figures that there are by their names, in order: {@code loss}, then {@code accuracy} or
   * {@code r2}.
   *
   * @param prefix before each name, such as {@code val_} for rows that were kept back
   */
  public Map<String, Double> named(String prefix) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(prefix + "loss", loss);
    if (accuracy != null) {
      figures.put(prefix + "accuracy", accuracy);
    }
    if (r2 != null) {
      figures.put(prefix + "r2", r2);
    }
    return figures;
  }
}
