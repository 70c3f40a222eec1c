package dev.glia.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glia.plot.canvas.Marker;
import dev.glia.plot.canvas.Raster;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigitGridTest {

  private static final GreyImage DOT = GreyImage.of(1, 1, new float[] {1}, 0, 1);

  @Test
  void showsLabelPredictionAndHowManyAreWrong() {
    assertThat(Rendered.texts(Samples.digits()))
        .contains("7", "→ 7", "4", "→ 9 (51%)", "label, → prediction; 1 of 3 wrong");
  }

  @Test
  void aWrongPredictionIsMarkedByShapeAndNotByColourAlone() {
    List<MarkerRecorder.Placed> markers = MarkerRecorder.of(Samples.digits()).all();

    assertThat(markers).hasSize(1);
    assertThat(markers.getFirst().marker()).isEqualTo(Marker.CROSS);
    assertThat(Rendered.svg(Samples.digits())).contains("font-weight=\"bold\"");
  }

  @Test
  void labelsAloneNeedNoExplanation() {
    DigitGrid grid = DigitGrid.of("It's a 7!", List.of(new LabelledImage(DOT, "7")));

    assertThat(Rendered.texts(grid)).containsExactly("It's a 7!", "7");
  }

  @Test
  void inkIsDarkOnWhitePaper() {
    GreyImage halves = GreyImage.ofBytes(2, 1, new byte[] {0, (byte) 255});

    assertThat(halves.toRaster().rgb(0, 0)).isEqualTo(0xFFFFFF);
    assertThat(halves.toRaster().rgb(1, 0)).isZero();
  }

  @Test
  void pixelsOfAnyRangeAreScaledAndOddOnesKeptInside() {
    float[] pixels = {0, 127.5f, 255, -9, 999, Float.NaN};
    Raster raster = GreyImage.of(6, 1, pixels, 0, 255).toRaster();

    assertThat(raster.rgb(1, 0)).isEqualTo(0x808080);
    assertThat(raster.rgb(2, 0)).isZero();
    assertThat(raster.rgb(3, 0)).isEqualTo(0xFFFFFF);
    assertThat(raster.rgb(4, 0)).isZero();
    assertThat(raster.rgb(5, 0)).isEqualTo(0xFFFFFF);
  }

  @Test
  void imagesGoInRowsOfTen() {
    DigitGrid grid = DigitGrid.of("", Collections.nCopies(25, new LabelledImage(DOT, "1")));

    assertThat(grid.withColumns(5).width()).isLessThan(grid.width());
    assertThat(grid.withColumns(5).height()).isGreaterThan(grid.height());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GreyImage.of(28, 28, new float[783], 0, 1))
        .withMessage("expected 784 pixels (28 x 28), got 783");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GreyImage.of(1, 1, new float[1], 3, 3))
        .withMessageContaining("got 3.0 and 3.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DigitGrid.of("", List.of()))
        .withMessageContaining("got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DigitGrid.of("", List.of(new LabelledImage(DOT, "1"))).withColumns(0))
        .withMessageContaining("got 0");
  }
}
