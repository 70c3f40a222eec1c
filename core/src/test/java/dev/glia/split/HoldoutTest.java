package dev.glia.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.Golden;
import dev.glia.Hashes;
import dev.glia.random.RandomState;
import dev.glia.source.Moons;
import dev.glia.table.Categories;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoldoutTest {

  /** The classes that the golden stratified splits are made of. */
  private static int[] classes(int n, int count, long seed) {
    RandomState random = new RandomState(seed);
    int[] classes = new int[n];
    Arrays.setAll(classes, i -> (int) random.randint(0, count));
    return classes;
  }

  private static Holdout test(double share, long seed) {
    return new Holdout(0, share, seed, false);
  }

  // Two parts, as scikit-learn makes them.

  @Test
  void putsEveryRowWhereScikitLearnDoes() throws IOException {
    List<?> cases = Golden.list(Golden.read("train_test_split.json").get("cases"));
    assertThat(cases).hasSize(6);
    for (Object value : cases) {
      Map<?, ?> golden = Golden.object(value);
      int n = Golden.integer(golden.get("n"));
      long seed = Golden.integer(golden.get("random_state"));
      Holdout holdout = test(Golden.number(golden.get("test_size")), seed);
      Holdout.Rows rows =
          golden.containsKey("stratify")
              ? holdout.stratifiedRows(classes(n, 3, seed))
              : holdout.rows(n);
      assertThat(rows.train()).as("%s", golden).hasSize(Golden.integer(golden.get("n_train")));
      assertThat(rows.validation()).as("%s", golden).isEmpty();
      assertThat(rows.test()).as("%s", golden).hasSize(Golden.integer(golden.get("n_test")));
      assertThat(rows.train()).as("%s", golden).startsWith(heads(golden, "train_head"));
      assertThat(rows.test()).as("%s", golden).startsWith(heads(golden, "test_head"));
      assertThat(Hashes.sha256(rows.train())).isEqualTo(golden.get("train_sha256_int64le"));
      assertThat(Hashes.sha256(rows.test())).isEqualTo(golden.get("test_sha256_int64le"));
    }
  }

  private static int[] heads(Map<?, ?> golden, String name) {
    return Golden.integers(golden.get(name));
  }

  /**
   * Heads of SHA-256 over scikit-learn 1.9.1's rows; with k over 0, stratified by {@code
   * RandomState(seed).randint(0, k, n)}.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 0.5, 0, 0, af5570f5a1810b7a, 7c9fa136d4413fa6",
    "3, 0.01, 4294967295, 0, c571327cb01ac1de, 7c9fa136d4413fa6",
    "999, 0.123, 77, 0, 3d975ec83cfd744b, 77bd3a084c19eb5f",
    "5000, 0.3333333333333333, 31, 0, 13b5ebd91676808f, 3f79f985e2314f7b",
    "50, 0.5, 3, 2, 4cd96d4fbc438dc4, 7faa56ce3067e1d9",
    "777, 0.1, 8, 7, 6507fd3f1dc0e5e6, fdb827eaa304799b",
    "40, 0.3, 11, 4, 52a8b260a7d5720f, 2fec45d16b9cefff",
    "1234, 0.6666666666666666, 6, 12, 9825920def3a02aa, 1929373fa7afda1f"
  })
  void otherSizesAreScikitLearnsToo(
      int n, double share, long seed, int k, String train, String test) {
    Holdout holdout = test(share, seed);
    Holdout.Rows rows = k > 0 ? holdout.stratifiedRows(classes(n, k, seed)) : holdout.rows(n);
    assertThat(Hashes.sha256(rows.train())).startsWith(train);
    assertThat(Hashes.sha256(rows.test())).startsWith(test);
  }

  @Test
  void everyRowIsInOnePartAndClassesKeepTheirShare() {
    long testSeed = 20260102;
    Random random = new Random(testSeed);
    for (int round = 0; round < 50; round++) {
      int n = 40 + random.nextInt(400);
      int k = 1 + random.nextInt(4);
      double share = 0.2 + 0.6 * random.nextDouble();
      int[] classes = new int[n];
      Arrays.setAll(classes, row -> row % k);
      Holdout.Rows rows = test(share, random.nextInt(1000)).stratifiedRows(classes);
      assertComplete(rows, n, "seed %d, round %d".formatted(testSeed, round));
      for (int c = 0; c < k; c++) {
        // Rounded to a row by the size of the part, and once more by the share of the class.
        assertThat(Math.abs(of(classes, c, rows.test()) - share * members(classes, c)))
            .as("seed %d, round %d", testSeed, round)
            .isLessThanOrEqualTo(2);
      }
    }
  }

  private static void assertComplete(Holdout.Rows rows, int n, String context) {
    int[] all =
        IntStream.of(rows.train().length, rows.validation().length, rows.test().length).sum() == n
            ? concat(concat(rows.train(), rows.validation()), rows.test())
            : new int[0];
    Arrays.sort(all);
    assertThat(all).as(context).containsExactly(IntStream.range(0, n).toArray());
  }

  private static int[] concat(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  private static long of(int[] classes, int wanted, int[] rows) {
    return Arrays.stream(rows).filter(row -> classes[row] == wanted).count();
  }

  private static long members(int[] classes, int wanted) {
    return Arrays.stream(classes).filter(c -> c == wanted).count();
  }

  // Three parts.

  /** The test part is that of two parts; what is validated on comes off the training part. */
  @Test
  void threePartsHaveTheirSharesAndShareNoRow() {
    long testSeed = 20261129;
    Random random = new Random(testSeed);
    for (int round = 0; round < 50; round++) {
      int n = 20 + random.nextInt(400);
      double validation = 0.05 + 0.4 * random.nextDouble();
      double test = 0.05 + 0.4 * random.nextDouble();
      Holdout holdout = new Holdout(validation, test, random.nextInt(1000), false);
      Holdout.Rows rows = holdout.rows(n);
      String context = "seed %d, round %d".formatted(testSeed, round);
      assertComplete(rows, n, context);
      assertThat(rows.validation()).as(context).hasSize((int) Math.ceil(validation * n));
      assertThat(rows.test()).as(context).hasSize((int) Math.ceil(test * n));
      Holdout.Rows two = test(test, holdout.seed()).rows(n);
      assertThat(rows.test()).as(context).isEqualTo(two.test());
      assertThat(concat(rows.validation(), rows.train())).as(context).isEqualTo(two.train());
    }
  }

  /**
   * Heads of SHA-256 over scikit-learn 1.9.1's rows: its {@code train_test_split} of all rows, then
   * one of the rows that are left, with the same {@code random_state}.
   */
  @ParameterizedTest
  @CsvSource({
    "200, 0.25, 0.25, 0, 2, 55f870ca5a15fc05, 55415ef779e92dff, 0edf8b40341c0410",
    "777, 0.1, 0.2, 8, 7, 7fb297ef68210d0b, 42bf8c90a40d3c4f, 95f8afa8706e340e",
    "60, 0.3333333333333333, 0.3, 11, 3, 8ccc3f9b16f0c747, 3c2b7a93ce493b17, 2f38fda28d912429",
    "1234, 0.15, 0.15, 4294967295, 12, b94efcead3292143, 526b8257fa53479e, 1ed3587bf3afe1b5"
  })
  void threePartsByClassAreTwoOfScikitLearnsSplits(
      int n,
      double validation,
      double test,
      long seed,
      int k,
      String trainHash,
      String validationHash,
      String testHash) {
    Holdout.Rows rows =
        new Holdout(validation, test, seed, true).stratifiedRows(classes(n, k, seed));
    assertComplete(rows, n, "n " + n);
    assertThat(Hashes.sha256(rows.train())).startsWith(trainHash);
    assertThat(Hashes.sha256(rows.validation())).startsWith(validationHash);
    assertThat(Hashes.sha256(rows.test())).startsWith(testHash);
  }

  @Test
  void eachOfThreePartsByClassHasItsShareOfEachClass() {
    int[] classes = new int[400];
    Arrays.setAll(classes, row -> row < 300 ? 0 : row < 380 ? 1 : 2); // 300, 80, 20
    Holdout.Rows rows = Holdout.of(0.2, 0.25).stratified().stratifiedRows(classes);
    assertComplete(rows, 400, "");
    assertThat(counts(classes, rows.train())).containsExactly(165, 44, 11);
    assertThat(counts(classes, rows.validation())).containsExactly(60, 16, 4);
    assertThat(counts(classes, rows.test())).containsExactly(75, 20, 5);
  }

  private static long[] counts(int[] classes, int[] rows) {
    return IntStream.range(0, 3).mapToLong(c -> of(classes, c, rows)).toArray();
  }

  // Of tables.

  @Test
  void selectsTheRowsOfATable() {
    Table moons = Moons.article().generate();
    Parts parts = Holdout.of(0, 0.25).split(moons);
    Holdout.Rows rows = Holdout.of(0, 0.25).rows(200);
    assertThat(parts.train().rows()).isEqualTo(150);
    assertThat(parts.test().rows()).isEqualTo(50);
    assertThat(parts.test().features().get(0, 1))
        .isEqualTo(moons.features().get(rows.test()[0], 1));
    assertThat(parts.validation()).as("it is looked at while learning").isSameAs(parts.test());
    assertThat(parts.watchesTest()).isTrue();
    Parts even = Holdout.of(0, 0.25).stratified().split(moons);
    assertThat(((Categories) even.train().target()).counts()).containsExactly(75, 75);
    assertThat(((Categories) even.test().target()).counts()).containsExactly(25, 25);
  }

  @Test
  void aTableInThreePartsHasThreeTables() {
    Table moons = Moons.article().generate();
    Parts parts = Holdout.of(0.25, 0.1).seed(7).split(moons);
    Holdout.Rows rows = Holdout.of(0.25, 0.1).seed(7).rows(200);
    assertThat(parts.watchesTest()).isFalse();
    assertRows(moons, parts.train(), rows.train());
    assertRows(moons, parts.validation(), rows.validation());
    assertRows(moons, parts.test(), rows.test());
  }

  private static void assertRows(Table whole, Table part, int[] rows) {
    assertThat(part.rows()).isEqualTo(rows.length);
    for (int i = 0; i < rows.length; i++) {
      assertThat(part.features().get(i, 0)).isEqualTo(whole.features().get(rows[i], 0));
      assertThat(((Categories) part.target()).code(i))
          .isEqualTo(((Categories) whole.target()).code(rows[i]));
    }
  }

  @Test
  void aValidationPartAloneLeavesNothingToTestOn() {
    Parts parts = Holdout.of(0.25, 0).split(Moons.article().generate());
    assertThat(parts.train().rows()).isEqualTo(150);
    assertThat(parts.validation().rows()).isEqualTo(50);
    assertThat(parts.test()).isNull();
    assertThat(parts.watchesTest()).isFalse();
  }

  @Test
  void nothingKeptBackLeavesTheTableAsItIs() {
    Table moons = Moons.article().generate();
    Parts parts = Holdout.of(0, 0).split(moons);
    assertThat(parts.train()).isSameAs(moons);
    assertThat(parts.validation()).isNull();
    assertThat(parts.test()).isNull();
    assertThat(parts.watchesTest()).isFalse();
    Table prices = Table.of("prices", List.of("x"), matrix(2), new Numbers("price", 1.5, 2.5));
    assertThat(Holdout.of(0, 0).stratified().split(prices).train()).isSameAs(prices);
  }

  @Test
  void otherColumnsOfAllPartsCanBePredicted() {
    Table moons = Moons.article().generate();
    for (Holdout holdout : List.of(Holdout.of(0.25, 0.25), Holdout.of(0, 0.25), Holdout.of(0, 0))) {
      Parts before = holdout.split(moons);
      Parts parts = before.predicting(List.of("x2"));
      assertThat(parts.watchesTest()).isEqualTo(before.watchesTest());
      assertThat(parts.train().featureNames()).containsExactly("x1", "label");
      if (holdout.test() > 0) {
        assertThat(parts.validation().target().name()).isEqualTo("x2");
        assertThat(parts.test().target().name()).isEqualTo("x2");
      }
      assertThat(parts.all("x2").values())
          .as("every row once")
          .hasSize(200)
          .doesNotHaveDuplicates();
      assertThat(parts.all("x3").values()).isEmpty();
    }
  }

  private static Matrix matrix(int rows) {
    return new DenseMatrix(rows, 1, new double[rows]);
  }

  /** 0 and 1 in a file are classes, too; where a class is missing, nobody knows whose row it is. */
  @Test
  void wholeNumbersThatNameClassesAreSplitByClass() {
    double[] y = new double[40];
    Arrays.setAll(y, row -> row % 4 == 0 ? 1 : 0);
    Table table = Table.of("t", List.of("x"), matrix(40), new Numbers("y", y));
    Parts parts = Holdout.of(0, 0.5).stratified().split(table);
    assertThat(Arrays.stream(((Numbers) parts.test().target()).values()).sum()).isEqualTo(5);
    y[3] = Double.NaN;
    assertThatThrownBy(() -> Holdout.of(0, 0.5).stratified().split(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Row 4 of t has no value in the column \"y\": remove the row, or fill it in.");
    assertThat(Holdout.of(0, 0.5).split(table).test().rows()).isEqualTo(20);
  }

  // What is refused.

  @ParameterizedTest
  @ValueSource(doubles = {1, -0.5, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAShareThatIsNone(double share) {
    assertThatThrownBy(() -> Holdout.of(0, share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The test fraction must be at least 0 and under 1, got " + share + ".");
    assertThatThrownBy(() -> Holdout.of(share, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The validation fraction must be at least 0 and under 1, got " + share + ".");
  }

  @Test
  void refusesSharesThatLeaveNothingToTrainOn() {
    assertThatThrownBy(() -> Holdout.of(0.25, 0.75))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A validation fraction of 0.25 and a test fraction of 0.75 leave no rows to train on:"
                + " take smaller ones.");
    assertThatThrownBy(() -> Holdout.of(0, 0.95).rows(10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A test fraction of 0.95 leaves none of 10 rows to train on: take a smaller one.");
    assertThatThrownBy(() -> Holdout.of(0.95, 0).rows(10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A validation fraction of 0.95 leaves none of 10 rows to train on: take a smaller"
                + " one.");
    String both =
        "A validation fraction of 0.4 and a test fraction of 0.55 leave none of 10 rows to train"
            + " on: take smaller ones.";
    assertThatThrownBy(() -> Holdout.of(0.4, 0.55).rows(10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(both);
    assertThatThrownBy(() -> Holdout.of(0.4, 0.55).stratifiedRows(new int[10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(both);
  }

  @Test
  void refusesClassesThatCannotBeShared() {
    assertThatThrownBy(() -> Holdout.of(0, 0.5).stratifiedRows(new int[] {0, 0, 0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Class 1 has a single row: a split by class needs at least 2 of each.");
    assertThatThrownBy(() -> Holdout.of(0, 0.3).stratifiedRows(new int[] {0, 0, 1, 1, 2, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Parts of 4 and 2 rows cannot hold each of 3 classes: choose another test fraction.");
    Table numbers = Table.of("prices", List.of("x"), matrix(2), new Numbers("price", 3.5, 4));
    assertThatThrownBy(() -> Holdout.of(0, 0.5).stratified().split(numbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("prices has numbers to predict: only classes can be split by class.");
  }

  @Test
  void refusesClassesThatCannotBeSharedAmongThreeParts() {
    int[] two = {0, 0, 0, 0, 1, 1};
    assertThatThrownBy(() -> Holdout.of(0.3, 0.3).stratifiedRows(two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "Class 1 has a single row beside the test part: a split by class needs at least 2 of"
                + " each\\.");
    int[] three = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
    assertThatThrownBy(() -> Holdout.of(0.1, 0.25).stratifiedRows(three))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Parts of 7 and 2 rows cannot hold each of 3 classes: choose another validation"
                + " fraction.");
  }
}
