package dev.glia.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class SplitTest {

  /** The classes that the golden stratified splits are made of. */
  private static int[] classes(int n, int count, long seed) {
    RandomState random = new RandomState(seed);
    int[] classes = new int[n];
    Arrays.setAll(classes, i -> (int) random.randint(0, count));
    return classes;
  }

  @Test
  void putsEveryRowWhereScikitLearnDoes() throws IOException {
    List<?> cases = Golden.list(Golden.read("train_test_split.json").get("cases"));
    assertThat(cases).hasSize(6);
    for (Object value : cases) {
      Map<?, ?> golden = Golden.object(value);
      int n = Golden.integer(golden.get("n"));
      double fraction = Golden.number(golden.get("test_size"));
      long seed = Golden.integer(golden.get("random_state"));
      Split.Rows rows =
          golden.containsKey("stratify")
              ? Split.stratifiedRows(classes(n, 3, seed), fraction, seed)
              : Split.rows(n, fraction, seed);
      assertThat(rows.train()).as("%s", golden).hasSize(Golden.integer(golden.get("n_train")));
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
      int n, double fraction, long seed, int k, String train, String test) {
    Split.Rows rows =
        k > 0
            ? Split.stratifiedRows(classes(n, k, seed), fraction, seed)
            : Split.rows(n, fraction, seed);
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
      double fraction = 0.2 + 0.6 * random.nextDouble();
      int[] classes = new int[n];
      Arrays.setAll(classes, row -> row % k);
      Split.Rows rows = Split.stratifiedRows(classes, fraction, random.nextInt(1000));
      int[] all =
          IntStream.concat(Arrays.stream(rows.train()), Arrays.stream(rows.test())).toArray();
      Arrays.sort(all);
      assertThat(all)
          .as("seed %d, round %d", testSeed, round)
          .containsExactly(IntStream.range(0, n).toArray());
      for (int c = 0; c < k; c++) {
        int wanted = c;
        long members = Arrays.stream(classes).filter(x -> x == wanted).count();
        long inTest = Arrays.stream(rows.test()).filter(row -> classes[row] == wanted).count();
        // Rounded to a row by the size of the part, and once more by the share of the class.
        assertThat(Math.abs(inTest - fraction * members))
            .as("seed %d, round %d", testSeed, round)
            .isLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void selectsTheRowsOfADataSet() {
    Dataset moons = Moons.article().generate();
    Split split = Split.of(moons, 0.25, 0);
    Split.Rows rows = Split.rows(200, 0.25, 0);
    assertThat(split.train().rows()).isEqualTo(150);
    assertThat(split.test().rows()).isEqualTo(50);
    assertThat(split.test().features().get(0, 1))
        .isEqualTo(moons.features().get(rows.test()[0], 1));
    Split even = Split.stratified(moons, 0.25, 0);
    assertThat(((ClassTarget) even.train().target()).counts()).containsExactly(75, 75);
    assertThat(((ClassTarget) even.test().target()).counts()).containsExactly(25, 25);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN})
  void refusesAFractionThatIsNone(double fraction) {
    assertThatThrownBy(() -> Split.rows(10, fraction, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The test fraction must be over 0 and under 1, got " + fraction + ".");
  }

  @Test
  void refusesAnEmptyPart() {
    assertThatThrownBy(() -> Split.rows(10, 0.95, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A test fraction of 0.95 leaves none of 10 rows to train on: take a smaller one.");
  }

  @Test
  void refusesClassesThatCannotBeShared() {
    assertThatThrownBy(() -> Split.stratifiedRows(new int[] {0, 0, 0, 1}, 0.5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Class 1 has a single row: a split by class needs at least 2 of each.");
    assertThatThrownBy(() -> Split.stratifiedRows(new int[] {0, 0, 1, 1, 2, 2}, 0.3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Parts of 4 and 2 rows cannot hold each of 3 classes: choose another test fraction.");
    Dataset numbers =
        new Dataset(
            "prices",
            List.of("x"),
            DenseMatrix.of(new double[] {1}, new double[] {2}),
            new NumberTarget(new double[] {3, 4}, "price"));
    assertThatThrownBy(() -> Split.stratified(numbers, 0.5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("prices has numbers to predict: only classes can be split by class.");
  }
}
