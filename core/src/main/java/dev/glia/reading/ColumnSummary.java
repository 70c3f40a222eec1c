package dev.glia.reading;

import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A column at a glance.
 *
 * @param name what it is called
 * @param kind number, category, date or pictures
 * @param missing how many rows have no value
 * @param distinct how many different values there are
 * @param least the least number or date; NaN where there is none
 * @param mean of the numbers or dates; NaN where there is none
 * @param greatest the greatest number or date; NaN where there is none
 * @param levels the most frequent levels of a category, at most {@value #LEVELS}
 * @param counts how many rows lie in each of {@value #BINS} equal stretches from least to greatest,
 *     or have each of the {@code levels}
 */
public record ColumnSummary(
    String name,
    String kind,
    int missing,
    int distinct,
    double least,
    double mean,
    double greatest,
    List<String> levels,
    List<Integer> counts) {

  /** How many stretches a histogram has. */
  public static final int BINS = 8;

  /** How many levels are named. */
  public static final int LEVELS = 5;

  /** Keeps copies. */
  public ColumnSummary {
    levels = List.copyOf(levels);
    counts = List.copyOf(counts);
  }

  /** Looks at all rows of a column. */
  public static ColumnSummary of(Column column) {
    int missing = 0;
    for (int row = 0; row < column.rows(); row++) {
      missing += column.missing(row) ? 1 : 0;
    }
    return switch (column) {
      case Numbers numbers -> ofNumbers(column, "number", missing, numbers.values());
      case Dates dates ->
          ofNumbers(
              column,
              "date",
              missing,
              IntStream.range(0, dates.rows()).mapToDouble(dates::get).toArray());
      case Categories categories -> ofCategories(categories, missing);
      case Pixels pixels ->
          new ColumnSummary(
              pixels.name(),
              "pictures",
              missing,
              pixels.rows(),
              Double.NaN,
              Double.NaN,
              Double.NaN,
              List.of(),
              List.of());
    };
  }

  private static ColumnSummary ofNumbers(Column column, String kind, int missing, double[] all) {
    double[] there = Arrays.stream(all).filter(v -> !Double.isNaN(v)).toArray();
    double least = Arrays.stream(there).min().orElse(Double.NaN);
    double greatest = Arrays.stream(there).max().orElse(Double.NaN);
    int[] bins = new int[BINS];
    for (double value : there) {
      double place = greatest > least ? (value - least) / (greatest - least) * BINS : 0;
      bins[Math.min(BINS - 1, (int) place)]++;
    }
    return new ColumnSummary(
        column.name(),
        kind,
        missing,
        (int) Arrays.stream(there).distinct().count(),
        least,
        Arrays.stream(there).average().orElse(Double.NaN),
        greatest,
        List.of(),
        Arrays.stream(bins).boxed().toList());
  }

  private static ColumnSummary ofCategories(Categories categories, int missing) {
    int[] counts = categories.counts();
    Map<Integer, Integer> present = new HashMap<>();
    for (int level = 0; level < counts.length; level++) {
      if (counts[level] > 0) {
        present.put(level, counts[level]);
      }
    }
    List<Integer> most =
        present.keySet().stream()
            .sorted(
                Comparator.comparingInt((Integer level) -> -counts[level]).thenComparing(l -> l))
            .limit(LEVELS)
            .toList();
    return new ColumnSummary(
        categories.name(),
        "category",
        missing,
        present.size(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        most.stream().map(categories.levels()::get).toList(),
        most.stream().map(level -> counts[level]).toList());
  }
}
