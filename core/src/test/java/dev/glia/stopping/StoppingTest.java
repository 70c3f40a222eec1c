package dev.glia.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.compute.Compute;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Layer;
import dev.glia.loss.BinaryCrossEntropy;
import dev.glia.metric.EvaluatedEpoch;
import dev.glia.metric.Score;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.optimizer.OptimizerMemory;
import dev.glia.random.RandomState;
import dev.glia.schedule.Schedule;
import dev.glia.source.Moons;
import dev.glia.table.Table;
import dev.glia.training.Batching;
import dev.glia.training.Checkpoint;
import dev.glia.training.Examples;
import dev.glia.training.Trainer;
import dev.glia.training.Training;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.Finished;
import dev.glia.training.TrainingListener;
import dev.glia.training.TrainingOptions;
import dev.glia.training.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stopping rules: when they end a training, and whose weights it gives. */
class StoppingTest {

  private static final Examples TRAIN = moons(60, 0);
  private static final Examples VALIDATION = moons(40, 1);

  private static Examples moons(int rows, int seed) {
    Table moons = new Moons(rows, 0.4, true, seed).generate();
    return Examples.of(moons.features(), moons.target(), 1);
  }

  private static Network network() {
    Architecture architecture = new Architecture(2, Layer.parseAll("16:relu,16:relu,1:sigmoid"));
    return Network.initialize(architecture, new Initializer.He(), new RandomState(0));
  }

  /** A training that soon knows its rows by heart. */
  private static TrainingOptions options() {
    return TrainingOptions.defaults()
        .withLoss(new BinaryCrossEntropy())
        .withLearningRate(0.03)
        .withBatching(new Batching(20, false))
        .withEpochs(200)
        .withStopping(new Patience(7));
  }

  private static List<EvaluatedEpoch> losses(double... losses) {
    List<EvaluatedEpoch> history = new ArrayList<>();
    for (double loss : losses) {
      int epoch = history.size() + 1;
      history.add(new EvaluatedEpoch(epoch, epoch, score(0), score(loss)));
    }
    return history;
  }

  private static Scores score(double loss) {
    return Scores.ofClasses(loss, 1 - loss);
  }

  private static List<EvaluatedEpoch> errors(double... errors) {
    List<EvaluatedEpoch> history = new ArrayList<>();
    for (double mae : errors) {
      Scores scores = Scores.ofNumbers(1, 0.5, mae).with(List.of(new Score("rows", mae * 2, true)));
      int epoch = history.size() + 1;
      history.add(new EvaluatedEpoch(epoch, epoch, scores, scores));
    }
    return history;
  }

  /** As Keras counts: a patience of 2 ends at the second epoch without an improvement. */
  @Test
  void patienceIsKeras() {
    Patience two = new Patience(2);
    assertThat(two.stops(losses(3, 2, 2))).isFalse();
    assertThat(two.stops(losses(3, 2, 2, 2.5))).isTrue();
    assertThat(two.best(losses(3, 2, 2, 2.5))).isEqualTo(1);
    assertThat(two.stops(losses(3, 2, 2, 1.9))).isFalse();
    Patience least = new Patience(2, 0.5, "loss");
    assertThat(least.stops(losses(3, 2.6, 2.5))).isTrue(); // 0.5 is not over 0.5
    assertThat(least.best(losses(3, 2.6, 2.4))).isEqualTo(2);
    assertThat(new Patience(2).stops(losses(Double.NaN, Double.NaN))).isTrue();
    assertThat(new Patience(2, 0, "accuracy").best(losses(0.5, 0.1, 0.3))).isEqualTo(1);
    assertThat(new Patience(2, 0, "mae").best(errors(5, 1, 3))).isEqualTo(1); // the least
    assertThat(new Patience(2, 0, "rows").best(errors(5, 1, 3))).isEqualTo(0); // the most
    assertThatThrownBy(() -> new Patience(2, 0, "auc").best(losses(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no score \"auc\" to stop by. There are: loss, accuracy.");
  }

  @Test
  void theBestEpochsWeightsAreGiven() {
    List<Network> networks = new ArrayList<>();
    List<EpochFinished> epochs = new ArrayList<>();
    Finished[] finished = new Finished[1];
    TrainingListener listener =
        event -> {
          if (event instanceof EpochFinished epoch) {
            epochs.add(epoch);
            networks.add(epoch.network().get());
          } else if (event instanceof Finished end) {
            finished[0] = end;
          }
        };
    TrainingResult result =
        new Trainer(options(), listener).fit(network(), TRAIN, VALIDATION, new RandomState(0));
    assertThat(result.stopped()).isTrue();
    assertThat(result.epochs()).isLessThan(200).isEqualTo(result.bestEpoch() + 7);
    assertThat(epochs.getLast().epoch()).isEqualTo(result.epochs());
    int best = 1;
    for (EpochFinished epoch : epochs) {
      boolean better = epoch.validation().loss() < epochs.get(best).validation().loss();
      best = epoch.epoch() > 0 && better ? epoch.epoch() : best;
    }
    assertThat(result.bestEpoch()).isEqualTo(best);
    assertThat(result.network().parameters()).isEqualTo(networks.get(best).parameters());
    assertThat(result.validation()).isEqualTo(epochs.get(best).validation());
    assertThat(result.train()).isEqualTo(epochs.get(best).train());
    assertThat(finished[0]).isEqualTo(Finished.of(result));
  }

  /** As Keras' restore_best_weights does. */
  @Test
  void theBestAreGivenThoughAllEpochsWereTrained() {
    TrainingResult result =
        new Trainer(options().withStopping(new Patience(150)).withEpochs(400))
            .fit(network(), TRAIN, VALIDATION, new RandomState(0));
    assertThat(result.stopped()).isTrue();
    int best = result.bestEpoch();
    TrainingResult all =
        new Trainer(options().withStopping(new Patience(150)).withEpochs(best + 10))
            .fit(network(), TRAIN, VALIDATION, new RandomState(0));
    assertThat(all.stopped()).isFalse();
    assertThat(all.epochs()).isEqualTo(best + 10);
    assertThat(all.network().parameters()).isEqualTo(result.network().parameters());
  }

  /** Patience counts epochs; those that are not logged are not evaluated. */
  @Test
  void onlyLoggedEpochsAreJudged() {
    TrainingResult result =
        new Trainer(options().withLogEvery(5))
            .fit(network(), TRAIN, VALIDATION, new RandomState(0));
    assertThat(result.epochs()).isEqualTo(result.bestEpoch() + 10);
    assertThat(result.bestEpoch() % 5).isZero();
  }

  /** Stepped by its owner, and interrupted at any update, it ends at the same one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "constant",
        "step(3,0.5)",
        "cosine",
        "one_cycle",
        "inv_scaling",
        "exponential",
        "plateau(0.5,1)",
        "warm_up(2.5,plateau(0.5,1))"
      })
  void aResumedTrainingStopsAtTheSameUpdate(String schedule) {
    TrainingOptions options =
        options().withSchedule(Schedule.parse(schedule)).withL1(1e-4).withMaxNorm(2);
    TrainingResult whole =
        new Trainer(options).fit(network(), TRAIN, VALIDATION, new RandomState(0));
    Compute compute = Compute.all();
    Training training =
        Training.begin(options, compute, network(), TRAIN, VALIDATION, new RandomState(0));
    while (!training.done()) {
      training.update();
      if (training.updates() % 4 == 1) {
        Checkpoint checkpoint = copy(training.checkpoint());
        assertThat(checkpoint.rate()).isEqualTo(training.rate());
        training.close();
        training =
            Training.resume(
                options, compute, checkpoint.architecture(), TRAIN, VALIDATION, checkpoint);
      }
    }
    try (Training ended = training) {
      TrainingResult result = ended.result(false);
      assertThat(result.network().parameters()).isEqualTo(whole.network().parameters());
      assertThat(result.updates()).isEqualTo(whole.updates());
      assertThat(result.bestEpoch()).isEqualTo(whole.bestEpoch());
      assertThat(result.validation()).isEqualTo(whole.validation());
      Checkpoint best = ended.checkpoint().atBest();
      assertThat(best.epoch()).isEqualTo(whole.bestEpoch());
      assertThat(best.parameters()).isEqualTo(whole.network().parameters());
    }
  }

  /** Taken apart into plain numbers and arrays, and put together again. */
  private static Checkpoint copy(Checkpoint c) {
    Network best = c.best();
    return new Checkpoint(
        c.architecture(),
        c.options(),
        c.parameters(),
        OptimizerMemory.of(c.options().optimizer(), c.memory().named(), c.memory().steps()),
        c.noise(),
        RandomState.of(c.random().state()),
        c.order(),
        c.epoch(),
        c.batch(),
        c.updates(),
        c.seconds(),
        c.evaluated(),
        new ArrayList<>(c.history()),
        c.unjudged(),
        best == null ? null : new Network(c.architecture(), best.parameters()));
  }

  /** Another rule in the middle of a training looks at what comes from there on. */
  @Test
  void anotherRuleBeginsAnew() {
    TrainingOptions options = options().withEpochs(60).withStopping(new Never());
    try (Training first =
        Training.begin(options, Compute.all(), network(), TRAIN, VALIDATION, new RandomState(0))) {
      while (!first.done()) {
        first.update();
      }
      Checkpoint end = first.checkpoint();
      TrainingOptions other = options().withStopping(new Patience(3));
      try (Training second =
          Training.resume(other, Compute.all(), end.architecture(), TRAIN, VALIDATION, end)) {
        assertThat(second.done()).isFalse();
        while (!second.done()) {
          second.update();
        }
        assertThat(second.result(false).bestEpoch()).isGreaterThan(60);
      }
    }
  }

  @Test
  void withoutRowsKeptBackItIsRefused() {
    assertThatThrownBy(() -> new Trainer(options()).fit(network(), TRAIN, null, new RandomState(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The stopping rule patience(7) looks at the scores on rows that are kept back, and none"
                + " are: keep some back, or leave it out.");
    TrainingOptions plateau =
        options().withStopping(new Never()).withSchedule(Schedule.parse("plateau"));
    assertThatThrownBy(() -> new Trainer(plateau).fit(network(), TRAIN, null, new RandomState(0)))
        .hasMessageContaining("The schedule plateau(0.1,10,1.0E-4,0) looks at the scores");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"never", "patience(10)", "patience(5,0.001)", "patience(5,0.001,accuracy)"})
  void aNameIsReadBack(String name) {
    assertThat(Stopping.parse(name).name()).isEqualTo(name);
  }

  @Test
  void aNumberIsAPatience() {
    assertThat(Stopping.parse("12")).isEqualTo(new Patience(12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          soon          | There is no stopping rule "soon". There are: never, best, patience.
          -3            | patience's epochs must be at least 1, got -3.
          patience(0)   | patience's epochs must be at least 1, got 0.
          patience(1.5) | patience's epochs must be a whole number, got 1.5.
          patience(1,-1)| patience's least improvement must be at least 0, got -1.0.
          never(1)      | never takes nothing in parentheses
          """)
  void aWrongRuleGetsASentence(String text, String message) {
    assertThatThrownBy(() -> Stopping.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void bestTrainsOnAndGivesTheBestEpoch() {
    Stopping best = Stopping.parse("best");
    assertThat(best).isEqualTo(new Best());
    List<EvaluatedEpoch> history = losses(0.5, 0.3, 0.4, 0.3, 0.9);
    assertThat(best.stops(history)).isFalse();
    assertThat(best.best(history)).isEqualTo(1);
    assertThat(best.needsValidation()).isTrue();
    assertThat(Stopping.parse("best(mae)").best(errors(3, 1, 2))).isEqualTo(1);
    assertThat(Stopping.parse("best(mae)").name()).isEqualTo("best(mae)");
    assertThatThrownBy(() -> new Best("nothing").best(history))
        .hasMessageContaining("There is no score \"nothing\" to stop by.");
  }
}
