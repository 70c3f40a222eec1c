package dev.glia.metric;

import dev.glia.table.Categories;
import java.util.List;

/**
 * How often each class was taken for each: the count of rows by actual and predicted class.
 *
 * <p>Immutable.
 */
public final class ConfusionMatrix {

  private final List<String> names;
  private final int[][] counts; // [actual][predicted]

  private ConfusionMatrix(List<String> names, int[][] counts) {
    this.names = names;
    this.counts = counts;
  }

  /**
   * Counts.
   *
   * @param predicted the class of each row, {@code [rows]}
   * @throws IllegalArgumentException if there are not as many predictions as rows, or one is of no
   *     class
   */
  public static ConfusionMatrix of(Categories actual, int[] predicted) {
    if (predicted.length != actual.rows()) {
      throw new IllegalArgumentException(
          "%d rows need as many predictions, got %d.".formatted(actual.rows(), predicted.length));
    }
    int classes = actual.levels().size();
    int[][] counts = new int[classes][classes];
    for (int row = 0; row < predicted.length; row++) {
      if (predicted[row] < 0 || predicted[row] >= classes) {
        throw new IllegalArgumentException(
            "Row %d is predicted to be of class %d, there are %d classes (0 to %d)."
                .formatted(row, predicted[row], classes, classes - 1));
      }
      counts[actual.code(row)][predicted[row]]++;
    }
    return new ConfusionMatrix(actual.levels(), counts);
  }

  /** The class names in order. */
  public List<String> names() {
    return names;
  }

  /** A copy of the counts, {@code [actual][predicted]}. */
  public int[][] counts() {
    int[][] copy = new int[counts.length][];
    for (int i = 0; i < counts.length; i++) {
      copy[i] = counts[i].clone();
    }
    return copy;
  }

  /** The share of rows on the diagonal; NaN without rows. */
  public double accuracy() {
    long right = 0;
    long all = 0;
    for (int i = 0; i < counts.length; i++) {
      right += counts[i][i];
      for (int count : counts[i]) {
        all += count;
      }
    }
    return (double) right / all;
  }

  /** Of the rows predicted to be of a class, the share that are; NaN if none was. */
  public double precision(int c) {
    long predicted = 0;
    for (int[] row : counts) {
      predicted += row[c];
    }
    return (double) counts[c][c] / predicted;
  }

  /** Of the rows of a class, the share that were predicted to be; NaN if there are none. */
  public double recall(int c) {
    long actual = 0;
    for (int count : counts[c]) {
      actual += count;
    }
    return (double) counts[c][c] / actual;
  }
}
