package dev.glia.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.activation.Identity;
import dev.glia.compute.Compute;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Layer;
import dev.glia.loss.Loss;
import dev.glia.loss.MeanSquaredError;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.FullyConnected;
import dev.glia.network.Network;
import dev.glia.optimizer.Optimizer;
import dev.glia.optimizer.Sgd;
import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A training step by step, interrupted, and gone on with. */
@Timeout(60)
class TrainingTest {

  private static final Architecture ARCHITECTURE =
      new Architecture(13, Layer.parseAll("33:tanh,17:relu,3:softmax"));

  private static Network network() {
    return Network.initialize(ARCHITECTURE, new Initializer.He(), new RandomState(0));
  }

  private static Examples examples(int rows) {
    RandomState random = new RandomState(rows);
    double[] x = new double[rows * 13];
    Arrays.setAll(x, i -> random.randn());
    float[] y = new float[rows * 3];
    for (int row = 0; row < rows; row++) {
      y[3 * row + (int) random.randint(0, 3)] = 1;
    }
    return Examples.ofNumbers(new DenseMatrix(rows, 13, x), y, 3);
  }

  /** Batches of 200, 200 and 100 rows: large enough for threads. */
  private static final Examples TRAIN = examples(500);

  private static final Examples VALIDATION = examples(90);

  private static TrainingOptions options() {
    return TrainingOptions.defaults()
        .withLearningRate(0.01)
        .withBatching(new Batching(200, false))
        .withEpochs(3)
        .withL2(0.001);
  }

  private static Training begin(TrainingOptions options) {
    return begin(options, 1);
  }

  private static Training begin(TrainingOptions options, int threads) {
    Compute compute = Compute.onThreads(threads);
    return Training.begin(options, compute, network(), TRAIN, VALIDATION, new RandomState(7));
  }

  private static Training resume(TrainingOptions options, Checkpoint checkpoint) {
    return resume(options, 1, checkpoint);
  }

  private static Training resume(TrainingOptions options, int threads, Checkpoint checkpoint) {
    Compute compute = Compute.onThreads(threads);
    return Training.resume(options, compute, ARCHITECTURE, TRAIN, VALIDATION, checkpoint);
  }

  private static void updateTo(Training training, long updates) {
    while (training.updates() < updates) {
      training.update();
    }
  }

  private static void finish(Training training) {
    while (!training.done()) {
      training.update();
    }
  }

  /** Everything that decides how it goes on, but for the optimizer. */
  private static void assertSame(Training training, Training expected) {
    Checkpoint actual = training.checkpoint();
    Checkpoint wanted = expected.checkpoint();
    assertThat(actual.parameters()).containsExactly(wanted.parameters());
    assertThat(actual.order()).containsExactly(wanted.order());
    assertThat(actual.random().randomSample()).isEqualTo(wanted.random().randomSample());
    assertThat(actual.epoch()).isEqualTo(wanted.epoch());
    assertThat(actual.batch()).isEqualTo(wanted.batch());
    assertThat(actual.updates()).isEqualTo(wanted.updates());
  }

  @Test
  void steppingIsFitting() {
    List<Scores> scores = new ArrayList<>();
    List<float[]> parameters = new ArrayList<>();
    TrainingListener listener =
        event -> {
          if (event instanceof EpochFinished epoch) {
            scores.add(epoch.train());
            scores.add(epoch.validation());
            parameters.add(epoch.network().get().parameters());
          }
        };
    RandomState random = new RandomState(7);
    TrainingResult result =
        new Trainer(options(), listener).fit(network(), TRAIN, VALIDATION, random);
    try (Training training = begin(options())) {
      assertThat(training.batches()).isEqualTo(3);
      for (int update = 0; update <= 9; update++) {
        assertThat(training.epoch()).isEqualTo(update / 3);
        assertThat(training.batch()).isEqualTo(update % 3);
        assertThat(training.updates()).isEqualTo(update);
        assertThat(training.done()).isEqualTo(update == 9);
        if (update % 3 == 0) {
          assertThat(training.evaluateTrain()).isEqualTo(scores.get(update / 3 * 2));
          assertThat(training.evaluateValidation()).isEqualTo(scores.get(update / 3 * 2 + 1));
          assertThat(training.network().parameters()).isEqualTo(parameters.get(update / 3));
        }
        double seconds = training.seconds();
        if (update < 9) {
          assertThat(training.update()).isEqualTo(update % 3 == 2);
          assertThat(training.seconds()).isGreaterThan(seconds);
        }
      }
      assertThat(training.network().parameters()).isEqualTo(result.network().parameters());
      assertThat(training.checkpoint().random().randomSample()).isEqualTo(random.randomSample());
    }
  }

  static Stream<Arguments> everyOptimizer() {
    return Stream.concat(
            Optimizer.names().stream().filter(name -> !name.equals("lbfgs")), // LbfgsTest
            Stream.of("nesterov(0.3)", "adam(0.5,0.9,0.001)", "adamw(0.1)"))
        .flatMap(name ->
            Stream.of(1, 2)
                .flatMap(threads ->
                    Stream.of(true, false).map(shuffle -> Arguments.of(name, threads, shuffle))));
  }

  @ParameterizedTest
  @MethodSource("everyOptimizer")
  void aResumedTrainingGoesOnWithTheSameBits(String optimizer, int threads, boolean shuffle) {
    TrainingOptions options =
        options().withOptimizer(Optimizer.parse(optimizer)).withShuffle(shuffle);
    List<Checkpoint> checkpoints = new ArrayList<>();
    try (Training whole = begin(options, threads)) {
      assertThat(whole.threads()).isEqualTo(threads);
      for (int updates : new int[] {0, 1, 3, 5, 9}) {
        updateTo(whole, updates);
        checkpoints.add(whole.checkpoint());
      }
      for (Checkpoint checkpoint : checkpoints) {
        try (Training resumed = resume(options, threads, checkpoint)) {
          assertThat(resumed.seconds()).isEqualTo(checkpoint.seconds());
          finish(resumed);
          assertSame(resumed, whole);
          assertThat(resumed.evaluateTrain()).isEqualTo(whole.evaluateTrain());
        }
      }
    }
  }

  @Test
  void aCheckpointIsNotChangedByWhatComesAfterIt() {
    TrainingOptions options = options().withOptimizer(Optimizer.parse("adam"));
    try (Training training = begin(options)) {
      updateTo(training, 4);
      Checkpoint checkpoint = training.checkpoint();
      float[] parameters = training.network().parameters();
      finish(training);
      assertThat(checkpoint.parameters()).isEqualTo(parameters);
      assertThat(checkpoint.network().parameters()).isEqualTo(parameters);

      Arrays.fill(checkpoint.parameters(), 0);
      Arrays.fill(checkpoint.order(), 0);
      checkpoint.random().randomSample();
      Arrays.fill(checkpoint.memory().arrays()[0], 7);
      for (int time = 0; time < 2; time++) {
        try (Training resumed = resume(options, checkpoint)) {
          finish(resumed);
          assertSame(resumed, training);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"sgd, 0", "momentum, 1", "nesterov, 1", "rmsprop, 1", "adagrad, 1", "adam, 2"})
  void aCheckpointKnowsItsSize(String optimizer, int floatsAParameter) {
    try (Training training = begin(options().withOptimizer(Optimizer.parse(optimizer)))) {
      long floats = (1L + floatsAParameter) * ARCHITECTURE.paddedLength();
      assertThat(training.checkpoint().bytes() - 4 * floats - 4 * 500).isBetween(2_496L, 2_600L);
    }
  }

  /** One weight and one bias: {@code weight * x + bias}. */
  private static Network line() {
    return Network.of(new FullyConnected(new float[][] {{0}}, new float[] {0}, new Identity()));
  }

  private static Examples count(int rows) {
    double[] x = new double[rows];
    float[] y = new float[rows];
    for (int row = 0; row < rows; row++) {
      x[row] = row;
      y[row] = row;
    }
    return Examples.ofNumbers(new DenseMatrix(rows, 1, x), y, 1);
  }

  /**
   * By hand, one row (1, 1): the first gradient 2 (0 - 1) = -2 is the velocity, a step at 0.1 gives
   * weight and bias 0.2. Then the gradient is 2 (0.4 - 1) = -1.2 and the velocity 0.5 * -2 - 1.2 =
   * -2.2, or -1.2 anew.
   */
  @ParameterizedTest
  @CsvSource({
    "momentum(0.5), 0.1, 0.42", // goes on
    "momentum(0.5), 0.2, 0.64", // at twice the rate
    "momentum(0.25), 0.1, 0.32", // anew
    "nesterov(0.5), 0.1, 0.38", // anew: 0.1 (1.2 + 0.5 * 1.2)
    "sgd, 1, 1.4"
  })
  void anotherLearningRateKeepsTheOptimizersMemoryAnotherOptimizerBeginsAnew(
      String optimizer, double rate, float weight) {
    TrainingOptions options =
        options()
            .withLoss(new MeanSquaredError())
            .withL2(0)
            .withOptimizer(Optimizer.parse("momentum(0.5)"))
            .withLearningRate(0.1);
    Examples one = Examples.ofNumbers(DenseMatrix.of(new double[] {1}), new float[] {1}, 1);
    Checkpoint checkpoint;
    try (Training training =
        Training.begin(options, Compute.onThreads(1), line(), one, null, new RandomState(0))) {
      training.update();
      checkpoint = training.checkpoint();
    }
    TrainingOptions other =
        options.withOptimizer(Optimizer.parse(optimizer)).withLearningRate(rate);
    try (Training resumed =
        Training.resume(
            other, Compute.onThreads(1), line().architecture(), one, null, checkpoint)) {
      assertThat(resumed.evaluateValidation()).isNull();
      resumed.update();
      assertThat(resumed.network().layer(0).biases()[0]).isCloseTo(weight, within(1e-6f));
    }
  }

  /** Keeps the targets in the order in which training asks for their gradients. */
  private record Seen(List<Integer> rows) implements Loss {
    @Override
    public String name() {
      return "seen";
    }

    @Override
    public double value(double[] a, double[] y) {
      return 0;
    }

    @Override
    public double derivative(double a, double y) {
      rows.add((int) y);
      return 0;
    }

    @Override
    public double scale(int rows, int outputs) {
      return 1;
    }
  }

  /** After 4 of 10 rows in batches of 4. */
  @ParameterizedTest
  @CsvSource({
    "4, false, 1, '4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9'",
    "3, false, 1, '3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9'", // 3 is seen twice
    "2, false, 2, '4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9'",
    "5, true, 0, '0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9'",
    "3, true, 1, '4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9'", // 4, 3 and 3 rows
    "99, false, 0, '0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9'"
  })
  void otherBatchesGoOnWithTheFirstRowThatWasNotSeen(
      int size, boolean even, int batch, String rows) {
    Seen seen = new Seen(new ArrayList<>());
    TrainingOptions options =
        options()
            .withLoss(seen)
            .withShuffle(false)
            .withEpochs(2)
            .withBatching(new Batching(4, false));
    Checkpoint checkpoint;
    try (Training training =
        Training.begin(
            options, Compute.onThreads(1), line(), count(10), null, new RandomState(0))) {
      training.update();
      checkpoint = training.checkpoint();
    }
    assertThat(seen.rows()).containsExactly(0, 1, 2, 3);
    seen.rows().clear();
    TrainingOptions other = options.withBatching(new Batching(size, even));
    try (Training resumed =
        Training.resume(
            other, Compute.onThreads(1), line().architecture(), count(10), null, checkpoint)) {
      assertThat(resumed.batch()).isEqualTo(batch);
      finish(resumed);
      assertThat(resumed.epoch()).isEqualTo(2);
    }
    assertThat(seen.rows().stream().map(String::valueOf)).containsExactly(rows.split(" ", -1));
  }

  @Test
  void otherEpochsCountFromTheBegin() {
    Checkpoint checkpoint;
    try (Training training = begin(options())) {
      updateTo(training, 4);
      checkpoint = training.checkpoint();
    }
    try (Training over = resume(options().withEpochs(1), checkpoint)) {
      assertThat(over.done()).isTrue();
      assertThatThrownBy(over::update)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("All 1 epochs have been trained: resume with more.");
    }
    try (Training longer = resume(options().withEpochs(5), checkpoint)) {
      finish(longer);
      assertThat(longer.updates()).isEqualTo(15);
    }
  }

  @Test
  void whatDoesNotFitACheckpointIsRefusedWithASentence() {
    Checkpoint checkpoint;
    try (Training training = begin(options())) {
      checkpoint = training.checkpoint();
    }
    Architecture other = new Architecture(13, Layer.parseAll("33:tanh,17:selu,3:softmax"));
    assertThatThrownBy(
            () -> Training.resume(options(), Compute.onThreads(1), other, TRAIN, null, checkpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The checkpoint is of the network 13 > [33:tanh, 17:relu, 3:softmax], it cannot go on"
                + " with 13 > [33:tanh, 17:selu, 3:softmax].");
    assertThatThrownBy(() ->
            Training.resume(
                options(), Compute.onThreads(1), ARCHITECTURE, VALIDATION, null, checkpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The checkpoint's training has 500 rows, it cannot go on with 90.");
    assertThatThrownBy(() ->
            Training.resume(
                options(), Compute.onThreads(1), ARCHITECTURE, count(500), null, checkpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The network has 13 inputs, the data has 1 features.");
  }

  @Test
  void aClosedTrainingCanBeReadButNotTrained() {
    Training training = begin(options(), 3);
    training.update();
    training.close();
    assertThat(training.checkpoint().updates()).isEqualTo(1);
    assertThatThrownBy(training::update)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The workers' threads have been ended.");
  }

  @Test
  void aTrainingThatDivergesSaysWhere() {
    TrainingOptions options =
        options()
            .withLoss(new MeanSquaredError())
            .withOptimizer(new Sgd())
            .withLearningRate(1e20)
            .withBatching(new Batching(4, false))
            .withEpochs(10);
    try (Training training =
        Training.begin(
            options, Compute.onThreads(1), line(), count(10), null, new RandomState(0))) {
      assertThatThrownBy(() -> finish(training))
          .isInstanceOf(DivergedException.class)
          .hasMessageStartingWith(
              "Training diverged in epoch %d, update %d: the sums of layer 1 of 1 (1:identity) are"
                  .formatted(training.epoch() + 1, training.updates() + 1));
    }
  }
}
