package dev.glia.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.plot.canvas.Box;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every kind of picture. */
class FigureTest {

  static Stream<Figure> figures() {
    return Samples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("figures")
  void svgSaysItsTitleForReadersWhoCannotSeeIt(Figure figure) {
    assertThat(Rendered.contents(figure, "title")).containsExactly(figure.title());
    assertThat(Rendered.parsed(figure).getDocumentElement().getAttribute("role")).isEqualTo("img");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void svgIsTheSameEveryTime(Figure figure) {
    assertThat(Rendered.svg(figure)).isEqualTo(Rendered.svg(figure));
  }

  @ParameterizedTest
  @MethodSource("figures")
  void svgLoadsNothingFromOutside(Figure figure) {
    String svg = Rendered.svg(figure).replace("http://www.w3.org/2000/svg", "");

    assertThat(svg).doesNotContain("http", "url(", "<script", "<style", " id=");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void pngHasTwiceTheFiguresSizeAndIsNotBlank(Figure figure) {
    BufferedImage image = Rendered.png(figure);

    assertThat(image.getWidth()).isEqualTo(2 * (int) Math.ceil(figure.width()));
    assertThat(image.getHeight()).isEqualTo(2 * (int) Math.ceil(figure.height()));
    long all = (long) image.getWidth() * image.getHeight();
    assertThat(Rendered.pixels(figure, 0xFFFFFF)).isBetween(all / 20, all - 1000);
  }

  @ParameterizedTest
  @MethodSource("figures")
  void everyTextStandsInsideThePicture(Figure figure) {
    TextRecorder recorder = new TextRecorder();
    figure.draw(recorder, new Box(0, 0, figure.width(), figure.height()));

    Box page = new Box(0, 0, figure.width(), figure.height());
    assertThat(recorder.texts())
        .isNotEmpty()
        .allSatisfy(text -> assertThat(text.isInside(page)).as(text.toString()).isTrue());
  }

  @ParameterizedTest
  @MethodSource("figures")
  void noTextOverlapsAnother(Figure figure) {
    TextRecorder recorder = new TextRecorder();
    figure.draw(recorder, new Box(0, 0, figure.width(), figure.height()));

    assertThat(recorder.overlaps()).isEmpty();
  }

  @Test
  void aFigureWithoutATitleStillSaysWhatItIs() {
    LossCurve curve = LossCurve.of("", "epoch", new double[] {1}, new double[] {0.5});

    assertThat(Rendered.contents(curve, "title")).containsExactly("Loss by epoch");
    assertThat(Rendered.texts(curve)).doesNotContain("Loss by epoch");
  }

  @Test
  void namesThatLookLikeMarkupStayText() {
    String hostile = "<script>alert(\"1\") && '2'</script>\u0000\ud800";
    Figure figure =
        ScatterPlot.of(
            hostile, new double[] {0}, new double[] {0}, new int[] {0}, List.of(hostile));

    assertThat(Rendered.svg(figure)).doesNotContain("<script");
    assertThat(Rendered.contents(figure, "title"))
        .containsExactly("<script>alert(\"1\") && '2'</script> \ufffd");
    assertThat(Rendered.png(figure)).isNotNull();
  }
}
