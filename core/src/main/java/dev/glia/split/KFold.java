package dev.glia.split;

import dev.glia.random.RandomState;
import dev.glia.table.Column;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Deals rows into parts of equal size, so that each row is kept back once: k-fold cross validation.
 *
 * <p>Classes are dealt one after the other, as scikit-learn's {@code StratifiedKFold} does, so that
 * each part has its share of each.
 *
 * @param folds how many parts, at least 2
 * @param seed of the order in which rows are dealt, 0 to 2^32 - 1
 */
public record KFold(int folds, long seed) {

  /**
   * Checks the number of parts.
   *
   * @throws IllegalArgumentException if it is under 2
   */
  public KFold {
    if (folds < 2) {
      throw new IllegalArgumentException(
          "Rows are dealt into at least 2 parts, got " + folds + ".");
    }
  }

  /**
   * The rows of each part, no group of them in two.
   *
   * @param column rows with one value of it are a group
   * @return {@code [folds][]}
   * @throws IllegalArgumentException if there are fewer groups than parts, or a row has no value
   */
  public int[][] groups(Column column) {
    Groups groups = Groups.of(column);
    int[][] dealt = parts(new int[groups.count()]);
    return Arrays.stream(dealt).map(groups::rows).toArray(int[][]::new);
  }

  /**
   * The rows of each part, each in ascending order; parts differ by one row at most.
   *
   * @param classes the class of each row from 0; the same number everywhere to deal by chance alone
   * @return {@code [folds][]}
   * @throws IllegalArgumentException if there are fewer rows than parts
   */
  public int[][] parts(int[] classes) {
    int rows = classes.length;
    if (rows < folds) {
      throw new IllegalArgumentException(
          "%d rows cannot be dealt into %d parts.".formatted(rows, folds));
    }
    int[] order = new RandomState(seed).permutation(rows);
    int[] dealt = // class by class, in the order of chance: the sort is stable
        Arrays.stream(order)
            .boxed()
            .sorted((a, b) -> Integer.compare(classes[a], classes[b]))
            .mapToInt(row -> row)
            .toArray();
    int[][] parts = new int[folds][];
    for (int part = 0; part < folds; part++) {
      int first = part;
      parts[part] =
          IntStream.range(0, (rows - first + folds - 1) / folds)
              .map(i -> dealt[first + i * folds])
              .sorted()
              .toArray();
    }
    return parts;
  }
}
