package dev.glia.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glia.textbook.TextbookActivation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErfTest {

  /** Values of mpmath at 40 digits. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1124629160182848984",
    "0.5, 0.52049987781304653768",
    "0.9, 0.79690821242283213966",
    "1, 0.84270079294971486934",
    "1.0000001, 0.84270083446046048456",
    "1.25, 0.92290012825645823014",
    "1.5, 0.96610514647531072707",
    "2, 0.99532226501895273416",
    "2.5, 0.99959304798255504106",
    "3, 0.99997790950300141456",
    "4, 0.99999998458274209972",
    "5, 0.99999999999846254021",
    "5.9, 0.9999999999999999281",
    "7.5, 1"
  })
  void givesTheKnownValues(double x, double erf) {
    assertThat(Erf.erf(x)).isCloseTo(erf, within(1e-15));
    assertThat(Erf.erf(-x)).isEqualTo(-Erf.erf(x));
  }

  @Test
  void isOddAndExactInTheSmall() {
    assertThat(Erf.erf(0.0)).isEqualTo(0.0);
    assertThat(Erf.erf(1e-10)).isCloseTo(1.1283791670955126e-10, within(1e-25));
    assertThat(Erf.erf(1e-300)).isCloseTo(1.1283791670955126e-300, within(1e-315));
  }

  @Test
  void endsAtOneAndKeepsNaN() {
    assertThat(Erf.erf(Double.POSITIVE_INFINITY)).isEqualTo(1.0);
    assertThat(Erf.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1.0);
    assertThat(Erf.erf(Double.NaN)).isNaN();
  }

  /** The textbook's series adds up to 150 terms, each with some roundings of 1e-16. */
  @Test
  void agreesWithTheSeriesEverywhere() {
    for (double x = -7.5; x <= 7.5; x += 1 / 512.0) {
      assertThat(Erf.erf(x)).as("erf(%s)", x).isCloseTo(TextbookActivation.erf(x), within(1e-14));
    }
  }
}
