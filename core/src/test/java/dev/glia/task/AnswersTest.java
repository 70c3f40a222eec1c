package dev.glia.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.metric.Scores;
import dev.glia.preprocessing.Scaler;
import dev.glia.table.Categories;
import dev.glia.table.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Right and wrong outputs, and how many. */
class AnswersTest {

  private static final Categories PETS =
      new Categories("pet", new int[] {2, 0, 1, 0}, List.of("cat", "dog", "eel"));
  private static final Categories TWO =
      new Categories("pet", new int[] {1, 0, 0}, List.of("cat", "dog"));

  /** Scores outputs, all rows being one block. */
  private static Scores score(Answers answers, double... outputs) {
    return inBlocks(answers, answers.rows(), outputs);
  }

  /** Scores outputs in blocks of so many rows. */
  private static Scores inBlocks(Answers answers, int block, double... outputs) {
    float[] floats = new float[outputs.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) outputs[i];
    }
    double[] all = new double[answers.sums()];
    for (int first = 0; first < answers.rows(); first += block) {
      double[] sums = new double[answers.sums() + 2];
      for (int row = first; row < Math.min(first + block, answers.rows()); row++) {
        answers.add(row, floats, row * answers.outputs(), sums, 1);
      }
      assertThat(sums[0]).isZero();
      assertThat(sums[sums.length - 1]).isZero();
      Arrays.setAll(all, i -> all[i] + sums[i + 1]);
    }
    return answers.scores(7, all);
  }

  // Numbers. The figures are scikit-learn 1.9.1's r2_score and mean_absolute_error.

  @Test
  void numbersAreScoredAsByScikitLearn() {
    Answers answers = Answers.of(new float[] {3, -0.5f, 2, 7}, 1);
    Scores scores = score(answers, 2.5, 0, 2, 8);
    assertThat(scores.r2()).isCloseTo(0.9486081370449679, within(1e-15));
    assertThat(scores.mae()).isEqualTo(0.5);
    assertThat(scores.loss()).isEqualTo(7);
    assertThat(scores.accuracy()).isNull();
  }

  /** The mean of each one's; what their errors would be together, nobody could say. */
  @Test
  void severalNumbersHaveTheMeanOfTheirR2AndNoError() {
    Answers answers = Answers.of(new float[] {0.5f, 1, -1, 1, 7, -6}, 2);
    assertThat(answers.rows()).isEqualTo(3);
    Scores scores = score(answers, 0, 2, -1, 2, 8, -5);
    assertThat(scores.r2()).isCloseTo(0.9368005266622779, within(1e-15));
    assertThat(scores.mae()).isNull();
  }

  /** Where all targets are equal: 1 if right, else 0. */
  @ParameterizedTest
  @CsvSource({"5, 0.8928571428571428", "6, 0.39285714285714285"})
  void equalNumbersAreRightOrNot(double second, double r2) {
    Answers answers = Answers.of(new float[] {1, 5, 2, 5, 4, 5}, 2);
    assertThat(score(answers, 1, 5, 2, second, 5, 5).r2()).isCloseTo(r2, within(1e-15));
  }

  /** R2 has no unit; the error has the user's. */
  @Test
  void scaledNumbersAreScoredInTheirOwnUnit() {
    double[] prices = {100_000, 250_000, 175_000, 400_000};
    double[] predicted = {110_000, 240_000, 180_000, 380_000};
    for (Scaler.Kind kind : Scaler.Kind.values()) {
      Scaler scaler = Scaler.fit(kind, new Numbers("price", prices));
      assertUnits(scaler, prices, predicted);
    }
    assertUnits( // one that turns them around
        new Scaler(Scaler.Kind.MINMAX, new double[] {400_000}, new double[] {-1e-5}),
        prices,
        predicted);
  }

  private static void assertUnits(Scaler scaler, double[] prices, double[] predicted) {
    float[] y = new float[prices.length];
    double[] outputs = new double[prices.length];
    for (int row = 0; row < y.length; row++) {
      y[row] = (float) scaler.apply(prices[row], 0);
      outputs[row] = scaler.apply(predicted[row], 0);
    }
    Scores scores = score(Answers.of(y, 1, scaler), outputs);
    // Outputs are floats: of numbers about 1, which stand for 100,000, the last bit is 0.01.
    assertThat(scores.mae()).as("%s", scaler).isCloseTo(11_250, within(0.05));
    assertThat(scores.r2()).as("%s", scaler).isCloseTo(0.9873015873015873, within(1e-6));
  }

  @Test
  void blocksOfRowsAddUp() {
    long seed = System.nanoTime() & 0xFFFFFFFFL;
    Random random = new Random(seed);
    int rows = 100;
    float[] y = new float[3 * rows];
    double[] outputs = new double[3 * rows];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) random.nextGaussian();
      outputs[i] = (float) random.nextGaussian();
    }
    Answers answers = Answers.of(y, 3);
    Scores whole = score(answers, outputs);
    for (int block : new int[] {1, 7, 99}) {
      assertThat(inBlocks(answers, block, outputs).r2())
          .as("seed %d, blocks of %d", seed, block)
          .isCloseTo(whole.r2(), within(1e-12));
    }
    int[] some = random.ints(20, 0, rows).toArray();
    double[] selected = new double[60];
    Arrays.setAll(selected, i -> outputs[3 * some[i / 3] + i % 3]);
    assertThat(score(answers.select(some), selected).r2())
        .as("seed %d", seed)
        .isCloseTo(r2(y, outputs, some), within(1e-6)); // an error is rounded to a float
  }

  /** The mean of three R2, by the definition. */
  private static double r2(float[] y, double[] outputs, int[] rows) {
    double r2 = 0;
    for (int k = 0; k < 3; k++) {
      int output = k;
      double mean = Arrays.stream(rows).mapToDouble(row -> y[3 * row + output]).average().orElse(0);
      double spread = 0;
      double squares = 0;
      for (int row : rows) {
        int at = 3 * row + output;
        spread += (y[at] - mean) * (y[at] - mean);
        squares += (y[at] - outputs[at]) * (y[at] - outputs[at]);
      }
      r2 += (1 - squares / spread) / 3;
    }
    return r2;
  }

  @Test
  void numbersAreCopiedToABatch() {
    Answers answers = Answers.of(new float[] {1, 2, 3, 4, 5, 6}, 2);
    assertThat(answers.outputs()).isEqualTo(2);
    assertThat(answers.target(1, 0)).isEqualTo(3);
    float[] target = new float[8];
    answers.copy(new int[] {9, 2, 0, 1}, 1, target, 4, 0, 2);
    assertThat(target).containsExactly(5, 6, 0, 0, 1, 2, 0, 0);
    Answers selected = answers.select(2, 2);
    assertThat(selected.rows()).isEqualTo(2);
    assertThat(selected.target(1, 1)).isEqualTo(6);
  }

  // Classes.

  @Test
  void classesHaveAShareOfRightOnes() {
    Answers answers = Answers.of(PETS, 3);
    Scores scores = score(answers, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 9, 0);
    assertThat(scores.accuracy()).isEqualTo(0.5);
    assertThat(scores.loss()).isEqualTo(7);
    assertThat(scores.r2()).isNull();
    assertThat(scores.mae()).isNull();
    assertThat(inBlocks(answers, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 9, 0)).isEqualTo(scores);
    assertThat(score(Answers.of(TWO, 1), 0.6, 0.4, 0.6).accuracy()).isEqualTo(2 / 3.0);
    assertThat(score(Answers.of(TWO, 2), 0, 1, 1, 0, 1, 0).accuracy()).isEqualTo(1);
  }

  @Test
  void classesAreCopiedToABatch() {
    Answers answers = Answers.of(PETS, 3);
    assertThat(answers.target(0, 2)).isEqualTo(1);
    assertThat(answers.target(0, 1)).isZero();
    float[] target = new float[12];
    Arrays.fill(target, 5);
    answers.copy(new int[] {3, 2, 0}, 0, target, 4, 1, 3);
    assertThat(target).containsExactly(5, 5, 5, 5, 0, 1, 0, 0, 0, 0, 1, 0);
    Answers one = Answers.of(TWO, 1);
    assertThat(one.target(0, 0)).isEqualTo(1);
    float[] column = new float[6];
    one.copy(new int[] {0, 1, 0}, 0, column, 2, 0, 3);
    assertThat(column).containsExactly(1, 0, 0, 0, 1, 0);
    Answers.Labels selected = (Answers.Labels) answers.select(1, 0);
    assertThat(selected.label(0)).isZero();
    assertThat(selected.label(1)).isEqualTo(2);
    assertThat(selected.outputs()).isEqualTo(3);
  }

  // What is refused.

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Answers.of(PETS, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The target needs 3 outputs, the network has 1.");
    assertThatThrownBy(() -> Answers.of(TWO, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The target needs 2 outputs, the network has 3.");
    assertThatThrownBy(() -> Answers.of(new float[5], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5 numbers are no whole rows of 2 outputs.");
  }

  /** Its output would be -1: outside of the row, or of what a sigmoid gives. */
  @Test
  void aMissingClassIsNoAnswer() {
    Categories missing = new Categories("pet", new int[] {0, -1}, List.of("cat", "dog"));
    for (int outputs : new int[] {1, 2}) {
      assertThatThrownBy(() -> Answers.of(missing, outputs))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Row 2 has no class: remove the row, or fill it in.");
    }
  }
}
