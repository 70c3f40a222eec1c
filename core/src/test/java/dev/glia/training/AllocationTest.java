package dev.glia.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.glia.compute.Compute;
import dev.glia.compute.KernelChoice;
import dev.glia.initializer.Initializer;
import dev.glia.internal.kernel.Workers;
import dev.glia.layer.Layer;
import dev.glia.loss.CrossEntropy;
import dev.glia.model.Model;
import dev.glia.model.ModelPredictor;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.network.Predictor;
import dev.glia.optimizer.Optimizer;
import dev.glia.optimizer.OptimizerMemory;
import dev.glia.preprocessing.Preprocessing;
import dev.glia.preprocessing.Scaler;
import dev.glia.random.RandomState;
import dev.glia.schedule.Schedule;
import dev.glia.table.DenseMatrix;
import dev.glia.task.Classification;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A training step after the first, and a prediction into the caller's array, allocate nothing.
 *
 * <p>Before C2 has compiled the vector kernel, the Vector API itself makes objects; so what counts
 * is the quietest of some blocks of calls. An allocation in every call would show in each block.
 */
class AllocationTest {

  private static final int CALLS = 200; // a block
  private static final long PATIENCE = 30_000_000_000L; // nanoseconds, for a busy machine's C2

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The fewest bytes that a block of calls allocated on these threads. */
  private static long leastAllocated(long[] threads, Runnable call) {
    long least = Long.MAX_VALUE;
    long[] before = new long[threads.length];
    long began = System.nanoTime();
    while (least > 0 && System.nanoTime() - began < PATIENCE) {
      for (int i = 0; i < threads.length; i++) {
        before[i] = THREADS.getThreadAllocatedBytes(threads[i]);
      }
      long measuring = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - measuring;
      for (int i = 0; i < threads.length; i++) {
        if (threads[i] != Thread.currentThread().threadId()) {
          allocated += THREADS.getThreadAllocatedBytes(threads[i]) - before[i];
        }
      }
      least = Math.min(least, allocated);
    }
    return least;
  }

  private static long[] thisThread() {
    return new long[] {Thread.currentThread().threadId()};
  }

  /** The threads of some workers: each share waits for the others, so that none does two. */
  private static long[] threadsOf(Workers workers) {
    long[] ids = new long[workers.count()];
    CyclicBarrier meeting = new CyclicBarrier(ids.length);
    workers.run((share, count) -> {
      ids[share] = Thread.currentThread().threadId();
      try {
        meeting.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
    });
    return ids;
  }

  private static Network network() {
    Architecture architecture =
        new Architecture(
            13,
            Layer.parseAll(
                "scale,17:leaky_relu(0.05),batch_norm,9:tanh,dropout(0.2),5:gelu,3:softmax"));
    return Network.initialize(architecture, new Initializer.He(), new RandomState(0));
  }

  private static DenseMatrix features(int rows) {
    RandomState random = new RandomState(1);
    double[] x = new double[rows * 13];
    Arrays.setAll(x, i -> random.randn());
    return new DenseMatrix(rows, 13, x);
  }

  @ParameterizedTest
  @CsvSource({
    "SCALAR, 1, sgd, Infinity, 0",
    "VECTOR, 1, adam, Infinity, 0.1",
    "VECTOR, 2, rmsprop, 1, 0.1",
    "SCALAR, 3, momentum, 1, 0",
    "VECTOR, 1, lbfgs, Infinity, 0.1"
  })
  void aTrainingStepAllocatesNothing(
      KernelChoice kernel, int threads, String optimizer, double clipNorm, double l2) {
    int rows = 20;
    float[] y = new float[rows * 3];
    for (int row = 0; row < rows; row++) {
      y[3 * row + row % 3] = 1;
    }
    TrainingOptions options =
        TrainingOptions.defaults()
            .withOptimizer(Optimizer.parse(optimizer))
            .withLearningRate(1e-6)
            .withClipNorm(clipNorm)
            .withL1(l2)
            .withMaxNorm(l2 == 0 ? Double.POSITIVE_INFINITY : 1)
            .withL2(l2);
    Network network = network();
    try (Workers workers = new Workers(threads)) {
      long[] ids = threadsOf(workers);
      TrainingStep step =
          new TrainingStep(
              network.architecture(),
              network.parameters(),
              OptimizerMemory.before(options.optimizer(), network.architecture().paddedLength()),
              0,
              options,
              Examples.ofNumbers(features(rows), y, 3),
              kernel,
              workers);
      int[] order = new int[rows];
      Arrays.setAll(order, row -> row);
      assertThat(leastAllocated(ids, () -> step.run(order, 0, rows, 0, 1e-6))).isZero();
    }
  }

  /** Narrow and wide first layers have kernels of their own. */
  @ParameterizedTest
  @ValueSource(ints = {20, 100})
  void anUpdateOnFeaturesThatAreMostlyZeroAllocatesNothing(int units) {
    int rows = 80;
    double[] x = new double[rows * 70];
    for (int i = 0; i < x.length; i += 7) {
      x[i] = i % 3 - 1;
    }
    float[] y = new float[rows * 3];
    Arrays.fill(y, 1);
    Architecture architecture = new Architecture(70, Layer.parseAll(units + ":relu,3:softmax"));
    TrainingOptions options =
        TrainingOptions.defaults()
            .withLearningRate(1e-6)
            .withBatching(new Batching(40, false))
            .withEpochs(Integer.MAX_VALUE);
    try (Training training =
        Training.begin(
            options,
            Compute.onThreads(1),
            Network.initialize(architecture, new Initializer.He(), new RandomState(0)),
            Examples.ofNumbers(new DenseMatrix(rows, 70, x), y, 3),
            null,
            new RandomState(0))) {
      assertThat(leastAllocated(thisThread(), training::update)).isZero();
    }
  }

  /** An update with all around it: the batches of endless epochs, each in a new order. */
  @ParameterizedTest
  @ValueSource(strings = {"constant", "warm_up(1,cosine)", "one_cycle", "plateau"})
  void anUpdateAllocatesNothing(String schedule) {
    TrainingOptions options =
        TrainingOptions.defaults()
            .withLearningRate(1e-6)
            .withBatching(new Batching(8, false))
            .withSchedule(Schedule.parse(schedule))
            .withLogEvery(1_000_000)
            .withEpochs(Integer.MAX_VALUE);
    float[] y = new float[60];
    Arrays.fill(y, 1);
    Examples examples = Examples.ofNumbers(features(20), y, 3);
    try (Training training =
        Training.begin(
            options, Compute.onThreads(1), network(), examples, examples, new RandomState(0))) {
      assertThat(leastAllocated(thisThread(), training::update)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SCALAR", "VECTOR"})
  void aPredictionAllocatesNothing(KernelChoice kernel) {
    Predictor predictor = network().predictor(kernel);
    float[] x = new float[13];
    float[] one = new float[3];
    assertThat(leastAllocated(thisThread(), () -> predictor.predict(x, one))).isZero();
    DenseMatrix many = features(200);
    float[] outputs = new float[600];
    assertThat(leastAllocated(thisThread(), () -> predictor.predict(many, outputs))).isZero();
  }

  @Test
  void aModelsPredictionOfARawRowAllocatesNothing() {
    DenseMatrix features = features(10);
    Model model =
        new Model(
            "test",
            Preprocessing.of(
                List.of("a b c d e f g h i j k l m".split(" ", -1)), Scaler.standard(features)),
            network(),
            new Classification("label", List.of("x", "y", "z")),
            new CrossEntropy(),
            0,
            Map.of());
    ModelPredictor predictor = model.predictor();
    double[] row = new double[13];
    float[] outputs = new float[3];
    assertThat(leastAllocated(thisThread(), () -> predictor.outputs(row, outputs))).isZero();
  }
}
