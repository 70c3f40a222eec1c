package dev.glia.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glia.plot.canvas.Palette;
import org.junit.jupiter.api.Test;

class LossCurveTest {

  @Test
  void showsLegendLabelsAndTheLastValueOfEachLine() {
    assertThat(Rendered.texts(Samples.loss()))
        .contains("Loss of a small network", "training", "validation", "loss", "accuracy", "epoch")
        .contains("0.114", "0.177", "100.0%", "95.0%");
  }

  @Test
  void linesCanBeNamedOtherwise() {
    assertThat(Rendered.texts(Samples.loss().withNames("learned", "unseen")))
        .contains("learned", "unseen")
        .doesNotContain("training", "validation");
  }

  @Test
  void onePointIsDrawn() {
    LossCurve curve = LossCurve.of("One", "epoch", new double[] {0}, new double[] {0.693});

    assertThat(Rendered.texts(curve)).contains("0.693", "0");
    assertThat(Rendered.pixels(curve, Palette.ink(0).rgb())).isPositive();
  }

  @Test
  void infiniteAndMissingValuesAreGaps() {
    double nan = Double.NaN;
    double inf = Double.POSITIVE_INFINITY;
    LossCurve curve =
        LossCurve.of("Gaps", "epoch", Samples.steps(7), new double[] {3, 2, nan, 1.5, inf, 1, nan});

    String svg = Rendered.svg(curve);
    assertThat(svg).doesNotContain("=\"NaN", " NaN", "Infinity");
    // 3 to 2 is a line; 1.5 and 1 stand alone.
    assertThat(Rendered.texts(curve)).contains("NaN");
    assertThat(svg.split("<circle", -1)).hasSize(1 + 3);
  }

  @Test
  void aTrainingWithoutOneFiniteLossSaysSo() {
    double[] nothing = {Double.NaN, Double.POSITIVE_INFINITY};

    assertThat(Rendered.texts(LossCurve.of("Diverged", "epoch", Samples.steps(2), nothing)))
        .contains("no finite values");
  }

  @Test
  void twentyThousandPointsMakeASmallFile() {
    double[] loss = Samples.values(20_000, i -> 1 / (1.0 + i) + 0.01 * Math.sin(i));

    String svg = Rendered.svg(LossCurve.of("Long", "update", Samples.steps(20_000), loss));

    assertThat(svg.length()).isLessThan(20_000);
  }

  @Test
  void wrongLengthsAreRefusedWithBothNumbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LossCurve.of("", "epoch", new double[3], new double[2]))
        .withMessage("expected 3 loss values (one for each step), got 2");
    LossCurve curve = LossCurve.of("", "epoch", new double[3], new double[3]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curve.withValidationAccuracy(new double[4]))
        .withMessage("expected 3 validation accuracy values (one for each step), got 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LossCurve.of("", "epoch", new double[0], new double[0]))
        .withMessageContaining("at least one step");
  }

  @Test
  void stepsThatGoBackAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LossCurve.of("", "epoch", new double[] {0, 2, 1}, new double[3]))
        .withMessageContaining("steps[2] = 1.0");
  }

  @Test
  void laterChangesOfTheCallersArrayDoNotShow() {
    double[] loss = {1, 0.5};
    LossCurve curve = LossCurve.of("", "epoch", Samples.steps(2), loss);
    String before = Rendered.svg(curve);

    loss[1] = 99;

    assertThat(Rendered.svg(curve)).isEqualTo(before);
  }
}
