package dev.glia.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Matrix;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalerTest {

  /** Ordinary, negative, constant, constant and rounded, large, and tiny columns. */
  private static final Matrix DATA =
      DenseMatrix.of(
          new double[] {1, -2, 5, 0.1, 1e9, 3e-16},
          new double[] {2, 0, 5, 0.1, 1e9 + 1, 0},
          new double[] {4, 7, 5, 0.1, 1e9 + 2, 1e-16},
          new double[] {4, 1, 5, 0.1, 1e9 + 5, 2e-16});

  /** Sums of four numbers, a division and a root: a few roundings on either side. */
  private static void assertClose(double[] actual, double... expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(4 * Math.ulp(expected[i])));
    }
  }

  /** Computed by scikit-learn 1.9.1: MinMaxScaler's data_min_ and scale_. */
  @Test
  void minMaxIsScikitLearns() {
    Scaler scaler = Scaler.minMax(DATA);
    assertThat(scaler.kind()).isEqualTo(Scaler.Kind.MINMAX);
    assertThat(scaler.columns()).isEqualTo(6);
    assertThat(scaler.shift()).containsExactly(1, -2, 5, 0.1, 1e9, 0);
    assertClose(scaler.scale(), 1 / 3.0, 1 / 9.0, 1, 1, 0.2, 1); // a range of 3e-16 is none
    Matrix scaled = scaler.apply(DATA);
    for (int column : new int[] {0, 1, 4}) {
      assertThat(scaled.get(0, column)).isZero();
    }
    assertThat(scaled.get(3, 4)).isEqualTo(1);
    assertThat(scaled.get(2, 1)).isCloseTo(1, within(Math.ulp(1.0)));
  }

  /** The quartiles are NumPy's: by hand, between the numbers by their distances. */
  @Test
  void robustTakesTheMedianAndTheQuartiles() {
    Scaler scaler = Scaler.robust(DATA);
    assertThat(scaler.kind()).isEqualTo(Scaler.Kind.ROBUST);
    assertThat(scaler.shift()).containsExactly(3, 0.5, 5, 0.1, 1e9 + 1.5, 1.5e-16);
    assertClose(scaler.scale(), 1 / 2.25, 1 / 3.0, 1, 1, 0.5, 1 / 1.5e-16);
    DenseMatrix mostlyZero = new DenseMatrix(9, 1, new double[] {0, 0, 0, 0, 0, 0, 0, 0, 40});
    assertThat(Scaler.robust(mostlyZero).scale()).containsExactly(1 / 20.0);
  }

  /** RealMLP's smooth clipping, of numbers that are scaled robustly alone. */
  @Test
  void whatIsFarOutIsClippedSmoothly() {
    Scaler robust = new Scaler(Scaler.Kind.ROBUST, new double[] {1}, new double[] {0.5});
    ScaledNumbers numbers = new ScaledNumbers("x", robust, 0, false);
    float[] out = new float[1];
    for (double x : new double[] {1, 3, -3, 100, 1e300, -1e300}) {
      numbers.write(new double[] {x}, 0, out, 0);
      double scaled = (x - 1) * 0.5;
      double clipped =
          Math.abs(scaled) > 1e100
              ? 3 * Math.signum(scaled)
              : scaled / Math.sqrt(1 + scaled / 3 * (scaled / 3));
      assertThat(out[0]).isEqualTo((float) clipped).isBetween(-3f, 3f);
    }
  }

  /** Computed by scikit-learn 1.9.1: StandardScaler's mean_ and 1 / scale_. */
  @Test
  void standardIsScikitLearns() {
    Scaler scaler = Scaler.standard(DATA);
    assertThat(scaler.kind()).isEqualTo(Scaler.Kind.STANDARD);
    assertClose(scaler.shift(), 2.75, 1.5, 5, 0.1, 1000000002.0, 1.5e-16);
    assertClose(
        scaler.scale(),
        0.769800358919501,
        0.29814239699997197,
        1,
        1,
        0.5345224838248488,
        8944271909999159.0);
  }

  /** One pass over so many large numbers is off by a hundred units; two are off by one at most. */
  @Test
  void theMeanOfManyLargeNumbersIsExact() {
    double[] values = new double[20_000];
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < values.length; i++) {
      values[i] = 1e9 + i % 7 / 10.0;
      sum = sum.add(new BigDecimal(values[i]));
    }
    double mean = sum.divide(BigDecimal.valueOf(values.length)).doubleValue();
    Scaler scaler = Scaler.standard(new DenseMatrix(values.length, 1, values));
    assertThat(scaler.shift()[0]).isCloseTo(mean, within(Math.ulp(mean)));
  }

  /** Scikit-learn 1.9.1 gives scale 1 here too. */
  @Test
  void aColumnThatVariesByRoundingAloneIsConstant() {
    double next = Math.nextUp(1e9);
    Matrix data =
        DenseMatrix.of(
            new double[] {1e9}, new double[] {next}, new double[] {1e9}, new double[] {next});
    assertThat(Scaler.standard(data).scale()).containsExactly(1);
  }

  @Test
  void aScaledColumnHasItsMeanAndDeviation() {
    long seed = 20260103;
    Random random = new Random(seed);
    int rows = 1000;
    double[] values = new double[rows * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1e6 * (i % 3) + (1 + i % 3) * random.nextGaussian();
    }
    DenseMatrix data = new DenseMatrix(rows, 3, values);
    Matrix scaled = Scaler.standard(data).apply(data);
    for (int column = 0; column < 3; column++) {
      double sum = 0;
      double squares = 0;
      for (int row = 0; row < rows; row++) {
        sum += scaled.get(row, column);
        squares += scaled.get(row, column) * scaled.get(row, column);
      }
      // Values up to 2e6 are rounded to 2^-32 or so, which is what remains of the mean.
      assertThat(sum / rows).as("seed %d", seed).isCloseTo(0, within(1e-9));
      assertThat(squares / rows).as("seed %d", seed).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void noneLeavesTheColumnsAsTheyAre() {
    Scaler scaler = Scaler.none(6);
    assertThat(scaler.kind()).isEqualTo(Scaler.Kind.NONE);
    assertThat(scaler.apply(DATA)).isSameAs(DATA);
    assertThat(scaler.apply(0.1, 3)).isEqualTo(0.1);
  }

  @Test
  void everyWayGivesTheSameBits() {
    long seed = 20260104;
    Random random = new Random(seed);
    int rows = 50;
    int columns = 7;
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (100 * random.nextGaussian()); // so that a row of floats has the same
    }
    DenseMatrix data = new DenseMatrix(rows, columns, values);
    for (Scaler fitted : new Scaler[] {Scaler.minMax(data), Scaler.standard(data)}) {
      Scaler scaler = new Scaler(fitted.kind(), fitted.shift(), fitted.scale());
      int[] order = new RandomState(3).permutation(rows);
      Matrix view = scaler.apply(data);
      Matrix selected = view.select(order);
      assertThat(view.rows()).isEqualTo(rows);
      assertThat(view.columns()).isEqualTo(columns);
      for (int i = 0; i < rows; i++) {
        int row = order[i];
        double[] raw = new double[columns];
        for (int column = 0; column < columns; column++) {
          raw[column] = data.get(row, column);
        }
        float[] fromRow = new float[columns];
        scaler.apply(raw, fromRow);
        float[] fromView = new float[columns];
        view.copyRow(row, fromView, 0);
        float[] fromSelection = new float[columns];
        selected.copyRow(i, fromSelection, 0);
        for (int column = 0; column < columns; column++) {
          float expected =
              (float) ((raw[column] - fitted.shift()[column]) * fitted.scale()[column]);
          assertThat(fromRow[column]).as("seed %d", seed).isEqualTo(expected);
          assertThat(fromView[column]).as("seed %d", seed).isEqualTo(expected);
          assertThat(fromSelection[column]).as("seed %d", seed).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void theArraysAreCopies() {
    double[] shift = {1};
    double[] scale = {2};
    Scaler scaler = new Scaler(Scaler.Kind.MINMAX, shift, scale);
    shift[0] = 9;
    scale[0] = 9;
    scaler.shift()[0] = 9;
    scaler.scale()[0] = 9;
    assertThat(scaler.apply(4, 0)).isEqualTo(6);
  }

  @Test
  void kindsHaveNames() {
    for (Scaler.Kind kind : Scaler.Kind.values()) {
      assertThat(Scaler.Kind.of(kind.id())).isEqualTo(kind);
    }
    assertThat(Scaler.Kind.MINMAX.id()).isEqualTo("minmax");
    assertThatThrownBy(() -> Scaler.Kind.of("MinMax"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no scaling \"MinMax\": choose none, minmax, standard or robust.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1e151})
  void refusesNumbersThatCannotBeScaled(double wrong) {
    Matrix data = DenseMatrix.of(new double[] {1, 2}, new double[] {3, wrong});
    String message =
        "Row 1, column 1 (counted from 0) is "
            + wrong
            + ": scaling needs numbers from -1.0E150 to 1.0E150.";
    assertThatThrownBy(() -> Scaler.minMax(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Scaler.standard(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> Scaler.minMax(DATA.select(new int[0])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A scaler learns from at least one row, got none.");
    Scaler scaler = Scaler.none(2);
    assertThatThrownBy(() -> scaler.apply(DATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("This scaler takes 2 columns, got a matrix of 6.");
    assertThatThrownBy(() -> scaler.apply(new double[2], new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("This scaler takes 2 columns, got a row of 2 and room for 3.");
    assertThatThrownBy(() -> scaler.apply(new double[1], new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scaler(Scaler.Kind.NONE, new double[1], new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A scaler needs as many shifts as scales, got 1 shifts and 2 scales.");
    for (double wrong : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Scaler(Scaler.Kind.MINMAX, new double[1], new double[] {wrong}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Column 0 cannot be scaled by (x - 0.0) * "
                  + wrong
                  + ": both must be finite, the scale not 0.");
    }
  }
}
