package dev.glia.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Ink;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfusionMatrixPlotTest {

  @Test
  void showsCountsNamesAndWhichSideIsWhich() {
    assertThat(Rendered.texts(Samples.confusion()))
        .contains("Confusion", "cat", "dog", "cow", "50", "2", "41", "actual", "predicted")
        .doesNotContain("0");
  }

  @Test
  void numbersStandOutOnDarkAndOnLightCells() {
    assertThat(new Ink(0x08407A).readableOnTop()).isEqualTo(Ink.WHITE);
    assertThat(new Ink(0xEEF5FA).readableOnTop()).isEqualTo(Ink.TEXT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 26, 60})
  void textsOfManyClassesStayInPlace(int classes) {
    List<String> names =
        IntStream.range(0, classes).mapToObj(i -> "class number " + i + " of many").toList();
    int[][] counts = new int[classes][classes];
    for (int[] row : counts) {
      Arrays.fill(row, 12_345);
    }
    Figure figure = new ConfusionMatrixPlot("Many", names, counts);
    TextRecorder recorder = new TextRecorder();
    Box page = new Box(0, 0, figure.width(), figure.height());
    figure.draw(recorder, page);

    assertThat(recorder.overlaps()).isEmpty();
    assertThat(recorder.texts())
        .allSatisfy(text -> assertThat(text.isInside(page)).as(text.toString()).isTrue());
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    List<String> two = List.of("a", "b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConfusionMatrixPlot("", two, new int[3][2]))
        .withMessage("expected 2 rows of counts (one for each class name), got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConfusionMatrixPlot("", two, new int[][] {{1, 2}, {1}}))
        .withMessage("expected 2 counts (one for each class name, in row 1), got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConfusionMatrixPlot("", two, new int[][] {{1, 2}, {1, -1}}))
        .withMessageContaining("in row 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConfusionMatrixPlot("", List.of(), new int[0][0]))
        .withMessageContaining("got 0");
  }
}
