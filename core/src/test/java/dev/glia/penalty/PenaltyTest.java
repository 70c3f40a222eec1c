package dev.glia.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A penalty's gradient is that of its value; a limit is Keras'. */
class PenaltyTest {

  @Test
  void gradientsAreThoseOfTheValues() {
    for (Penalty penalty : List.of(new L1(0.3), new L2(0.7))) {
      float[] parameters = {1.5f, -0.25f, 0, 2};
      float[] gradients = {1, 1, 1, 7};
      penalty.addGradient(0.5, parameters, gradients, 0, 3);
      for (int i = 0; i < 2; i++) {
        float[] higher = parameters.clone();
        float[] lower = parameters.clone();
        higher[i] += 0.125f; // exact in binary
        lower[i] -= 0.125f;
        double difference =
            (penalty.value(0.5, higher, 0, 3) - penalty.value(0.5, lower, 0, 3)) / 0.25;
        assertThat((double) gradients[i] - 1)
            .as("%s, parameter %d", penalty.name(), i)
            .isCloseTo(difference, within(1e-6));
      }
      assertThat(gradients[2]).as("the padding's").isEqualTo(1);
      assertThat(gradients[3]).as("another's").isEqualTo(7);
    }
  }

  /** A unit with the weights 3 and 4, every second number of the array, has the norm 5. */
  @Test
  void aNormIsHeldToItsLimit() {
    float[] parameters = {9, 3, 9, 4, 9};
    new MaxNorm(2.5).limit(parameters, 1, 2, 2);
    assertThat(parameters[1]).isCloseTo((float) (3 * 2.5 / (5 + 1e-7)), within(1e-7f));
    assertThat(parameters[3]).isCloseTo((float) (4 * 2.5 / (5 + 1e-7)), within(1e-7f));
    assertThat(new float[] {parameters[0], parameters[2], parameters[4]}).containsOnly(9f);

    float[] small = {0.3f, 0.4f, 0, 0};
    new MaxNorm(2.5).limit(small, 0, 2, 1);
    assertThat(small[0]).isCloseTo(0.3f, within(1e-6f)); // Keras' epsilon shrinks it a little
    new MaxNorm(2.5).limit(small, 2, 2, 1);
    assertThat(small[2]).isZero();
  }

  @Test
  void wrongNumbersGetASentence() {
    assertThatThrownBy(() -> new L1(-1)).hasMessage("The L1 factor must be at least 0, got -1.0.");
    assertThatThrownBy(() -> new L2(Double.NaN))
        .hasMessage("The L2 factor must be at least 0, got NaN.");
    assertThatThrownBy(() -> new MaxNorm(0))
        .hasMessage("Norms can be held to a number over 0, got 0.0.");
  }
}
