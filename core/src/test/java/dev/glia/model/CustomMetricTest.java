package dev.glia.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.compute.Compute;
import dev.glia.metric.Metric;
import dev.glia.metric.Outcomes;
import dev.glia.metric.Scores;
import dev.glia.source.Blobs;
import dev.glia.source.Hills;
import dev.glia.source.Moons;
import dev.glia.split.Parts;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.training.Cancellation;
import dev.glia.training.History;
import dev.glia.training.HistoryFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Metrics that a user brings see what was predicted and what was right, in its own unit. */
class CustomMetricTest {

  /** The accuracy once more. */
  private record Right() implements Metric {
    @Override
    public String name() {
      return "right";
    }

    @Override
    public double of(Outcomes outcomes) {
      int right = 0;
      for (int row = 0; row < outcomes.rows(); row++) {
        right += outcomes.decision(row) == outcomes.label(row) ? 1 : 0;
      }
      return right / (double) outcomes.rows();
    }
  }

  /** The mean absolute error once more. */
  private record Off() implements Metric {
    @Override
    public String name() {
      return "off";
    }

    @Override
    public boolean higherIsBetter() {
      return false;
    }

    @Override
    public double of(Outcomes outcomes) {
      double sum = 0;
      for (int row = 0; row < outcomes.rows(); row++) {
        sum += Math.abs(outcomes.wanted(row, 0) - outcomes.predicted(row, 0));
      }
      return sum / outcomes.rows();
    }
  }

  /** The mean probability of the right class. */
  private record Sure() implements Metric {
    @Override
    public String name() {
      return "sure";
    }

    @Override
    public double of(Outcomes outcomes) {
      double sum = 0;
      for (int row = 0; row < outcomes.rows(); row++) {
        double all = 0;
        for (int c = 0; c < outcomes.classes(); c++) {
          all += outcomes.probability(row, c);
        }
        assertThat(all).isCloseTo(1, within(1e-6));
        sum += outcomes.probability(row, outcomes.label(row));
      }
      return sum / outcomes.rows();
    }
  }

  private static Trained train(Recipe recipe, Table table, int threads, History history) {
    return new Experiment(recipe, recipe.split(table))
        .train(Compute.onThreads(threads), new Cancellation(), history);
  }

  @Test
  void aMetricOfClassesStandsInHistoryResultAndModel() {
    Recipe recipe =
        Recipe.named("blobs")
            .withEpochs(3)
            .withMetrics(new Right(), new Sure())
            .withTestFraction(0.2);
    Table blobs = new Blobs(500, 3, 1.5, true, 0).generate();
    History history = new History();
    Trained run = train(recipe, blobs, 1, history);
    assertThat(HistoryFile.text(history.epochs()))
        .startsWith("epoch,loss,accuracy,right,sure,val_loss,val_accuracy,val_right,val_sure,");
    Scores test = run.result().test();
    assertThat(test.metrics().getFirst().value()).isEqualTo(test.accuracy());
    assertThat(test.metrics().getLast().value()).isBetween(0.4, 1.0);
    assertThat(run.model().metrics())
        .containsEntry("test_right", test.accuracy())
        .containsKeys("right", "val_sure");
    Parts parts = recipe.split(blobs);
    assertThat(run.model().evaluate(parts.test(), new Right(), new Sure())).isEqualTo(test);
    assertThatThrownBy(() -> run.model().evaluate(parts.test(), new Right(), new Right()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is more than one metric named right: give it another name.");
    History four = new History();
    train(recipe, blobs, 4, four);
    assertThat(four.epochs().getLast().train()).isEqualTo(history.epochs().getLast().train());
  }

  @Test
  void oneOutputStandsForTwoClasses() {
    Recipe recipe = Recipe.named("moons").withEpochs(50).withMetrics(new Right(), new Sure());
    Scores train =
        train(recipe, new Moons(200, 0.1, true, 0).generate(), 1, new History()).result().train();
    assertThat(train.metrics().getFirst().value()).isEqualTo(train.accuracy());
    assertThat(train.metrics().getLast().value()).isBetween(0.4, 1.0);
  }

  /** Prices of about 300,000, which are scaled while the network learns. */
  @Test
  void aMetricOfNumbersSeesTheirOwnUnit() {
    double[] area = new double[100];
    double[] price = new double[100];
    for (int row = 0; row < area.length; row++) {
      area[row] = 50 + row;
      price[row] = 200_000 + 2_000 * row;
    }
    Table homes =
        Table.of(
            "homes", List.of("area"), new DenseMatrix(100, 1, area), new Numbers("price", price));
    Recipe recipe = Recipe.predict("price").withEpochs(5).withMetrics(new Off());
    Scores test = train(recipe, homes, 1, new History()).result().test();
    // A scaled value is a float: its error is 2^-24 of some standard deviations of 60,000.
    assertThat(test.metrics().getFirst().value()).isCloseTo(test.mae(), within(0.05));
    assertThat(test.mae()).isGreaterThan(1000);
  }

  @Test
  void aMetricOfTheOtherKindSaysSo() {
    Recipe recipe = Recipe.named("moons").withEpochs(1).withMetrics(new Off());
    Table moons = new Moons(50, 0.1, true, 0).generate();
    assertThatThrownBy(() -> train(recipe, moons, 1, new History()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This metric is for numbers, and classes are predicted.");
    Recipe sine = Recipe.named("hills").withEpochs(1).withMetrics(new Right());
    Table hills = new Hills(50, 0, true, 0).generate();
    assertThatThrownBy(() -> train(sine, hills, 1, new History()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This metric is for classes, and numbers are predicted.");
  }
}
