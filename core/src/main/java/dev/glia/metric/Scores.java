package dev.glia.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param metrics those of every {@link Metric} that was asked for, in that order
 */
public record Scores(
    double loss,
    @Nullable Double accuracy,
    @Nullable Double r2,
    @Nullable Double mae,
    List<Score> metrics) {

  /** The names of the figures that are always there, which no metric may have. */
  public static final Set<String> OWN = Set.of("loss", "accuracy", "r2", "mae");

  /** Keeps a copy. */
  public Scores {
    metrics = List.copyOf(metrics);
  }

  /** The scores of classes. */
  public static Scores ofClasses(double loss, double accuracy) {
    return new Scores(loss, accuracy, null, null, List.of());
  }

  /** The scores of numbers. */
  public static Scores ofNumbers(double loss, double r2, @Nullable Double mae) {
    return new Scores(loss, null, r2, mae, List.of());
  }

  /** A loss alone. */
  public static Scores ofLoss(double loss) {
    return new Scores(loss, null, null, null, List.of());
  }

  /** These scores, and others behind them. */
  public Scores with(List<Score> metrics) {
    return new Scores(loss, accuracy, r2, mae, metrics);
  }

  /**
   * All that there are, in order: {@code loss}, then {@code accuracy}, or {@code r2} and {@code
   * mae}, then the metrics that were asked for.
   */
  public List<Score> all() {
    List<Score> all = new ArrayList<>();
    all.add(new Score("loss", loss, false));
    add(all, "accuracy", accuracy, true);
    add(all, "r2", r2, true);
    add(all, "mae", mae, false);
    all.addAll(metrics);
    return all;
  }

  private static void add(
      List<Score> all, String name, @Nullable Double value, boolean higherIsBetter) {
    if (value != null) {
      all.add(new Score(name, value, higherIsBetter));
    }
  }

  /**
   * The figures that there are by their names, in the order of {@link #all}.
   *
   * @param prefix before each name, such as {@code val_} for rows to validate on
   */
  public Map<String, Double> named(String prefix) {
    Map<String, Double> figures = new LinkedHashMap<>();
    all().forEach(score -> figures.put(prefix + score.name(), score.value()));
    return figures;
  }
}
