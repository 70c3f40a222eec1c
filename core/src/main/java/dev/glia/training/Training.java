package dev.glia.training;

import dev.glia.data.RandomState;
import dev.glia.internal.kernel.Workers;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.KernelChoice;
import dev.glia.network.Network;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A training that its owner steps, update by update; {@link Trainer#fit} is a loop over it.
 *
 * <p>The same network, examples, options and random stream give the same bits for every number of
 * threads and every kernel, and whether or not it was interrupted at a {@link Checkpoint}. To be
 * used by one thread at a time, and closed after use.
 */
public final class Training implements AutoCloseable {

  /** Work in an update, in multiply-adds, under which threads cost more than they save. */
  private static final long SERIAL_WORK = 500_000;

  private final TrainingOptions options;
  private final Compute compute;
  private final Architecture architecture;
  private final float[] parameters; // changed by the step
  private final OptimizerMemory memory; // changed by the step
  private final long noise; // what is random inside an update comes from it
  private final RandomState random;
  private final int[] order; // [rows]: of the running epoch, or of the last one if none is
  private final int batches; // an epoch
  private final Workers workers;
  private final Workers readers;
  private final TrainingStep step;
  private final Evaluation trainEvaluation;
  private final @Nullable Evaluation validationEvaluation;

  private int epoch; // whole epochs trained
  private int batch; // batches trained of the running epoch
  private long updates;
  private long nanos; // spent in updates

  private Training(
      TrainingOptions options,
      Compute compute,
      Architecture architecture,
      float[] parameters,
      OptimizerMemory memory,
      long noise,
      Examples train,
      @Nullable Examples validation,
      RandomState random,
      int[] order) {
    this.options = options;
    this.compute = compute;
    this.architecture = architecture;
    this.parameters = parameters;
    this.memory = memory;
    this.noise = noise;
    this.random = random;
    this.order = order;
    batches = options.batching().count(train.rows());
    KernelChoice kernel = compute.kernel();
    int largest = options.batching().largest(train.rows());
    workers = new Workers(threadsFor(3L * largest * architecture.parameterCount()));
    readers = new Workers(threadsFor(train.rows() * architecture.parameterCount()));
    try {
      step =
          new TrainingStep(
              architecture, parameters, memory, noise, options, train, kernel, workers);
      trainEvaluation = new Evaluation(architecture, options.loss(), train, kernel, readers);
      validationEvaluation =
          validation == null
              ? null
              : new Evaluation(architecture, options.loss(), validation, kernel, readers);
    } catch (RuntimeException | Error e) {
      workers.close();
      readers.close();
      throw e;
    }
  }

  private int threadsFor(long work) {
    return work < SERIAL_WORK ? 1 : compute.threads();
  }

  /**
   * Begins to train a copy of a network.
   *
   * @param validation rows kept back to evaluate on, or null
   * @param random where the order of each epoch's rows comes from, drawn from as training goes on;
   *     not used if there is one batch, whose order changes nothing
   * @throws IllegalArgumentException if network, examples and loss do not fit
   */
  public static Training begin(
      TrainingOptions options,
      Compute compute,
      Network network,
      Examples train,
      @Nullable Examples validation,
      RandomState random) {
    Architecture architecture = network.architecture();
    checkFit(architecture, train, validation);
    float[] parameters = network.parameters();
    int[] order = new int[train.rows()];
    Arrays.setAll(order, row -> row);
    return new Training(
        options,
        compute,
        architecture,
        parameters,
        OptimizerMemory.before(options.optimizer(), parameters.length),
        random.key(),
        train,
        validation,
        random,
        order);
  }

  /**
   * Goes on from a checkpoint; it stays as it is, so that any number of trainings can.
   *
   * <p>With the options it was made with this gives the same bits as if there had been no
   * interruption. The options may be others:
   *
   * <ul>
   *   <li>Another optimizer, or the same with other settings, begins with an empty memory. The
   *       learning rate is not one of its settings.
   *   <li>Other batches: the running epoch goes on in the same order of its rows with that batch in
   *       which the first row stands that it has not seen yet. So it leaves no row out and may see
   *       some rows of one batch twice. Where that is the first batch, the epoch begins anew, in a
   *       new order if rows are shuffled.
   *   <li>Other epochs: they count from the training's begin. Where they are trained already,
   *       nothing is left to do.
   * </ul>
   *
   * @param train as many rows as the checkpoint's training has
   * @param validation rows kept back to evaluate on, or null
   * @throws IllegalArgumentException if the checkpoint is of another architecture or another number
   *     of rows, or if architecture, examples and loss do not fit
   */
  public static Training resume(
      TrainingOptions options,
      Compute compute,
      Architecture architecture,
      Examples train,
      @Nullable Examples validation,
      Checkpoint checkpoint) {
    if (!architecture.equals(checkpoint.architecture())) {
      throw new IllegalArgumentException(
          "The checkpoint is of the network %s, it cannot go on with %s."
              .formatted(inWords(checkpoint.architecture()), inWords(architecture)));
    }
    checkFit(architecture, train, validation);
    int rows = checkpoint.rows();
    if (train.rows() != rows) {
      throw new IllegalArgumentException(
          "The checkpoint's training has %d rows, it cannot go on with %d."
              .formatted(rows, train.rows()));
    }
    boolean sameOptimizer = options.optimizer().equals(checkpoint.options().optimizer());
    Training training =
        new Training(
            options,
            compute,
            architecture,
            checkpoint.parameters(),
            sameOptimizer
                ? checkpoint.memory()
                : OptimizerMemory.before(options.optimizer(), architecture.size()),
            checkpoint.noise(),
            train,
            validation,
            checkpoint.random(),
            checkpoint.order());
    int seen = checkpoint.options().batching().start(checkpoint.batch(), rows);
    training.batch = options.batching().batchOf(seen, rows);
    training.epoch = checkpoint.epoch();
    training.updates = checkpoint.updates();
    training.nanos = Math.round(checkpoint.seconds() * 1e9);
    return training;
  }

  private static String inWords(Architecture architecture) {
    return architecture.inputs() + " > " + architecture.layers();
  }

  private static void checkFit(
      Architecture architecture, Examples train, @Nullable Examples validation) {
    train.checkFit(architecture);
    if (validation != null) {
      validation.checkFit(architecture);
    }
  }

  /** Whether all epochs of the options have been trained. */
  public boolean done() {
    return epoch >= options.epochs();
  }

  /** How many whole epochs have been trained. */
  public int epoch() {
    return epoch;
  }

  /** How many batches of the running epoch have been trained, 0 to {@link #batches} - 1. */
  public int batch() {
    return batch;
  }

  /** How many batches an epoch has. */
  public int batches() {
    return batches;
  }

  /** How often the parameters have changed. */
  public long updates() {
    return updates;
  }

  /** What the updates took. */
  public double seconds() {
    return nanos / 1e9;
  }

  /** What it is trained with. */
  public TrainingOptions options() {
    return options;
  }

  /** The network's shape. */
  public Architecture architecture() {
    return architecture;
  }

  /** How many threads share a batch. */
  public int threads() {
    return workers.count();
  }

  /**
   * Learns from the next batch; allocates nothing.
   *
   * @return whether it was the epoch's last
   * @throws DivergedException if a gradient is not finite and the policy is to stop; the parameters
   *     may then be changed in part
   * @throws IllegalStateException if all epochs have been trained, or it was closed
   */
  public boolean update() {
    if (done()) {
      throw new IllegalStateException(
          "All " + options.epochs() + " epochs have been trained: resume with more.");
    }
    long began = System.nanoTime();
    if (batch == 0 && batches > 1 && options.shuffle()) {
      random.shuffle(order);
    }
    int start = options.batching().start(batch, order.length);
    int end = options.batching().start(batch + 1, order.length);
    if (!step.run(order, start, end - start, updates)) {
      throw diverged(epoch + 1, updates + 1, step.firstNotFinite());
    }
    updates++;
    batch++;
    boolean ended = batch == batches;
    if (ended) {
      batch = 0;
      epoch++;
    }
    nanos += System.nanoTime() - began;
    return ended;
  }

  /**
   * How good the network is now on the rows it learns from.
   *
   * @throws DivergedException if the loss is not finite and the policy is to stop
   */
  public Scores evaluateTrain() {
    Scores scores = trainEvaluation.run(parameters);
    if (!Double.isFinite(scores.loss()) && options.nanPolicy() == NanPolicy.STOP) {
      throw diverged(
          epoch, updates, "the loss is " + scores.loss() + ": " + trainEvaluation.firstNotFinite());
    }
    return scores;
  }

  /** How good the network is now on the rows kept back; null if there are none. */
  public @Nullable Scores evaluateValidation() {
    return validationEvaluation == null ? null : validationEvaluation.run(parameters);
  }

  private DivergedException diverged(int epoch, long update, String where) {
    return new DivergedException(
        "Training diverged in epoch %d, update %d: %s. ".formatted(epoch, update, where)
            + "Try a smaller learning rate than %s, scaled inputs, or clipped gradients."
                .formatted(options.learningRate()));
  }

  /** The network as it is now, copied. */
  public Network network() {
    return new Network(architecture, parameters);
  }

  /** All that is needed to go on from here, copied. */
  public Checkpoint checkpoint() {
    return new Checkpoint(
        architecture,
        options,
        parameters,
        memory,
        noise,
        random,
        order,
        epoch,
        batch,
        updates,
        seconds());
  }

  /** Ends its threads: it can be read from then on, but no more trained or evaluated. */
  @Override
  public void close() {
    workers.close();
    readers.close();
  }
}
