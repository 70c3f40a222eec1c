package dev.glia.plot.axis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.plot.canvas.Ink;
import dev.glia.plot.canvas.Stroke;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {

  private static Series series(double... values) {
    return new Series(new Stroke(Ink.TEXT, 1), values(values.length, i -> i), values);
  }

  private static double[] values(int count, IntToDoubleFunction value) {
    return IntStream.range(0, count).mapToDouble(value).toArray();
  }

  @Test
  void shortLinesStayAsTheyAre() {
    assertThat(series(3, 1, 2).thinned(3).values()).containsExactly(3, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 20_000, 1_000_000})
  void thinnedLinesKeepTheirEndsAndTheirExtremes(int size) {
    double[] values = values(size, i -> Math.sin(i * 0.7));
    values[size / 3] = 50;
    values[size / 2] = -50;

    Series thin = series(values).thinned(1000);

    assertThat(thin.size()).isLessThanOrEqualTo(1000);
    assertThat(thin.step(0)).isEqualTo(0);
    assertThat(thin.step(thin.size() - 1)).isEqualTo(size - 1.0);
    assertThat(thin.values()).contains(50, -50);
    assertThat(thin.values()[thin.size() - 1]).isEqualTo(values[size - 1]);
  }

  @Test
  void thinnedLinesKeepTheirGaps() {
    double[] values = values(20_000, i -> i % 7);
    values[12_345] = Double.NaN;

    assertThat(series(values).thinned(1000).values()).contains(Double.NaN);
  }

  @Test
  void gapsEverywhereStillLeaveFewPoints() {
    double[] values = values(20_000, i -> i % 3 == 0 ? Double.NaN : i % 7);

    assertThat(series(values).thinned(1000).size()).isLessThanOrEqualTo(1000);
  }

  @Test
  void stepsOfThinnedLinesNeverGoBack() {
    Series thin = series(values(20_000, i -> (i * 7919L) % 104_729)).thinned(1000);

    for (int i = 1; i < thin.size(); i++) {
      assertThat(thin.step(i)).isGreaterThan(thin.step(i - 1));
    }
  }
}
