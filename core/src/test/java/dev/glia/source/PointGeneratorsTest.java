package dev.glia.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.SharedFolder;
import dev.glia.table.Categories;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointGeneratorsTest {

  /**
   * Against numbers made with another C library. Its sine, cosine and logarithm are, as ours,
   * within one unit of the true value: a difference of at most two half units of 1 for the sine of
   * a coordinate, two for noise of at most 1 (see {@code RandomStateTest}), and one for the sum.
   */
  private static void assertCoordinate(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(4 * Math.ulp(Math.max(1, Math.abs(expected)))));
  }

  private static void assertPoints(Table data, double[] expected, int... labels) {
    assertThat(data.rows()).isEqualTo(labels.length);
    assertThat(expected).hasSize(2 * labels.length);
    for (int row = 0; row < labels.length; row++) {
      assertCoordinate(data.features().get(row, 0), expected[2 * row]);
      assertCoordinate(data.features().get(row, 1), expected[2 * row + 1]);
    }
    assertThat(classes(data)).containsExactly(labels);
  }

  private static int[] classes(Table data) {
    Categories target = (Categories) data.target();
    return IntStream.range(0, data.rows()).map(target::code).toArray();
  }

  private static double radius(Table data, int row) {
    return Math.hypot(data.features().get(row, 0), data.features().get(row, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void moonsAreScikitLearns(int number) throws IOException {
    Moons moons =
        switch (number) {
          case 0 -> Moons.article();
          case 1 -> new Moons(1000, 0.1, true, 7);
          default -> new Moons(101, 0, false, 3);
        };
    List<String> lines = Files.readAllLines(SharedFolder.golden("make_moons_" + number + ".csv"));
    assertThat(lines.get(0))
        .isEqualTo(
            "# n_samples=%d noise=%s shuffle=%s random_state=%d"
                .formatted(
                    moons.samples(),
                    moons.noise() == 0 ? "None" : moons.noise(),
                    moons.shuffle() ? "True" : "False",
                    moons.seed()));
    double[][] rows =
        lines.stream().skip(2).map(PointGeneratorsTest::numbers).toArray(double[][]::new);
    double[] expected = Arrays.stream(rows).flatMapToDouble(r -> Arrays.stream(r, 0, 2)).toArray();
    int[] labels = Arrays.stream(rows).mapToInt(r -> (int) r[2]).toArray();
    assertPoints(moons.generate(), expected, labels);
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /** Computed by scikit-learn 1.9.1: make_circles(7, noise=0.1, shuffle=True, random_state=5). */
  @Test
  void circlesAreScikitLearns() {
    double[] expected = {
      0.1367585524167272, -0.7425292312370984, -0.6885762407725841, -0.8489328669296907,
      -0.04030933118341078, 0.9637628489722643, -0.5605297848190393, 0.7065838963439895,
      1.0911873642060055, -0.14438415534901392, -0.6175559834524658, 0.14576251241169308,
      0.7089741849005162, -0.09900189439755787
    };
    assertPoints(new Circles(7, 0.1, true, 5).generate(), expected, 1, 0, 1, 0, 0, 1, 1);
  }

  /** Computed by scikit-learn 1.9.1: make_circles(7, shuffle=False). */
  @Test
  void circlesInOrderAreScikitLearns() {
    double[] expected = {
      1,
      0,
      -0.4999999999999998,
      0.8660254037844387,
      -0.5000000000000004,
      -0.8660254037844384,
      0.8,
      0,
      0,
      0.8,
      -0.8,
      0,
      0,
      -0.8
    };
    assertPoints(new Circles(7, 0, false, 1).generate(), expected, 0, 0, 0, 1, 1, 1, 1);
  }

  /** Computed by scikit-learn 1.9.1: make_blobs(8, centers=3, cluster_std=0.7, random_state=5). */
  @Test
  void blobsAreScikitLearns() {
    double[] expected = {
      -6.196599261604579, 7.0005004629963254, -6.116797156112343, 8.79464828058508,
      -6.700552121906736, 8.228804601347122, -1.2896019144852726, 2.68627051567786,
      -5.428814320119285, 7.183737153101975, -7.030968863841658, 7.882092832375466,
      0.5741974825376024, 3.535008963114833, -5.4834096891004815, 8.522382905490621
    };
    assertPoints(new Blobs(8, 3, 0.7, true, 5).generate(), expected, 0, 1, 1, 2, 0, 1, 2, 0);
  }

  /** Computed by scikit-learn: make_blobs(5, 2 centers, std 1.5, random_state=9, no shuffle). */
  @Test
  void blobsInOrderAreScikitLearns() {
    double[] expected = {
      -10.360059118597878, -0.6842112013405803, -12.06851369047951, -0.6988161288578443,
      -10.15353779004001, -0.93442934735763, 0.8693024830531693, -4.713233462886704,
      0.3604891892500267, -6.262153928036636
    };
    assertPoints(new Blobs(5, 2, 1.5, false, 9).generate(), expected, 0, 0, 0, 1, 1);
  }

  @Test
  void spiralsHaveTwoArmsOppositeEachOther() {
    Table data = new Spirals(100, 0, false, 0).generate();
    for (int i = 0; i < 50; i++) {
      // Half a turn apart; a sine is off by a unit and an angle of up to 13 by its own rounding.
      double tolerance = 20 * Math.ulp(1.0);
      assertThat(radius(data, i)).isCloseTo((i + 1) / 50.0, within(tolerance));
      for (int axis = 0; axis < 2; axis++) {
        assertThat(data.features().get(50 + i, axis))
            .isCloseTo(-data.features().get(i, axis), within(tolerance));
      }
    }
    // One and a half turns: the first arm ends opposite to where it began.
    assertThat(data.features().get(49, 0)).isCloseTo(-1, within(20 * Math.ulp(1.0)));
    assertThat(((Categories) data.target()).counts()).containsExactly(50, 50);
  }

  @Test
  void xorIsClassOneWhereTheSignsDiffer() {
    Table data = new Xor(500, 0, true, 4).generate();
    Categories target = (Categories) data.target();
    for (int row = 0; row < data.rows(); row++) {
      boolean differ = data.features().get(row, 0) * data.features().get(row, 1) < 0;
      assertThat(target.code(row)).as("row %d", row).isEqualTo(differ ? 1 : 0);
    }
    assertThat(target.counts()).containsExactly(250, 250);
  }

  private static double[] values(Table data) {
    Numbers target = (Numbers) data.target();
    return IntStream.range(0, data.rows()).mapToDouble(target::get).toArray();
  }

  private static double[] column(Table data, int column) {
    return IntStream.range(0, data.rows())
        .mapToDouble(row -> data.features().get(row, column))
        .toArray();
  }

  @Test
  void sineIsTheSineOfItsFeature() {
    Table data = new Sine(101, 0, false, 0).generate();
    double[] x = column(data, 0);
    assertThat(data.featureNames()).containsExactly("x");
    assertThat(x).isSorted();
    assertThat(x[0]).isEqualTo(-2 * Math.PI);
    assertThat(x[100]).isEqualTo(2 * Math.PI);
    assertThat(x[50]).isCloseTo(0, within(10 * Math.ulp(2 * Math.PI)));
    for (int row = 0; row < 101; row++) {
      assertThat(values(data)[row]).isEqualTo(StrictMath.sin(x[row]));
    }
  }

  @Test
  void hillsAreHighAtTheirTopsAndFlatFarAway() {
    // Of the next tops two are 4 away and lower it by exp(-4) = 0.018 each, one is 5 away.
    double next = 2 * StrictMath.exp(-4) + StrictMath.exp(-25.0 / 4);
    assertThat(Hills.height(0, -2.5)).isCloseTo(1 - next, within(1e-3));
    assertThat(Hills.height(4, 2.5)).isCloseTo(1 - next, within(0.02));
    assertThat(Hills.height(0, 2.5)).isCloseTo(-1 + next, within(1e-3));
    assertThat(Hills.height(6, 6.5)).isCloseTo(StrictMath.exp(-5), within(1e-3));
    assertThat(Hills.height(4, 0)).isCloseTo(0, within(Math.ulp(1.0)));
    Table data = new Hills(300, 0, false, 3).generate();
    double[] x1 = column(data, 0);
    double[] x2 = column(data, 1);
    assertThat(data.featureNames()).containsExactly("x1", "x2");
    assertThat(x1).isSorted();
    for (int row = 0; row < data.rows(); row++) {
      assertThat(x1[row]).isBetween(-6.0, 6.0);
      assertThat(x2[row]).isBetween(-6.0, 6.0);
      assertThat(values(data)[row]).isEqualTo(Hills.height(x1[row], x2[row]));
    }
  }

  static List<Generator> numberGenerators() {
    return List.of(new Sine(101, 0.1, true, 1), new Hills(101, 0.1, true, 1));
  }

  @ParameterizedTest
  @MethodSource("numberGenerators")
  void theSameSettingsGiveTheSameNumbers(Generator generator) {
    Table once = generator.generate();
    Table again = generator.generate();
    assertThat(values(again)).containsExactly(values(once));
    assertThat(column(again, 0)).containsExactly(column(once, 0));
    double[] sorted = column(once, 0);
    Arrays.sort(sorted);
    assertThat(column(once, 0)).isNotEqualTo(sorted);
  }

  @Test
  void theNoiseOfNumbersHasItsStandardDeviation() {
    int rows = 20_000;
    double noise = 0.25;
    Table sine = new Sine(rows, noise, true, 2).generate();
    Table hills = new Hills(rows, noise, true, 2).generate();
    double sineSquares = 0;
    double hillSquares = 0;
    for (int row = 0; row < rows; row++) {
      double off = value(sine, row) - StrictMath.sin(sine.features().get(row, 0));
      sineSquares += off * off;
      Matrix places = hills.features();
      off = value(hills, row) - Hills.height(places.get(row, 0), places.get(row, 1));
      hillSquares += off * off;
    }
    // As above: the deviation of n normal numbers scatters by 1 / sqrt(2 n).
    double tolerance = noise * 5 / Math.sqrt(2 * rows);
    assertThat(Math.sqrt(sineSquares / rows)).isCloseTo(noise, within(tolerance));
    assertThat(Math.sqrt(hillSquares / rows)).isCloseTo(noise, within(tolerance));
  }

  private static double value(Table data, int row) {
    return ((Numbers) data.target()).get(row);
  }

  static List<Generator> shuffled() {
    return List.of(
        new Moons(101, 0.1, true, 1),
        new Circles(101, 0.1, true, 1),
        new Blobs(101, 4, 0.1, true, 1),
        new Spirals(101, 0.1, true, 1),
        new Xor(101, 0.1, true, 1));
  }

  @ParameterizedTest
  @MethodSource("shuffled")
  void theSameSettingsGiveTheSameRows(Generator generator) {
    Table once = generator.generate();
    Table again = generator.generate();
    assertThat(once.rows()).isEqualTo(101);
    assertThat(once.featureNames()).containsExactly("x1", "x2");
    assertThat(classes(again)).containsExactly(classes(once));
    int[] counts = ((Categories) once.target()).counts();
    int most = Arrays.stream(counts).max().orElseThrow();
    assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThanOrEqualTo(most - 1);
    int[] ordered = classes(once).clone();
    Arrays.sort(ordered);
    assertThat(classes(once)).isNotEqualTo(ordered);
    for (int row = 0; row < once.rows(); row++) {
      assertThat(again.features().get(row, 0)).isEqualTo(once.features().get(row, 0));
      assertThat(again.features().get(row, 1)).isEqualTo(once.features().get(row, 1));
    }
  }

  @Test
  void theNoiseHasItsStandardDeviation() {
    double noise = 0.25;
    Matrix clean = new Moons(20_000, 0, false, 11).generate().features();
    Matrix noisy = new Moons(20_000, noise, false, 11).generate().features();
    double squares = 0;
    for (int row = 0; row < 20_000; row++) {
      for (int axis = 0; axis < 2; axis++) {
        double off = noisy.get(row, axis) - clean.get(row, axis);
        squares += off * off;
      }
    }
    // The deviation of n normal numbers scatters by 1 / sqrt(2 n): five times that.
    assertThat(Math.sqrt(squares / 40_000))
        .isCloseTo(noise, within(noise * 5 / Math.sqrt(2 * 40_000)));
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new Moons(1, 0.1, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("moons needs at least 2 samples, got 1.");
    assertThatThrownBy(() -> new Moons(Integer.MAX_VALUE, 0.1, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("moons makes at most 100000000 samples, got 2147483647.");
    assertThatThrownBy(() -> new Circles(10, -0.1, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("circles needs a noise of at least 0, got -0.1.");
    assertThatThrownBy(() -> new Spirals(10, Double.NaN, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spirals needs a noise of at least 0, got NaN.");
    assertThatThrownBy(() -> new Xor(10, Double.POSITIVE_INFINITY, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("xor needs a noise of at least 0, got Infinity.");
    assertThatThrownBy(() -> new Sine(1, 0.1, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sine needs at least 2 samples, got 1.");
    assertThatThrownBy(() -> new Hills(10, -1, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hills needs a noise of at least 0, got -1.0.");
    assertThatThrownBy(() -> new Blobs(10, 0, 1, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("blobs needs at least 1 centre, got 0.");
    assertThatThrownBy(() -> new Blobs(2, 3, 1, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("blobs needs at least 3 samples, got 2.");
    assertThatThrownBy(() -> new Moons(10, 0, true, -1).generate())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A seed must be between 0 and 4294967295");
  }
}
