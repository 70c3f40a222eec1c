package dev.glia.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A data set in two parts: one to learn from, one kept back to test what was learned.
 *
 * <p>The rows are those of scikit-learn's {@code train_test_split} with the same {@code test_size}
 * and {@code random_state}.
 *
 * @param train the part to learn from
 * @param test the part kept back
 */
public record Split(Dataset train, Dataset test) {

  /**
   * Row numbers of the two parts.
   *
   * @param train {@code [train rows]}
   * @param test {@code [test rows]}
   */
  @SuppressWarnings("ArrayRecordComponent") // carries two results, is never compared
  public record Rows(int[] train, int[] test) {}

  /**
   * Splits as {@code train_test_split(data, test_size=testFraction, random_state=seed)}.
   *
   * @param testFraction share of the test part, over 0 and under 1
   * @throws IllegalArgumentException if a part would be empty
   */
  public static Split of(Dataset data, double testFraction, long seed) {
    return of(data, rows(data.rows(), testFraction, seed));
  }

  /**
   * Splits each class in the same ratio, as {@code train_test_split(..., stratify=labels)}.
   *
   * @throws IllegalArgumentException if the target is not classes, a class has one row only, or a
   *     part would have fewer rows than there are classes
   */
  public static Split stratified(Dataset data, double testFraction, long seed) {
    if (!(data.target() instanceof ClassTarget target)) {
      throw new IllegalArgumentException(
          data.name() + " has numbers to predict: only classes can be split by class.");
    }
    int[] classes = IntStream.range(0, target.rows()).map(target::classOf).toArray();
    return of(data, stratifiedRows(classes, testFraction, seed));
  }

  private static Split of(Dataset data, Rows rows) {
    return new Split(data.select(rows.train), data.select(rows.test));
  }

  /** The row numbers that {@link #of} selects. */
  public static Rows rows(int n, double testFraction, long seed) {
    int testRows = testRows(n, testFraction);
    int[] order = new RandomState(seed).permutation(n);
    return new Rows(Arrays.copyOfRange(order, testRows, n), Arrays.copyOfRange(order, 0, testRows));
  }

  /**
   * The row numbers that {@link #stratified} selects.
   *
   * @param classes the class of each row, from 0; {@code [rows]}
   */
  public static Rows stratifiedRows(int[] classes, double testFraction, long seed) {
    int n = classes.length;
    int testRows = testRows(n, testFraction);
    int trainRows = n - testRows;
    int classCount = Arrays.stream(classes).max().orElse(0) + 1;
    int[] counts = new int[classCount];
    for (int c : classes) {
      counts[c]++;
    }
    checkStratifiable(counts, trainRows, testRows);
    RandomState random = new RandomState(seed);
    int[] inTrain = shares(counts, trainRows, random);
    int[] remaining = new int[classCount];
    Arrays.setAll(remaining, c -> counts[c] - inTrain[c]);
    int[] inTest = shares(remaining, testRows, random);

    int[] train = new int[trainRows];
    int[] test = new int[testRows];
    int trainFilled = 0;
    int testFilled = 0;
    int[][] rowsOf = rowsOf(classes, counts);
    for (int c = 0; c < classCount; c++) {
      int[] members = rowsOf[c];
      int[] order = random.permutation(members.length);
      for (int i = 0; i < inTrain[c]; i++) {
        train[trainFilled++] = members[order[i]];
      }
      for (int i = 0; i < inTest[c]; i++) {
        test[testFilled++] = members[order[inTrain[c] + i]];
      }
    }
    random.shuffle(train);
    random.shuffle(test);
    return new Rows(train, test);
  }

  private static int testRows(int n, double testFraction) {
    if (!(testFraction > 0 && testFraction < 1)) {
      throw new IllegalArgumentException(
          "The test fraction must be over 0 and under 1, got " + testFraction + ".");
    }
    int testRows = (int) Math.ceil(testFraction * n);
    if (testRows >= n) {
      throw new IllegalArgumentException(
          "A test fraction of %s leaves none of %d rows to train on: take a smaller one."
              .formatted(testFraction, n));
    }
    return testRows;
  }

  private static void checkStratifiable(int[] counts, int trainRows, int testRows) {
    int present = 0;
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] == 1) {
        throw new IllegalArgumentException(
            "Class %d has a single row: a split by class needs at least 2 of each.".formatted(c));
      }
      present += counts[c] > 0 ? 1 : 0;
    }
    if (Math.min(trainRows, testRows) < present) {
      throw new IllegalArgumentException(
          "Parts of %d and %d rows cannot hold each of %d classes: choose another test fraction."
              .formatted(trainRows, testRows, present));
    }
  }

  /**
   * Shares draws among classes by their counts, the remainders to the largest fractions, ties drawn
   * at random: scikit-learn's {@code _approximate_mode}.
   */
  private static int[] shares(int[] counts, int draws, RandomState random) {
    double total = Arrays.stream(counts).sum();
    int[] shares = new int[counts.length];
    double[] fraction = new double[counts.length];
    int missing = draws;
    for (int c = 0; c < counts.length; c++) {
      double exact = counts[c] / total * draws;
      shares[c] = (int) Math.floor(exact);
      fraction[c] = exact - Math.floor(exact);
      missing -= shares[c];
    }
    int[] largest = // classes with the same fraction in their order: the sort is stable
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -fraction[c]))
            .mapToInt(c -> c)
            .toArray();
    int end;
    for (int from = 0; from < largest.length && missing > 0; from = end) {
      end = from + 1;
      while (end < largest.length && fraction[largest[end]] == fraction[largest[from]]) {
        end++;
      }
      int[] order = random.permutation(end - from); // of those that are tied
      int added = Math.min(end - from, missing);
      for (int i = 0; i < added; i++) {
        shares[largest[from + order[i]]]++;
      }
      missing -= added;
    }
    return shares;
  }

  /** The rows of each class in their order, {@code [classes][counts]}. */
  private static int[][] rowsOf(int[] classes, int[] counts) {
    int[][] rows = new int[counts.length][];
    Arrays.setAll(rows, c -> new int[counts[c]]);
    int[] filled = new int[counts.length];
    for (int row = 0; row < classes.length; row++) {
      int c = classes[row];
      rows[c][filled[c]++] = row;
    }
    return rows;
  }
}
