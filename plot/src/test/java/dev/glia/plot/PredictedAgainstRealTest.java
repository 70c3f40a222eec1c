package dev.glia.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PredictedAgainstRealTest {

  @Test
  void namesBothDirectionsAndTheDiagonal() {
    assertThat(Rendered.texts(Samples.regression()))
        .contains("Prices", "real price", "predicted price", "predicted = real");
  }

  @Test
  void pointsThatAreNotFiniteAreLeftOut() {
    double[] real = {1, 2, 3};
    double[] predicted = {1, Double.POSITIVE_INFINITY, Double.NaN};

    Figure figure = new PredictedAgainstReal("", "", real, predicted);

    assertThat(MarkerRecorder.of(figure).all()).hasSize(1 + 1);
  }

  @Test
  void refusesArraysOfDifferentLengths() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PredictedAgainstReal("", "", new double[2], new double[1]))
        .withMessage("expected 2 predicted values (one for each real value), got 1");
  }
}
