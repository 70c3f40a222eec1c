package dev.glia.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.internal.json.Json;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers by bins: the edges that are learnt, and what a number becomes. */
class PiecewiseLinearTest {

  private static PiecewiseLinear fit(int bins, double... values) {
    return (PiecewiseLinear) PiecewiseLinear.fit(new Numbers("x", values), Scaler.Kind.NONE, bins);
  }

  private static float[] encoded(Encoding encoding, double x) {
    float[] out = new float[encoding.width()];
    encoding.write(new double[] {x}, 0, out, 0);
    return out;
  }

  /** The formula of the paper, section 3.2, in plain double. */
  private static double textbook(double x, double below, double above) {
    return x < below ? 0 : x >= above ? 1 : (x - below) / (above - below);
  }

  @Test
  void binsHoldAsManyNumbersEach() {
    PiecewiseLinear nine = fit(4, IntStream.rangeClosed(0, 8).mapToDouble(i -> i).toArray());
    assertThat(nine.edges()).containsExactly(0, 2, 4, 6, 8);
    assertThat(encoded(nine, 5)).containsExactly(5, 1, 1, 0.5f, 0);
    assertThat(encoded(nine, -1)).containsExactly(-1, 0, 0, 0, 0);
    assertThat(encoded(nine, 100)).containsExactly(100, 1, 1, 1, 1);
  }

  @Test
  void everyBinIsThePapersFormula() {
    PiecewiseLinear bins = fit(5, 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9);
    double[] edges = bins.edges();
    for (double x = -1; x < 11; x += 0.37) {
      float[] out = encoded(bins, x);
      assertThat(out).hasSize(edges.length);
      for (int i = 1; i < edges.length; i++) {
        assertThat(out[i]).isEqualTo((float) textbook(x, edges[i - 1], edges[i]));
      }
    }
  }

  /** Quantiles of all rows would give one bin to all that is not 0. */
  @Test
  void aNumberThatMostRowsHaveTakesOneEdge() {
    double[] values = new double[100];
    for (int i = 0; i < 10; i++) {
      values[90 + i] = 1000 * (i + 1);
    }
    assertThat(fit(5, values).edges()).containsExactly(0, 2000, 4000, 6000, 8000, 10_000);
  }

  @Test
  void fewDifferentNumbersAreEachAnEdge() {
    assertThat(fit(48, 7, 7, 1, 3, 3, 3, 1).edges()).containsExactly(1, 3, 7);
  }

  @Test
  void oneBinIsTheScaledNumberAlone() {
    for (double[] values : new double[][] {{4, 4, 4}, {0, 1, 1, 0}, {Double.NaN, Double.NaN}}) {
      Numbers numbers = new Numbers("x", values);
      assertThat(PiecewiseLinear.fit(numbers, Scaler.Kind.STANDARD, 16))
          .isEqualTo(ScaledNumbers.fit(numbers, Scaler.Kind.STANDARD));
    }
  }

  @Test
  void aMissingNumberIsMarkedAndTheMeanStandsForIt() {
    PiecewiseLinear bins = fit(2, 0, 1, Double.NaN, 5);
    assertThat(bins.edges()).containsExactly(0, 1, 5);
    assertThat(bins.inputNames())
        .containsExactly("x", "x is missing", "x from 0.0 to 1.0", "x from 1.0 to 5.0");
    assertThat(encoded(bins, Double.NaN)).containsExactly(2, 1, 1, 0.25f);
    assertThat(encoded(bins, 2)).containsExactly(2, 0, 1, 0.25f);
    Table some = new Table("t", List.of(new Numbers("x", 1, Double.NaN)), List.of());
    assertThat(new Preprocessing(List.of(bins)).remarks(some))
        .containsExactly(
            "\"x\" is missing in 1 of 2 rows: 2 stands for it, the mean of the rows to learn from.");
  }

  @Test
  void whatWasLearntIsReadBack() {
    PiecewiseLinear bins = fit(3, 0.1, 1 / 3.0, Double.NaN, 1e-300, 5e17);
    Map<?, ?> json = (Map<?, ?>) Json.read(Json.write(bins.describe()));
    @SuppressWarnings("unchecked")
    Encoding read = Encoding.read((Map<String, ?>) json);
    assertThat(read).isEqualTo(bins).hasSameHashCodeAs(bins);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1,1", "2,1", "0,NaN", "0,Infinity"})
  void edgesThatDoNotAscendAreRefused(String text) {
    double[] edges =
        text.isEmpty()
            ? new double[0]
            : Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    ScaledNumbers scaled = new ScaledNumbers("x", Scaler.none(1), 0, false);
    assertThatThrownBy(() -> new PiecewiseLinear(scaled, edges))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The bins of \"x\" need from 2 to 1001 finite edges");
  }

  @Test
  void aNumberOfBinsThatMakesNoSenseIsRefused() {
    Table table = new Table("t", List.of(new Numbers("x", 1, 2)), List.of());
    for (int bins : new int[] {-1, 1001}) {
      assertThatThrownBy(() -> Preprocessing.fit(table, Scaler.Kind.NONE, bins))
          .hasMessage("The number of bins must be from 0 to 1000, got " + bins + ".");
    }
  }
}
