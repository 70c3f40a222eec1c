package dev.glia.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glia.plot.canvas.Palette;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScatterPlotTest {

  private static final List<String> ABC = List.of("a", "b", "c");

  @Test
  void aPointHasItsClassColourInThePng() {
    ScatterPlot plot =
        ScatterPlot.of("", new double[] {0, 1}, new double[] {0, 0.2}, new int[] {0, 2}, ABC)
            .withExtent(new Extent(-1, 2, -1, 1));
    MarkerRecorder markers = MarkerRecorder.of(plot);
    BufferedImage image = Rendered.png(plot);

    for (MarkerRecorder.Placed placed : markers.all()) {
      int pixel = image.getRGB((int) (2 * placed.x()), (int) (2 * placed.y())) & 0xFFFFFF;
      assertThat(pixel).isEqualTo(placed.ink().rgb());
    }
    assertThat(markers.all()).hasSize(3 + 2); // the legend's and the points'
  }

  @Test
  void classesDifferByShapeAsWellAsByColour() {
    long looks =
        IntStream.range(0, 64)
            .mapToObj(i -> Palette.marker(i) + " " + Palette.ink(i))
            .distinct()
            .count();

    assertThat(looks).isEqualTo(64);
    assertThat(IntStream.range(0, 8).mapToObj(Palette::marker).distinct()).hasSize(8);
    assertThat(IntStream.range(0, 8).mapToObj(Palette::ink).distinct()).hasSize(8);
  }

  @Test
  void showsClassNamesAndFeatureNames() {
    assertThat(Rendered.texts(Samples.scatter().withLabels("length", "width")))
        .contains("Two moons", "upper moon", "lower moon", "length", "width");
  }

  @Test
  void longNamesAreShortenedAndTheSvgTitleIsNot() {
    String name = "a name that goes on and on ".repeat(10).strip();
    ScatterPlot plot =
        ScatterPlot.of(name, new double[] {0}, new double[] {0}, new int[] {0}, List.of(name));

    assertThat(Rendered.texts(plot))
        .doesNotContain(name)
        .anyMatch(text -> text.startsWith("a name that") && text.endsWith("…"));
    assertThat(Rendered.contents(plot, "title")).containsExactly(name);
  }

  @Test
  void theFieldTintsEachSideInItsClassColour() {
    BufferedImage image = Rendered.png(Samples.scatter());
    int high = image.getRGB(image.getWidth() / 2, image.getHeight() / 4);
    int low = image.getRGB(image.getWidth() / 2, image.getHeight() * 4 / 5);

    assertThat(blue(high)).isGreaterThan(red(high)); // class 0 is blue
    assertThat(red(low)).isGreaterThan(blue(low)); // class 1 is orange
  }

  private static int red(int rgb) {
    return (rgb >> 16) & 0xFF;
  }

  private static int blue(int rgb) {
    return rgb & 0xFF;
  }

  @Test
  void theFieldIsASmallImageInTheSvg() {
    String svg = Rendered.svg(Samples.scatter());

    assertThat(svg).contains("data:image/png;base64,");
    assertThat(svg.length()).isLessThan(10_000);
  }

  @Test
  void pointsThatAreNotFiniteAreLeftOut() {
    double nan = Double.NaN;
    ScatterPlot plot =
        ScatterPlot.of("", new double[] {0, nan, 1}, new double[] {0, 1, nan}, new int[3], ABC);

    assertThat(MarkerRecorder.of(plot).all()).hasSize(3 + 1);
    assertThat(Rendered.svg(plot)).doesNotContain("NaN");
  }

  @Test
  void noPointsAtAllIsAnEmptyPlot() {
    ScatterPlot plot = ScatterPlot.of("", new double[0], new double[0], new int[0], ABC);

    assertThat(Rendered.texts(plot)).contains("a", "b", "c");
  }

  @Test
  void ofManyPointsSomeAreDrawnAndThePlotSaysSo() {
    int n = 60_000;
    double[] x = Samples.values(n, i -> i % 251);
    ScatterPlot plot = ScatterPlot.of("", x, x, new int[n], List.of("a"));

    assertThat(MarkerRecorder.of(plot).all()).hasSize(1 + 4000);
    assertThat(Rendered.texts(plot)).contains("x1; 4,000 of 60,000 points drawn");
  }

  @Test
  void wrongPredictionsAreCountedAndRinged() {
    assertThat(Rendered.texts(Samples.pair()))
        .contains("Training data", "Predictions, loss 0.0123", "wrong: 1 of 20");
    // A ring in the legend and one around the point, each with a halo.
    long rings = MarkerRecorder.of(Samples.pair()).all().stream().filter(m -> !m.filled()).count();
    assertThat(rings).isEqualTo(4);
  }

  @Test
  void bothPanelsShowTheSamePartOfThePlane() {
    List<String> texts = Rendered.texts(Samples.pair());

    List<String> numbers = texts.stream().filter(t -> t.matches("−?\\d+(\\.\\d+)?")).toList();
    assertThat(numbers.subList(0, numbers.size() / 2))
        .isEqualTo(numbers.subList(numbers.size() / 2, numbers.size()));
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    double[] two = new double[2];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScatterPlot.of("", two, new double[3], new int[2], ABC))
        .withMessage("expected 2 y values (one for each x), got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScatterPlot.of("", two, two, new int[1], ABC))
        .withMessage("expected 2 classes (one for each point), got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScatterPlot.of("", two, two, new int[] {0, 3}, ABC))
        .withMessage("classes[1] is 3, but there are 3 class names: classes count from 0 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScatterPlot.of("", two, two, new int[2], ABC).withField(Samples.field()))
        .withMessage("expected 3 classes in the field (as many as names), got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RealAndPredicted.of("", "", two, two, new int[2], new int[3], ABC))
        .withMessage("expected 2 predictions (one for each point), got 3");
  }
}
