package dev.glia.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.table.Categories;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {

  private static final Categories ANIMALS =
      new Categories(
          "label", new int[] {0, 0, 0, 0, 1, 1, 2, 2, 2}, List.of("ant", "bee", "cat", "dodo"));

  /** Four ants (three right, one a bee), two bees (one an ant), three cats (right), no dodo. */
  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(ANIMALS, new int[] {0, 0, 1, 0, 0, 1, 2, 2, 2});

  @Test
  void countsRowsByActualAndPredictedClass() {
    assertThat(MATRIX.counts())
        .isDeepEqualTo(new int[][] {{3, 1, 0, 0}, {1, 1, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 0}});
    assertThat(MATRIX.names()).containsExactly("ant", "bee", "cat", "dodo");
    MATRIX.counts()[0][0] = 99;
    assertThat(MATRIX.counts()[0][0]).isEqualTo(3);
  }

  @Test
  void accuracyPrecisionAndRecallFollowFromTheCounts() {
    assertThat(MATRIX.accuracy()).isEqualTo(7 / 9.0);
    assertThat(MATRIX.precision(0)).isEqualTo(3 / 4.0);
    assertThat(MATRIX.recall(0)).isEqualTo(3 / 4.0);
    assertThat(MATRIX.precision(1)).isEqualTo(1 / 2.0);
    assertThat(MATRIX.recall(1)).isEqualTo(1 / 2.0);
    assertThat(MATRIX.precision(2)).isEqualTo(1.0);
    assertThat(MATRIX.recall(2)).isEqualTo(1.0);
  }

  @Test
  void sharesOfNothingAreNaN() {
    assertThat(MATRIX.precision(3)).isNaN();
    assertThat(MATRIX.recall(3)).isNaN();
    assertThat(
            ConfusionMatrix.of(new Categories("label", new int[0], List.of("a")), new int[0])
                .accuracy())
        .isNaN();
  }

  @Test
  void predictionsMustBeAsManyAndOfTheClasses() {
    assertThatThrownBy(() -> ConfusionMatrix.of(ANIMALS, new int[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("9 rows need as many predictions, got 2.");
    assertThatThrownBy(() -> ConfusionMatrix.of(ANIMALS, new int[] {0, 0, 0, 4, 0, 0, 0, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Row 3 is predicted to be of class 4, there are 4 classes (0 to 3).");
  }

  @Test
  void theGreatestOutputDecidesAndOfEqualOnesTheFirst() {
    assertThat(Decision.classOf(new float[] {0.1f, 0.7f, 0.2f}, 0, 3)).isEqualTo(1);
    assertThat(Decision.classOf(new float[] {0.4f, 0.4f, 0.2f}, 0, 3)).isZero();
    assertThat(Decision.classOf(new float[] {0.1f, 0.4f, 0.4f}, 0, 3)).isEqualTo(1);
    assertThat(Decision.classOf(new float[] {-3f, -1f, -2f}, 0, 3)).isEqualTo(1);
    assertThat(Decision.classOf(new float[] {9f, 9f, 0f, 1f}, 2, 2)).isEqualTo(1);
  }

  @Test
  void oneOutputMustBeOverAHalf() {
    assertThat(Decision.classOf(new float[] {0.5f}, 0, 1)).isZero();
    assertThat(Decision.classOf(new float[] {Math.nextUp(0.5f)}, 0, 1)).isEqualTo(1);
    assertThat(Decision.classOf(new float[] {Float.NaN}, 0, 1)).isZero();
  }

  @Test
  void aNaNNeverWins() {
    assertThat(Decision.classOf(new float[] {0.3f, Float.NaN, 0.4f}, 0, 3)).isEqualTo(2);
    assertThat(Decision.classOf(new float[] {Float.NaN, 0.3f, 0.4f}, 0, 3)).isEqualTo(2);
    assertThat(Decision.classOf(new float[] {Float.NaN, Float.NaN}, 0, 2)).isZero();
  }

  @Test
  void everyRowIsDecided() {
    assertThat(Decision.classesOf(new float[] {1, 2, 4, 3, 5, 6}, 2)).containsExactly(1, 0, 1);
    assertThat(Decision.classesOf(new float[] {0.2f, 0.8f}, 1)).containsExactly(0, 1);
  }
}
