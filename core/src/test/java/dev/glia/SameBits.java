package dev.glia;

import dev.glia.compute.Compute;
import dev.glia.compute.KernelChoice;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Layer;
import dev.glia.loss.Loss;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.optimizer.Optimizer;
import dev.glia.preprocessing.Scaler;
import dev.glia.random.RandomState;
import dev.glia.schedule.Schedule;
import dev.glia.source.Digits;
import dev.glia.source.Moons;
import dev.glia.stopping.Patience;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Table;
import dev.glia.training.Batching;
import dev.glia.training.Examples;
import dev.glia.training.Trainer;
import dev.glia.training.TrainingEvent;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.Started;
import dev.glia.training.TrainingOptions;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Short trainings, all bits of which are hashed: parameters, losses and scores after every epoch.
 *
 * <p>A program of its own, so that a JVM with other flags can run it: {@code SameBits VECTOR 2
 * MOONS DIGITS} prints a line a training with the kernel's name and the hash.
 */
final class SameBits {

  /** The trainings, large enough that {@link Trainer} shares their work among threads. */
  enum Training {
    /** The second article's network, full batches. */
    MOONS,
    /** Digits in shuffled batches: softmax, Adam, L2, clipping by norm. */
    DIGITS,
    /** Features that are mostly 0, into a narrow first layer: without their zeros. */
    ZEROS_NARROW,
    /** The same into a wide first layer. */
    ZEROS_WIDE,
    /** Wide layers, nothing is 0. */
    WIDE,
    /** Layers that are not dense: threads meet for each that looks at the whole batch. */
    LAYERS,
    /** The same where most features are 0 and the first layer is not dense. */
    ZEROS_LAYERS,
    /** Every activation there is, one layer after the other: RMSprop, clipping by value. */
    ACTIVATIONS,
    /** Penalties, a schedule and a stopping rule that give the best weights. */
    PENALTIES
  }

  private final MessageDigest digest = sha256();

  private final Compute compute;

  private SameBits(Compute compute) {
    this.compute = compute;
  }

  /** The hash of a training. */
  static String hash(Training training, Compute compute) {
    SameBits bits = new SameBits(compute);
    switch (training) {
      case MOONS -> bits.moons();
      case DIGITS -> bits.digits();
      case ZEROS_NARROW -> bits.random(0.8, "20:relu,3:softmax");
      case ZEROS_WIDE -> bits.random(0.8, "130:relu,70:tanh,3:softmax");
      case WIDE -> bits.random(0, "100:leaky_relu,64:sigmoid,3:softmax");
      case LAYERS ->
          bits.random(
              0,
              "scale,100:relu,batch_norm,dropout(0.2),64:tanh,keras_batch_norm,dropout,3:softmax");
      case ZEROS_LAYERS -> bits.random(0.8, "dropout(0.1),batch_norm,130:relu,scale(2),3:softmax");
      case ACTIVATIONS -> bits.activations();
      case PENALTIES -> bits.penalties();
    }
    return HexFormat.of().formatHex(bits.digest.digest());
  }

  public static void main(String[] arguments) {
    KernelChoice kernel = KernelChoice.valueOf(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    for (String training : List.of(arguments).subList(2, arguments.length)) {
      String hash = hash(Training.valueOf(training), new Compute(threads, kernel));
      System.out.println(training + " " + hash + " " + kernel.implementation());
    }
  }

  private void moons() {
    Table moons = new Moons(1000, 0.2, true, 0).generate();
    train(
        "16:leaky_relu(0.05),16:leaky_relu(0.05),1:sigmoid",
        Examples.of(moons.features(), moons.target(), 1),
        TrainingOptions.defaults()
            .withLoss(Loss.parse("bce"))
            .withOptimizer(Optimizer.parse("sgd"))
            .withLearningRate(0.25)
            .withBatching(Batching.full())
            .withEpochs(2));
  }

  private void digits() {
    Table digits = new Digits(300, 0.05, true, 0).generate();
    Scaler scaler = Scaler.minMax(digits.features());
    train(
        "33:relu,17:tanh,10:softmax",
        Examples.of(scaler.apply(digits.features()), digits.target(), 10),
        TrainingOptions.defaults()
            .withLoss(Loss.parse("cross_entropy"))
            .withOptimizer(Optimizer.parse("adam"))
            .withBatching(new Batching(32, false))
            .withL2(0.001)
            .withClipNorm(0.5)
            .withEpochs(2));
  }

  private void random(double zeros, String layers) {
    RandomState random = new RandomState(2);
    int rows = 400;
    double[] x = new double[rows * 200];
    float[] y = new float[rows * 3];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.randomSample() < zeros ? 0 : random.randn();
    }
    for (int row = 0; row < rows; row++) {
      y[3 * row + row % 3] = 1;
    }
    train(
        layers,
        Examples.ofNumbers(new DenseMatrix(rows, 200, x), y, 3),
        TrainingOptions.defaults()
            .withLoss(Loss.parse("cross_entropy"))
            .withOptimizer(Optimizer.parse("momentum"))
            .withLearningRate(0.01)
            .withBatching(new Batching(131, false))
            .withEpochs(2));
  }

  private void penalties() {
    Table digits = new Digits(300, 0.05, true, 0).generate();
    Scaler scaler = Scaler.minMax(digits.features());
    train(
        "33:relu,17:tanh,10:softmax",
        Examples.of(scaler.apply(digits.features()), digits.target(), 10),
        TrainingOptions.defaults()
            .withLoss(Loss.parse("cross_entropy"))
            .withOptimizer(Optimizer.parse("nesterov"))
            .withBatching(new Batching(32, false))
            .withLearningRate(0.1)
            .withSchedule(Schedule.parse("warm_up(1,plateau(0.3,0))"))
            .withL1(0.0001)
            .withL2(0.001)
            .withMaxNorm(0.5)
            .withEpochs(6)
            .withStopping(new Patience(3)));
  }

  private void activations() {
    RandomState random = new RandomState(1);
    int rows = 207;
    double[] x = new double[rows * 13];
    float[] y = new float[rows * 2];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.randn();
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) random.randn();
    }
    train(
        "33:identity,17:relu,16:leaky_relu,31:sigmoid,17:tanh,48:elu,5:selu,17:gelu,16:silu,"
            + "13:softplus,17:softmax,2:identity",
        Examples.ofNumbers(new DenseMatrix(rows, 13, x), y, 2),
        TrainingOptions.defaults()
            .withLoss(Loss.parse("huber"))
            .withOptimizer(Optimizer.parse("rmsprop"))
            .withBatching(new Batching(69, true))
            .withClipValue(0.01)
            .withEpochs(3));
  }

  private void train(String layers, Examples examples, TrainingOptions options) {
    RandomState random = new RandomState(0);
    Architecture architecture = new Architecture(examples.inputs(), Layer.parseAll(layers));
    Network network = Network.initialize(architecture, new Initializer.He(), random);
    new Trainer(options, compute, this::add).fit(network, examples, examples, random);
  }

  private void add(TrainingEvent event) {
    switch (event) {
      case Started started -> {
        if (started.threads() != compute.threads()) {
          throw new IllegalStateException("This training is too small to use threads.");
        }
      }
      case EpochFinished epoch -> {
        add(epoch.train());
        add(epoch.validation());
        for (float parameter : epoch.network().get().parameters()) {
          digest.update(ByteBuffer.allocate(4).putFloat(parameter).array());
        }
      }
      default -> {}
    }
  }

  private void add(Scores scores) {
    add(scores.loss());
    add(scores.accuracy() == null ? scores.r2() : scores.accuracy());
  }

  private void add(double value) {
    digest.update(ByteBuffer.allocate(8).putDouble(value).array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
