package dev.glia.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.activation.Activation;
import dev.glia.activation.Identity;
import dev.glia.compute.Compute;
import dev.glia.compute.KernelChoice;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.loss.BinaryCrossEntropy;
import dev.glia.loss.CrossEntropy;
import dev.glia.loss.Loss;
import dev.glia.loss.MeanSquaredError;
import dev.glia.network.Architecture;
import dev.glia.network.FullyConnected;
import dev.glia.network.Network;
import dev.glia.optimizer.Optimizer;
import dev.glia.optimizer.Sgd;
import dev.glia.random.RandomState;
import dev.glia.source.Moons;
import dev.glia.table.Categories;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Table;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.Finished;
import dev.glia.training.TrainingEvent.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The training loop: order of rows, events, Compute.all(), cancellation, and what happens when it
 * diverges.
 */
@Timeout(60)
class TrainerTest {

  private static TrainingOptions options() {
    return TrainingOptions.defaults()
        .withLoss(new MeanSquaredError())
        .withOptimizer(new Sgd())
        .withLearningRate(0.01);
  }

  /** One weight and one bias: {@code weight * x + bias}. */
  private static Network line(double weight, double bias) {
    return Network.of(
        new FullyConnected(
            new float[][] {{(float) weight}}, new float[] {(float) bias}, new Identity()));
  }

  /** Rows x = 0, 1, 2, ... whose target is x. */
  private static Examples count(int rows) {
    double[] x = new double[rows];
    float[] y = new float[rows];
    for (int row = 0; row < rows; row++) {
      x[row] = row;
      y[row] = row;
    }
    return Examples.ofNumbers(new DenseMatrix(rows, 1, x), y, 1);
  }

  private static Examples one(double x, double y) {
    return Examples.ofNumbers(DenseMatrix.of(new double[] {x}), new float[] {(float) y}, 1);
  }

  private static final class Events implements TrainingListener {
    final List<TrainingEvent> all = new ArrayList<>();

    @Override
    public void on(TrainingEvent event) {
      all.add(event);
    }

    List<EpochFinished> epochs() {
      return all.stream()
          .filter(EpochFinished.class::isInstance)
          .map(EpochFinished.class::cast)
          .toList();
    }
  }

  @Test
  void listenersHearOfTheStartEpochZeroEveryFewEpochsTheLastAndTheEnd() {
    Events events = new Events();
    TrainingOptions options =
        options().withEpochs(7).withLogEvery(3).withBatching(new Batching(4, false));
    TrainingResult result =
        new Trainer(options, events).fit(line(0, 0), count(10), null, new RandomState(0));
    assertThat(events.epochs()).extracting(EpochFinished::epoch).containsExactly(0, 3, 6, 7);
    assertThat(events.epochs())
        .extracting(EpochFinished::updates)
        .containsExactly(0L, 9L, 18L, 21L); // three batches an epoch

    Started started = (Started) events.all.getFirst();
    assertThat(started.options()).isSameAs(options);
    assertThat(started.trainRows()).isEqualTo(10);
    assertThat(started.validationRows()).isZero();
    assertThat(started.kernel()).isEqualTo(KernelChoice.AUTO.implementation());
    assertThat(started.threads()).isEqualTo(1);

    Finished finished = (Finished) events.all.getLast();
    assertThat(finished.epochs()).isEqualTo(7).isEqualTo(result.epochs());
    assertThat(finished.updates()).isEqualTo(21).isEqualTo(result.updates());
    assertThat(finished.cancelled()).isFalse();
    assertThat(result.cancelled()).isFalse();
    assertThat(finished.train())
        .isEqualTo(events.epochs().getLast().train())
        .isEqualTo(result.train());
    double seconds = events.epochs().stream().mapToDouble(EpochFinished::seconds).sum();
    assertThat(seconds).isPositive().isCloseTo(finished.trainingSeconds(), within(1e-9));
    assertThat(result.seconds()).isEqualTo(finished.trainingSeconds());
  }

  @Test
  void noEpochsEvaluateTheUntrainedNetwork() {
    Events events = new Events();
    TrainingResult result =
        new Trainer(options().withEpochs(0), events)
            .fit(line(2, 0), count(3), null, new RandomState(0));
    assertThat(events.epochs()).extracting(EpochFinished::epoch).containsExactly(0);
    assertThat(result.train().loss()).isCloseTo(5 / 3.0, within(1e-15)); // errors 0, 1, 2
    assertThat(result.updates()).isZero();
    assertThat(result.cancelled()).isFalse();
    assertThat(result.network().parameters()).isEqualTo(line(2, 0).parameters());
  }

  @Test
  void anEventsNetworkIsThatOfItsEpochAndTheGivenOneIsNotChanged() {
    Network given = line(0, 0);
    List<Network> networks = new ArrayList<>();
    TrainingListener listener =
        event -> {
          if (event instanceof EpochFinished epoch) {
            networks.add(epoch.network().get());
          }
        };
    TrainingResult result =
        new Trainer(options().withEpochs(2).withBatching(Batching.full()), listener)
            .fit(given, one(1, 1), null, new RandomState(0));
    // by hand: gradient 2 (a - y) = -2 for weight and bias, times 0.01; then 2 (0.04 - 1)
    assertThat(networks.get(0).parameters()).isEqualTo(line(0, 0).parameters());
    assertThat(networks.get(1).predict(0)[0]).isEqualTo(0.02f);
    assertThat(networks.get(2).predict(0)[0]).isCloseTo(0.0392f, within(1e-8f));
    assertThat(result.network().parameters()).isEqualTo(networks.get(2).parameters());
    assertThat(given.parameters()).isEqualTo(line(0, 0).parameters());
  }

  @Test
  void historyKeepsAllEpochs() {
    Events events = new Events();
    History history = new History();
    new Trainer(options().withEpochs(3), history, events)
        .fit(line(0, 0), count(5), count(2), new RandomState(0));
    assertThat(history.epochs()).isEqualTo(events.epochs()).hasSize(4);
  }

  @Test
  void validationIsEvaluatedOnlyWhereThereIsSome() {
    Network network = line(1, 0.5);
    TrainingOptions options = options().withEpochs(0);
    TrainingResult without = new Trainer(options).fit(network, count(4), null, new RandomState(0));
    assertThat(without.validation()).isNull();
    Events events = new Events();
    TrainingResult with =
        new Trainer(options, events).fit(network, count(4), one(3, 5), new RandomState(0));
    assertThat(with.validation()).isNotNull();
    assertThat(with.validation().loss()).isEqualTo(2.25); // 3.5 instead of 5
    assertThat(events.epochs().getFirst().validation()).isEqualTo(with.validation());
    assertThat(((Started) events.all.getFirst()).validationRows()).isEqualTo(1);
  }

  /** Keeps the targets in the order in which training asks for their gradients. */
  private static final class Order implements Loss, Optimizer {
    final List<Integer> rows = new ArrayList<>();
    final List<Integer> batches = new ArrayList<>(); // rows seen before each step

    @Override
    public String name() {
      return "order";
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

    @Override
    public void prepare(long step, double learningRate, double decay, float[] factors) {
      batches.add(rows.size());
    }

    @Override
    public void update(
        float[] factors,
        float[] parameters,
        float[] gradients,
        float[][] memory,
        int from,
        int to) {}

    static Order of(Batching batching, boolean shuffle, int rows, RandomState random) {
      Order order = new Order();
      TrainingOptions options =
          options()
              .withLoss(order)
              .withOptimizer(order)
              .withBatching(batching)
              .withShuffle(shuffle)
              .withEpochs(2);
      new Trainer(options).fit(line(0, 0), count(rows), null, random);
      return order;
    }
  }

  @Test
  void withoutShufflingRowsComeInTheirOrder() {
    Order order = Order.of(new Batching(4, false), false, 10, new RandomState(0));
    assertThat(order.rows)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(order.batches).containsExactly(0, 4, 8, 10, 14, 18);
  }

  @Test
  void evenBatchesDifferByARow() {
    Order order = Order.of(new Batching(4, true), false, 11, new RandomState(0));
    assertThat(order.batches).containsExactly(0, 6, 11, 17);
  }

  @Test
  void shufflingGivesEachEpochANewOrderFromTheStream() {
    Order order = Order.of(new Batching(4, false), true, 10, new RandomState(5));
    RandomState random = new RandomState(5);
    int[] rows = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    List<Integer> expected = new ArrayList<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      random.shuffle(rows);
      for (int row : rows) {
        expected.add(row);
      }
    }
    assertThat(order.rows).isEqualTo(expected);
  }

  @Test
  void aSingleBatchIsNotShuffledAndDrawsNothing() {
    RandomState random = new RandomState(5);
    Order order = Order.of(Batching.full(), true, 4, random);
    assertThat(order.rows).containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
    assertThat(random.randomSample()).isEqualTo(new RandomState(5).randomSample());
  }

  @Test
  void aListenerCanCancel() {
    Cancellation cancellation = new Cancellation();
    Events events = new Events();
    TrainingListener canceller =
        event -> {
          if (event instanceof EpochFinished epoch && epoch.epoch() == 2) {
            cancellation.cancel();
          }
        };
    TrainingResult result =
        new Trainer(options().withEpochs(10), Compute.all(), cancellation, events, canceller)
            .fit(line(0, 0), count(3), null, new RandomState(0));
    assertThat(result.cancelled()).isTrue();
    assertThat(result.epochs()).isEqualTo(2);
    assertThat(events.epochs()).extracting(EpochFinished::epoch).containsExactly(0, 1, 2);
    assertThat(((Finished) events.all.getLast()).cancelled()).isTrue();
  }

  @Test
  void anotherThreadCanCancel() throws InterruptedException {
    Cancellation cancellation = new Cancellation();
    CountDownLatch running = new CountDownLatch(1);
    TrainingListener listener =
        event -> {
          if (event instanceof EpochFinished epoch && epoch.epoch() == 1) {
            running.countDown();
          }
        };
    AtomicReference<TrainingResult> result = new AtomicReference<>();
    Thread trainer =
        Thread.ofPlatform()
            .start(() ->
                result.set(
                    new Trainer(
                            options().withEpochs(Integer.MAX_VALUE),
                            Compute.all(),
                            cancellation,
                            listener)
                        .fit(line(0, 0), count(3), null, new RandomState(0))));
    running.await();
    cancellation.cancel();
    trainer.join();
    assertThat(result.get().cancelled()).isTrue();
    assertThat(result.get().epochs()).isPositive();
  }

  /** An optimizer that cancels the training in its n-th step. */
  private record Cancelling(Cancellation cancellation, int step) implements Optimizer {
    @Override
    public String name() {
      return "cancelling";
    }

    @Override
    public void prepare(long step, double learningRate, double decay, float[] factors) {
      if (step == this.step) {
        cancellation.cancel();
      }
      factors[0] = (float) learningRate;
    }

    @Override
    public void update(
        float[] factors,
        float[] parameters,
        float[] gradients,
        float[][] memory,
        int from,
        int to) {
      new Sgd().update(factors, parameters, gradients, memory, from, to);
    }
  }

  /** Between two log entries and within an epoch: the scores must be those of the network. */
  @ParameterizedTest
  @CsvSource({"7, 2147483647, 7, '0,5,7'", "2, 2, 0, '0,0'", "8, 2, 2, '0,2'"})
  void aCancelledTrainingEndsWithTheScoresOfItsNetwork(
      int step, int batchSize, int epochs, String events) {
    Cancellation cancellation = new Cancellation();
    History history = new History();
    TrainingOptions options =
        options()
            .withOptimizer(new Cancelling(cancellation, step))
            .withEpochs(100)
            .withLogEvery(5)
            .withBatching(new Batching(batchSize, false));
    TrainingResult result =
        new Trainer(options, Compute.all(), cancellation, history)
            .fit(line(0, 0), count(5), count(3), new RandomState(0));
    assertThat(result.cancelled()).isTrue();
    assertThat(result.epochs()).isEqualTo(epochs);
    assertThat(result.updates()).isEqualTo(step);
    assertThat(history.epochs())
        .extracting(epoch -> Integer.toString(epoch.epoch()))
        .containsExactly(events.split(",", -1));
    assertThat(history.epochs().getLast().updates()).isEqualTo(step);
    assertThat(result.train())
        .isEqualTo(Evaluation.of(result.network(), options.loss(), count(5), Compute.all()));
    assertThat(result.validation())
        .isEqualTo(Evaluation.of(result.network(), options.loss(), count(3), Compute.all()));
  }

  /** Weights of 1e30 make the second layer's sums 1e60, which no float holds. */
  private static Network explosive() {
    Dense[] specs = {new Dense(3, Activation.parse("relu")), new Dense(1, new Identity())};
    Architecture architecture = new Architecture(1, List.of(specs));
    return Network.initialize(architecture, new Initializer.Normal(1e30, 0), new RandomState(0));
  }

  @Test
  void aLossThatIsNotFiniteNamesTheLayerWhoseSumsWereFirst() {
    assertThatThrownBy(
            () -> new Trainer(options()).fit(explosive(), count(300), null, new RandomState(0)))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "Training diverged in epoch 0, update 0: the loss is Infinity: the sums of layer 2 of"
                + " 2 (1:identity) are not finite. Try a smaller learning rate than 0.01, scaled"
                + " inputs, or clipped gradients.");
  }

  @Test
  void aWantedOutputThatIsNotFiniteIsToldFromSumsThatAreNot() {
    assertThatThrownBy(() ->
            new Trainer(options()).fit(line(1, 1), one(1, Double.NaN), null, new RandomState(0)))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("the loss is NaN: all sums are finite, so a wanted output is not");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, 1e30})
  void anUpdateThatDivergesNamesTheLayerWhoseSumsWereFirst(double clipNorm) {
    // Each step multiplies the weight by -1e20 or so: the third one overflows.
    TrainingOptions options =
        options()
            .withLearningRate(1e20)
            .withClipNorm(clipNorm)
            .withEpochs(50)
            .withLogEvery(50)
            .withBatching(Batching.full());
    assertThatThrownBy(
            () -> new Trainer(options).fit(line(1, 1), one(1, 0), null, new RandomState(0)))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "Training diverged in epoch (\\d+), update \\1: the sums of layer 1 of 1 \\(1:identity\\)"
                + " are not finite\\. Try a smaller learning rate than 1\\.0E20.*");
  }

  /** Sums of 1e20 are floats, their gradient times an input of 1e20 is not. */
  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, 1})
  void gradientsThatAreNotFiniteNameTheirLayer(double clipNorm) {
    TrainingOptions options = options().withClipNorm(clipNorm).withBatching(Batching.full());
    assertThatThrownBy(
            () -> new Trainer(options).fit(line(1, 0), one(1e20, 0), null, new RandomState(0)))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining(
            "in epoch 1, update 1: the gradients of layer 1 of 1 (1:identity) are not finite");
  }

  @Test
  void thePolicyZeroGoesOnWithTheGreatestFloatForInfinity() {
    TrainingOptions options =
        options().withNanPolicy(NanPolicy.ZERO).withEpochs(1).withLearningRate(0.5);
    TrainingResult result =
        new Trainer(options.withClipValue(1))
            .fit(line(1, 0), one(1e20, 0), null, new RandomState(0));
    // both gradients are over 1 and clipped to it
    assertThat(result.network().layer(0).weights()[0]).containsExactly(0.5f);
    assertThat(result.network().layer(0).biases()).containsExactly(-0.5f);

    TrainingResult unclipped =
        new Trainer(options.withLearningRate(1e-38))
            .fit(line(1, 0), one(1e20, 0), null, new RandomState(0));
    assertThat(unclipped.network().layer(0).weights()[0][0])
        .isEqualTo(1 - (float) 1e-38 * Float.MAX_VALUE);
  }

  @Test
  void thePolicyZeroMakesNanGradientsZero() {
    TrainingOptions options =
        options().withNanPolicy(NanPolicy.ZERO).withEpochs(3).withClipNorm(5).withL2(0.1);
    TrainingResult result =
        new Trainer(options.withLearningRate(0.5).withBatching(Batching.full()))
            .fit(line(1, 2), one(Double.NaN, 0), null, new RandomState(0));
    assertThat(result.train().loss()).isNaN();
    // only L2 works: three times 1 - 0.5 * 0.1
    assertThat(result.network().layer(0).weights()[0][0]).isCloseTo(0.857375f, within(1e-6f));
    assertThat(result.network().layer(0).biases()[0]).isCloseTo(1.71475f, within(1e-6f));
  }

  /** As PyTorch's clip_grad_norm_: by the limit over the norm plus 1e-6. */
  @ParameterizedTest
  @CsvSource({"1e-5, 0.9090909", "2e-5, 1", "1e-6, 0.09090909"})
  void aNormIsClippedAsTorchDoes(double limit, double factor) {
    TrainingOptions options = options().withLearningRate(1).withEpochs(1).withClipNorm(limit);
    TrainingResult result =
        new Trainer(options).fit(line(0, 0), one(0, 5e-6), null, new RandomState(0));
    // the only gradient is the bias's: 2 * (0 - 5e-6)
    assertThat(result.network().layer(0).biases()[0])
        .isCloseTo((float) (1e-5 * factor), within(1e-11f));
  }

  /** 1,000 rows of 337 parameters are worth several threads; 200 are not. */
  @ParameterizedTest
  @CsvSource({"200, 1", "1000, 3"})
  void threadsAreUsedWhereTheyPay(int rows, int threads) {
    Table moons = new Moons(rows, 0.2, true, 0).generate();
    Examples examples = Examples.of(moons.features(), (Categories) moons.target(), 1);
    Architecture architecture = new Architecture(2, Layer.parseAll("16:relu,16:relu,1:sigmoid"));
    Network network = Network.initialize(architecture, new Initializer.He(), new RandomState(0));
    TrainingOptions options =
        options().withLoss(new BinaryCrossEntropy()).withBatching(Batching.full()).withEpochs(1);
    Events events = new Events();
    new Trainer(options, Compute.onThreads(3), events)
        .fit(network, examples, null, new RandomState(0));
    assertThat(((Started) events.all.getFirst()).threads()).isEqualTo(threads);
  }

  @Test
  void whatDoesNotFitIsRefusedWithASentence() {
    Trainer trainer = new Trainer(options());
    RandomState random = new RandomState(0);
    Examples wide = Examples.ofNumbers(DenseMatrix.of(new double[] {1, 2}), new float[] {1}, 1);
    Examples deep = Examples.ofNumbers(DenseMatrix.of(new double[] {1}), new float[] {1, 2}, 2);
    Examples none = Examples.ofNumbers(new DenseMatrix(0, 1, new double[0]), new float[0], 1);
    assertThatThrownBy(() -> trainer.fit(line(0, 0), wide, null, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The network has 1 inputs, the data has 2 features.");
    assertThatThrownBy(() -> trainer.fit(line(0, 0), count(2), deep, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The network has 1 outputs, the data asks for 2.");
    assertThatThrownBy(() -> trainer.fit(line(0, 0), none, null, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are no rows: at least one is needed.");
    Trainer crossEntropy = new Trainer(options().withLoss(new CrossEntropy()));
    assertThatThrownBy(() -> crossEntropy.fit(line(0, 0), count(2), null, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take softmax");
  }

  @Test
  void aFullBatchThatNoArrayHoldsIsRefusedWithASentence() {
    Architecture wide = new Architecture(1, Layer.parseAll("50000:relu,1:identity"));
    Network network = Network.initialize(wide, new Initializer.Zeros(), new RandomState(0));
    Examples many = count(50_000);
    assertThatThrownBy(() ->
            new Trainer(options().withBatching(Batching.full()))
                .fit(network, many, null, new RandomState(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A batch of 50000 rows of 50000 numbers is too large for one array: take smaller"
                + " batches.");
  }
}
