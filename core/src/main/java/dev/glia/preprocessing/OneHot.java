package dev.glia.preprocessing;

import dev.glia.internal.json.Fields;
import dev.glia.internal.text.OutsideText;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A category as one input for each level of the rows to learn from: 1 for its own, 0 for the
 * others. A level that they did not have, and a missing one, is 0 everywhere.
 */
public final class OneHot implements Encoding {

  static final String KIND = "one_hot";

  private static final int MOST_LEVELS = 1000;

  private final String column;
  private final List<String> levels;
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * An encoding of known levels.
   *
   * @throws IllegalArgumentException if there is none, or one is there twice
   */
  public OneHot(String column, List<String> levels) {
    this.column = OutsideText.checked("The name of a column", column, OutsideText.NAME);
    this.levels = OutsideText.names("class", levels);
    if (levels.isEmpty()) {
      throw new IllegalArgumentException(
          "The column %s has no words to learn from: leave it out."
              .formatted(OutsideText.quoted(column)));
    }
    for (String level : levels) {
      places.put(level, places.size());
    }
  }

  /**
   * Learns the levels that there are; of more than 1,000 the most frequent, the others are as
   * levels that are not known.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static OneHot fit(Categories categories) {
    int[] counts = categories.counts();
    List<String> there = new ArrayList<>();
    for (int level = 0; level < counts.length; level++) {
      if (counts[level] > 0) {
        there.add(categories.levels().get(level));
      }
    }
    if (there.size() > MOST_LEVELS) {
      Set<String> frequent =
          IntStream.range(0, counts.length)
              .boxed()
              .sorted(Comparator.comparingInt((Integer level) -> -counts[level]))
              .limit(MOST_LEVELS)
              .map(categories.levels()::get)
              .collect(Collectors.toSet());
      there.removeIf(level -> !frequent.contains(level));
    }
    return new OneHot(categories.name(), there);
  }

  @Override
  public String column() {
    return column;
  }

  /** The levels, in the order of the inputs. */
  public List<String> levels() {
    return levels;
  }

  @Override
  public Class<? extends Column> takes() {
    return Categories.class;
  }

  @Override
  public List<String> rawNames() {
    return List.of(column);
  }

  @Override
  public int width() {
    return levels.size();
  }

  /** The place of a level; -1 for one that is not known. */
  private int place(String level) {
    return places.getOrDefault(level, Categories.MISSING);
  }

  @Override
  public Matrix raw(Table table) {
    Column found = table.column(column);
    double[] codes = new double[found.rows()];
    switch (found) {
      case Categories categories -> {
        int[] known = categories.levels().stream().mapToInt(this::place).toArray();
        Arrays.setAll(
            codes,
            row -> categories.code(row) < 0 ? Categories.MISSING : known[categories.code(row)]);
      }
      case Numbers numbers -> Arrays.setAll(codes, row -> raw(numbers.get(row)));
      case Dates dates ->
          throw new IllegalArgumentException(
              "The column %s of %s holds dates, the model takes words there."
                  .formatted(OutsideText.quoted(column), table.name()));
      case Pixels pixels ->
          throw new IllegalArgumentException(
              "The column %s of %s holds pictures, the model takes words there."
                  .formatted(OutsideText.quoted(column), table.name()));
    }
    return new Numbers(column, codes).numbers();
  }

  /** The place of a word, or of a number's shortest text. */
  @Override
  public double raw(Object value) {
    if (value instanceof Number number) {
      double n = number.doubleValue();
      return Double.isNaN(n) ? Categories.MISSING : place(Categories.level(n));
    }
    return place(String.valueOf(value));
  }

  @Override
  public double rawMissing() {
    return Categories.MISSING;
  }

  @Override
  public void write(double[] raw, int from, float[] out, int at) {
    for (int level = 0; level < levels.size(); level++) {
      out[at + level] = level == raw[from] ? 1 : 0; // also of NaN, which is no level
    }
  }

  @Override
  public List<String> inputNames() {
    return levels.stream().map(level -> column + " = " + level).toList();
  }

  @Override
  public String words() {
    return "one of " + OutsideText.list(levels);
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("column", column);
    fields.put("kind", KIND);
    fields.put("levels", levels);
    return fields;
  }

  static OneHot read(Fields fields) {
    return new OneHot(fields.text("column"), fields.texts("levels"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OneHot o && o.column.equals(column) && o.levels.equals(levels);
  }

  @Override
  public int hashCode() {
    return 31 * column.hashCode() + levels.hashCode();
  }

  @Override
  public String toString() {
    return "OneHot[column=" + column + ", levels=" + levels + "]";
  }
}
