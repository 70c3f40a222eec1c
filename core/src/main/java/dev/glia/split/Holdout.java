package dev.glia.split;

import dev.glia.random.RandomState;
import dev.glia.table.Categories;
import dev.glia.table.Dates;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Keeps rows back: some to look at while learning, some to test on at the end.
 *
 * <p>With a test part alone the rows are those of scikit-learn's {@code train_test_split} with the
 * same {@code test_size} and {@code random_state}, and the test part is looked at while learning,
 * as in the articles. The rows to validate on are then taken from those to train on.
 *
 * @param validation share of all rows to validate on, at least 0 and under 1
 * @param test share of all rows to test on, at least 0 and under 1
 * @param seed of the random choice of those rows, 0 to 2^32 - 1
 * @param stratify whether each class is split in the same ratio, as {@code train_test_split(...,
 *     stratify=labels)}
 */
public record Holdout(double validation, double test, long seed, boolean stratify) {

  /**
   * Checks the shares.
   *
   * @throws IllegalArgumentException if one is out of range, or both leave nothing to train on
   */
  public Holdout {
    checkShare("validation", validation);
    checkShare("test", test);
    if (validation + test >= 1) {
      throw new IllegalArgumentException(
          "A validation fraction of %s and a test fraction of %s leave no rows to train on: take smaller ones."
              .formatted(validation, test));
    }
  }

  private static void checkShare(String part, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "The %s fraction must be at least 0 and under 1, got %s.".formatted(part, share));
    }
  }

  /** Shares of the rows to validate and to test on, chosen with seed 0. */
  public static Holdout of(double validation, double test) {
    return new Holdout(validation, test, 0, false);
  }

  /** The same shares of other rows. */
  public Holdout seed(long seed) {
    return new Holdout(validation, test, seed, stratify);
  }

  /** The same shares of each class. */
  public Holdout stratified() {
    return new Holdout(validation, test, seed, true);
  }

  /**
   * Row numbers of the three parts.
   *
   * @param train {@code [train rows]}
   * @param validation {@code [validation rows]}
   * @param test {@code [test rows]}
   */
  @SuppressWarnings("ArrayRecordComponent") // carries three results, is never compared
  public record Rows(int[] train, int[] validation, int[] test) {}

  /**
   * Splits a table.
   *
   * @throws IllegalArgumentException if nothing is left to train on, or by class if the target is
   *     no classes, one is missing, a class has one row only, or a part would have fewer rows than
   *     there are classes
   */
  public Parts split(Table table) {
    boolean byClass = stratify && (validation > 0 || test > 0);
    return byClass ? split(table, classes(table)) : parts(table, rows(table.rows()));
  }

  /**
   * Splits a table by class, the classes being what its target is to be taken for.
   *
   * @param classes one a row of the table
   * @throws IllegalArgumentException as {@link #split(Table)} does
   */
  public Parts split(Table table, Categories classes) {
    table.refuseMissing(classes);
    int[] codes = IntStream.range(0, classes.rows()).map(classes::code).toArray();
    return parts(table, stratifiedRows(codes));
  }

  /**
   * Splits a table so that no group of rows is parted: the shares are those of the groups.
   *
   * <p>Which groups are kept back is scikit-learn's {@code GroupShuffleSplit} in kind, not in bits.
   *
   * @throws IllegalArgumentException if nothing is left to train on, or a row is of no group
   */
  public Parts split(Table table, Groups groups) {
    Rows dealt = rows(groups.count());
    return parts(
        table,
        new Rows(groups.rows(dealt.train), groups.rows(dealt.validation), groups.rows(dealt.test)));
  }

  private Parts parts(Table table, Rows rows) {
    if (validation == 0 && test == 0) {
      return Parts.all(table);
    }
    Table train = table.select(rows.train);
    Table tested = test == 0 ? null : table.select(rows.test);
    return new Parts(train, validation == 0 ? tested : table.select(rows.validation), tested);
  }

  private static Categories classes(Table table) {
    return switch (table.target()) {
      case Categories categories -> categories;
      case Numbers numbers when numbers.nameClasses() -> Categories.of(numbers);
      case Numbers numbers -> throw noClasses(table);
      case Dates dates -> throw noClasses(table);
      case Pixels pixels -> throw noClasses(table);
    };
  }

  private static IllegalArgumentException noClasses(Table table) {
    return new IllegalArgumentException(
        table.name() + " has numbers to predict: only classes can be split by class.");
  }

  /** The row numbers of the parts of so many rows. */
  public Rows rows(int n) {
    int testRows = count(n, test);
    int kept = testRows + count(n, validation);
    checkLeft(n, kept);
    int[] order = new RandomState(seed).permutation(n);
    return new Rows(
        Arrays.copyOfRange(order, kept, n),
        Arrays.copyOfRange(order, testRows, kept),
        Arrays.copyOfRange(order, 0, testRows));
  }

  private static int count(int n, double share) {
    return (int) Math.ceil(share * n);
  }

  private void checkLeft(int n, int kept) {
    if (kept < n) {
      return;
    }
    if (validation > 0 && test > 0) {
      throw new IllegalArgumentException(
          "A validation fraction of %s and a test fraction of %s leave none of %d rows to train on: take smaller ones."
              .formatted(validation, test, n));
    }
    throw new IllegalArgumentException(
        "A %s fraction of %s leaves none of %d rows to train on: take a smaller one."
            .formatted(test > 0 ? "test" : "validation", Math.max(test, validation), n));
  }

  /**
   * The row numbers of the parts, each class in the same ratio: of the rows that are not in the
   * test part, the validation part is taken in the same way.
   *
   * @param classes the class of each row, from 0; {@code [rows]}
   */
  public Rows stratifiedRows(int[] classes) {
    int n = classes.length;
    int testRows = count(n, test);
    int validationRows = count(n, validation);
    checkLeft(n, testRows + validationRows);
    int[][] tested = byClass(classes, testRows, "test"); // [train, kept]
    int[] rest = tested[0];
    if (validationRows == 0) {
      return new Rows(rest, new int[0], tested[1]);
    }
    int[][] validated =
        byClass(
            Arrays.stream(rest).map(row -> classes[row]).toArray(), validationRows, "validation");
    return new Rows(
        Arrays.stream(validated[0]).map(row -> rest[row]).toArray(),
        Arrays.stream(validated[1]).map(row -> rest[row]).toArray(),
        tested[1]);
  }

  /** Rows to train on and so many kept back for a part. */
  private int[][] byClass(int[] classes, int testRows, String part) {
    int n = classes.length;
    if (testRows == 0) {
      return new int[][] {IntStream.range(0, n).toArray(), {}};
    }
    int trainRows = n - testRows;
    int classCount = Arrays.stream(classes).max().orElse(0) + 1;
    int[] counts = new int[classCount];
    for (int c : classes) {
      counts[c]++;
    }
    checkStratifiable(counts, trainRows, testRows, part);
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
    return new int[][] {train, test};
  }

  private void checkStratifiable(int[] counts, int trainRows, int testRows, String part) {
    boolean besideTest = test > 0 && part.equals("validation");
    int present = 0;
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] == 1) {
        throw new IllegalArgumentException(
            "Class %d has a single row%s: a split by class needs at least 2 of each."
                .formatted(c, besideTest ? " beside the test part" : ""));
      }
      present += counts[c] > 0 ? 1 : 0;
    }
    if (Math.min(trainRows, testRows) < present) {
      throw new IllegalArgumentException(
          "Parts of %d and %d rows cannot hold each of %d classes: choose another %s fraction."
              .formatted(trainRows, testRows, present, part));
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
