package dev.glia.plot.axis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberLabelTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.0123456 | 0.0123
          0.5       | 0.500
          0         | 0
          12.34     | 12.3
          1234.4    | 1,234
          -0.25     | −0.250
          1.234e-7  | 1.23e-7
          3.4e38    | 3.40e38
          NaN       | NaN
          Infinity  | ∞
          """)
  void valuesHaveThreeDigitsThatCount(double value, String text) {
    assertThat(NumberLabel.value(value)).isEqualTo(text);
  }

  @Test
  void sharesArePerCent() {
    assertThat(NumberLabel.percent(0.94321)).isEqualTo("94.3%");
    assertThat(NumberLabel.percent(1)).isEqualTo("100.0%");
    assertThat(NumberLabel.percent(Double.NaN)).isEqualTo("NaN");
  }

  @Test
  void numbersAreTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(NumberLabel.value(1234.4)).isEqualTo("1,234");
      assertThat(NumberLabel.onScale(0.25, 0.05)).isEqualTo("0.25");
    } finally {
      Locale.setDefault(before);
    }
  }
}
