package dev.glia.plot.axis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.plot.canvas.Ink;
import dev.glia.plot.canvas.Stroke;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinePanelTest {

  @Test
  void lossesOverMoreThanTwoPowersOfTenGetALogarithmicScale() {
    assertThat(panel(1, 0.0099).y()).isInstanceOf(LogAxis.class);
    assertThat(panel(1, 0.0101).y()).isInstanceOf(LinearAxis.class);
  }

  @Test
  void aZeroLossFallsBelowTheLogarithmicScaleAndNegativeOnesAreLinear() {
    LinePanel zero = panel(1, 0.001, 0);
    assertThat(zero.y()).isInstanceOf(LogAxis.class);
    assertThat(zero.y().share(0)).isNegative();

    assertThat(panel(1, 0.001, -1).y()).isInstanceOf(LinearAxis.class);
  }

  private static LinePanel panel(double... losses) {
    Stroke stroke = new Stroke(Ink.TEXT, 1);
    return LinePanel.ofLosses(List.of(new Series(stroke, new double[losses.length], losses)));
  }
}
