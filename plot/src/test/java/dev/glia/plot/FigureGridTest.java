package dev.glia.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FigureGridTest {

  @Test
  void showsEveryFigureAndItsOwnTitle() {
    Figure grid =
        FigureGrid.titled("Report")
            .withRow(Samples.loss())
            .withRow(300, Samples.confusion(), Samples.regression());

    assertThat(Rendered.texts(grid))
        .contains("Report", "Loss of a small network", "Confusion", "Prices");
    assertThat(grid.height()).isEqualTo(30 + 560 + 300);
  }

  @Test
  void theSecondArticlesPictureHasLossRealDataAndPredictions() {
    Figure figure = new LossAndPredictions(Samples.loss(), Samples.pair());

    assertThat(Rendered.texts(figure))
        .contains("Loss of a small network", "Training data", "Predictions, loss 0.0123");
    assertThat(figure.title())
        .isEqualTo("Loss of a small network; Training data; Predictions, loss 0.0123");
  }

  @Test
  void refusesAnEmptyRow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FigureGrid.titled("").withRow())
        .withMessageContaining("at least one figure");
  }
}
