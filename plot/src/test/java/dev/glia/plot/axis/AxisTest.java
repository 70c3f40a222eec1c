package dev.glia.plot.axis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

  private static List<String> labels(Axis axis, int most) {
    return axis.ticks(most).stream()
        .map(Axis.Tick::label)
        .filter(label -> !label.isEmpty())
        .toList();
  }

  private static LinearAxis linear(double min, double max) {
    return new LinearAxis("", min, max, LinearAxis.Unit.NUMBER);
  }

  @Test
  void marksStandAtRoundValues() {
    assertThat(labels(linear(0, 1), 5)).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(labels(linear(-1.2, 2.4), 8))
        .containsExactly("−1.0", "−0.5", "0.0", "0.5", "1.0", "1.5", "2.0");
    assertThat(labels(linear(0, 20_000), 4))
        .containsExactly("0", "5,000", "10,000", "15,000", "20,000");
    assertThat(labels(linear(0.00012, 0.00031), 4))
        .containsExactly("0.00015", "0.00020", "0.00025", "0.00030");
    assertThat(labels(linear(0, 3e-7), 4)).containsExactly("0", "1e-7", "2e-7", "3e-7");
    assertThat(labels(linear(1e8, 1.3e8), 3)).containsExactly("1e8", "1.1e8", "1.2e8", "1.3e8");
  }

  @ParameterizedTest
  @CsvSource({"0,1", "0,7", "-3,11", "0.013,0.0131", "1e-30,2e-30", "-1e12,4e15", "99.5,100.5"})
  void stepsAreOneTwoOrFiveTimesAPowerOfTen(double min, double max) {
    for (int most = 1; most <= 10; most++) {
      List<Axis.Tick> ticks = linear(min, max).ticks(most);
      assertThat(ticks).hasSizeLessThanOrEqualTo(most + 1);
      for (int i = 1; i < ticks.size(); i++) {
        double step = ticks.get(i).value() - ticks.get(i - 1).value();
        double digit = step / Math.pow(10, Math.floor(Math.log10(step) + 1e-6));
        assertThat(List.of(1L, 2L, 5L)).contains(Math.round(digit));
        assertThat(digit).isCloseTo((double) Math.round(digit), offset(1e-3));
      }
    }
  }

  @Test
  void epochsAreMarkedAtWholeNumbersOnly() {
    Axis epochs = new LinearAxis("", -0.05, 2.05, LinearAxis.Unit.WHOLE);

    assertThat(labels(epochs, 10)).containsExactly("0", "1", "2");
  }

  @Test
  void sharesAreMarkedAsPerCentAndNotBeyondAHundred() {
    Axis shares = new LinearAxis("", -0.1, 1.3, LinearAxis.Unit.SHARE);

    assertThat(labels(shares, 8)).containsExactly("0%", "20%", "40%", "60%", "80%", "100%");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "5,5", "-2,-2", "1e20,1e20", "1,1.0000000000000002"})
  void aScaleOfOneValueIsWidened(double min, double max) {
    LinearAxis axis = linear(min, max);

    assertThat(axis.share(min)).isBetween(0.2, 0.8);
    assertThat(labels(axis, 5)).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void aLogarithmicScaleMarksPowersOfTen() {
    Axis axis = new LogAxis("loss", 0.0004, 1.5);

    assertThat(labels(axis, 6)).containsExactly("0.001", "0.01", "0.1", "1");
    assertThat(axis.share(0.0004)).isZero();
    assertThat(axis.share(1.5)).isEqualTo(1);
    assertThat(axis.ticks(6)).hasSizeGreaterThan(20); // the short marks in between
  }

  @Test
  void aShortLogarithmicScaleMarksTwosAndFivesToo() {
    assertThat(labels(new LogAxis("", 0.009, 1.1), 8))
        .containsExactly("0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1");
  }

  @Test
  void aLongLogarithmicScaleLeavesPowersOut() {
    assertThat(labels(new LogAxis("", 1e-40, 1e2), 6)).hasSizeBetween(4, 8).contains("1");
  }
}
