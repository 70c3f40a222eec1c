package dev.glia.training;

import dev.glia.compute.Compute;
import dev.glia.compute.KernelChoice;
import dev.glia.internal.kernel.Workers;
import dev.glia.metric.EvaluatedEpoch;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.optimizer.OptimizerMemory;
import dev.glia.random.RandomState;
import dev.glia.schedule.Progress;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private final TrainingStep step;
  private final Evaluation trainEvaluation;
  private final @Nullable Evaluation validationEvaluation;
  private final @Nullable Examples validation;
  private final @Nullable Examples test;
  private final Progress progress = new Now();
  private final List<EvaluatedEpoch> history; // where something looks at it
  private final int unjudged; // epochs of the history that the stopping rule does not see

  private int epoch; // whole epochs trained
  private int batch; // batches trained of the running epoch
  private long updates;
  private long nanos; // spent in updates
  private double secondsTold; // of these, in evaluated epochs
  private long evaluated; // the updates of the epoch that was evaluated last, -1 if none was
  private @Nullable EpochFinished last; // evaluation
  private @Nullable Network best; // as the stopping rule has it
  private boolean stopped; // by the stopping rule

  private Training(
      TrainingOptions options,
      Compute compute,
      Checkpoint start,
      Examples train,
      @Nullable Examples validation,
      @Nullable Examples test,
      RandomState random) {
    options.checkValidation(validation != null);
    options.checkBatches(train.rows());
    this.options = options;
    this.compute = compute;
    this.random = random;
    architecture = start.architecture();
    train.checkFit(architecture);
    if (validation != null) {
      validation.checkFit(architecture);
    }
    if (test != null) {
      test.checkFit(architecture);
    }
    parameters = start.parameters();
    boolean sameOptimizer = options.optimizer().equals(start.options().optimizer());
    memory =
        sameOptimizer
            ? start.memory()
            : OptimizerMemory.before(options.optimizer(), architecture.paddedLength());
    noise = start.noise();
    order = start.order();
    batches = options.batching().count(train.rows());
    epoch = start.epoch();
    int seen = start.options().batching().start(start.batch(), order.length);
    batch = options.batching().batchOf(seen, order.length);
    updates = start.updates();
    nanos = Math.round(start.seconds() * 1e9);
    secondsTold = seconds();
    evaluated = start.evaluated();
    history = new ArrayList<>(start.history());
    boolean sameRule = options.stopping().equals(start.options().stopping());
    best = sameRule ? start.best() : null;
    unjudged = sameRule ? start.unjudged() : history.size();
    stopped = sameRule && stops();
    this.validation = validation;
    this.test = test;
    KernelChoice kernel = compute.kernel();
    int largest = options.batching().largest(train.rows());
    workers = new Workers(threadsFor(3L * largest * architecture.parameterCount()));
    int readers = threadsFor(train.rows() * architecture.parameterCount());
    try {
      step =
          new TrainingStep(
              architecture, parameters, memory, noise, options, train, kernel, workers);
      trainEvaluation = evaluation(train, kernel, readers);
      validationEvaluation = validation == null ? null : evaluation(validation, kernel, readers);
    } catch (RuntimeException | Error e) {
      workers.close();
      throw e;
    }
  }

  private Evaluation evaluation(Examples examples, KernelChoice kernel, int threads) {
    return new Evaluation(
        architecture, options.loss(), options.metrics(), examples, kernel, threads);
  }

  private int threadsFor(long work) {
    return work < SERIAL_WORK ? 1 : compute.threads();
  }

  /**
   * Begins to train a copy of a network; there is nothing to test on.
   *
   * @throws IllegalArgumentException if network, examples and loss do not fit
   */
  public static Training begin(
      TrainingOptions options,
      Compute compute,
      Network network,
      Examples train,
      @Nullable Examples validation,
      RandomState random) {
    return begin(options, compute, network, train, validation, null, random);
  }

  /**
   * Begins to train a copy of a network.
   *
   * @param validation rows to evaluate on while it learns, or null
   * @param test rows to evaluate the {@link #result} on, or null; may be those to validate on
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
      @Nullable Examples test,
      RandomState random) {
    Architecture architecture = network.architecture();
    train.checkFit(architecture);
    float[] parameters = network.parameters();
    int[] order = new int[train.rows()];
    Arrays.setAll(order, row -> row);
    Checkpoint start =
        new Checkpoint(
            architecture,
            options,
            parameters,
            OptimizerMemory.before(options.optimizer(), parameters.length),
            random.key(),
            random,
            order,
            0,
            0,
            0,
            0);
    return new Training(options, compute, start, train, validation, test, random);
  }

  /**
   * Goes on from a checkpoint; there is nothing to test on.
   *
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
    return resume(options, compute, architecture, train, validation, null, checkpoint);
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
   *       some rows of one batch twice. Where that is the first batch, the epoch starts again, in a
   *       new order if rows are shuffled.
   *   <li>Other epochs: they count from the training's begin. Where they are trained already,
   *       nothing is left to do. A schedule takes the epochs trained so far for the first of these.
   *   <li>Another stopping rule: it looks at the epochs from here on.
   * </ul>
   *
   * @param train as many rows as the checkpoint's training has
   * @param validation rows to evaluate on while it learns, or null
   * @param test rows to evaluate the {@link #result} on, or null; may be those to validate on
   * @throws IllegalArgumentException if the checkpoint is of another architecture or another number
   *     of rows, or if architecture, examples and loss do not fit
   */
  public static Training resume(
      TrainingOptions options,
      Compute compute,
      Architecture architecture,
      Examples train,
      @Nullable Examples validation,
      @Nullable Examples test,
      Checkpoint checkpoint) {
    if (!architecture.equals(checkpoint.architecture())) {
      throw new IllegalArgumentException(
          "The checkpoint is of the network %s, it cannot go on with %s."
              .formatted(inWords(checkpoint.architecture()), inWords(architecture)));
    }
    train.checkFit(architecture);
    int rows = checkpoint.rows();
    if (train.rows() != rows) {
      throw new IllegalArgumentException(
          "The checkpoint's training has %d rows, it cannot go on with %d."
              .formatted(rows, train.rows()));
    }
    return new Training(options, compute, checkpoint, train, validation, test, checkpoint.random());
  }

  private static String inWords(Architecture architecture) {
    return architecture.inputs() + " > " + architecture.layers();
  }

  /** Whether all epochs of the options have been trained, or the stopping rule has ended it. */
  public boolean done() {
    return stopped || epoch >= options.epochs();
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

  /** The length of a step of the next update: the learning rate as the schedule has it. */
  public double rate() {
    return options.learningRate() * options.schedule().factor(progress);
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
   * Learns from the next batch; allocates nothing. Where a schedule or a stopping rule looks at an
   * epoch's scores, the epoch's last update evaluates.
   *
   * @return whether it was the epoch's last
   * @throws DivergedException if a gradient is not finite and the policy is to stop; the parameters
   *     may then be changed in part
   * @throws IllegalStateException if all epochs have been trained, or it was closed
   */
  public boolean update() {
    if (done()) {
      throw new IllegalStateException(
          stopped
              ? "The stopping rule " + options.stopping().name() + " has ended the training."
              : "All " + options.epochs() + " epochs have been trained: resume with more.");
    }
    long began = System.nanoTime();
    if (batch == 0 && batches > 1 && options.shuffle()) {
      random.shuffle(order);
    }
    int start = options.batching().start(batch, order.length);
    int end = options.batching().start(batch + 1, order.length);
    if (!step.run(order, start, end - start, updates, rate())) {
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
    if (ended && keepsHistory() && logged()) {
      evaluate();
    }
    return ended;
  }

  private boolean keepsHistory() {
    return options.stopping().needsValidation() || options.schedule().needsValidation();
  }

  /** Whether it stands at the end of an epoch that is logged, or at the beginning. */
  boolean logged() {
    return batch == 0 && (epoch % options.logEvery() == 0 || epoch == options.epochs());
  }

  /** Whether it stands at the end of an epoch that is logged, and has not been evaluated there. */
  public boolean due() {
    return logged() && evaluated < updates;
  }

  /**
   * How good the network is now. If that is {@linkplain #due due}, schedule and stopping rule hear
   * of it.
   *
   * @throws DivergedException if the loss is not finite and the policy is to stop
   * @throws IllegalArgumentException if the stopping rule looks at a score that there is not
   */
  public EpochFinished evaluate() {
    EpochFinished known = last;
    boolean due = due();
    if (known != null && known.updates() == updates && !due) {
      return known;
    }
    EpochFinished now =
        new EpochFinished(
            epoch,
            updates,
            evaluateTrain(),
            evaluateValidation(),
            seconds() - secondsTold,
            this::network);
    last = now;
    secondsTold = seconds();
    if (due) {
      evaluated = updates;
      if (epoch > 0 && keepsHistory()) {
        remember(new EvaluatedEpoch(epoch, updates, now.train(), now.validation()));
      }
    }
    return now;
  }

  private void remember(EvaluatedEpoch now) {
    history.add(now);
    if (options.stopping().best(judged()) == judged().size() - 1) {
      best = network();
    }
    stopped = stops();
  }

  private List<EvaluatedEpoch> judged() {
    return history.subList(unjudged, history.size());
  }

  private boolean stops() {
    return !judged().isEmpty() && options.stopping().stops(judged());
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

  /** What its listeners hear first. */
  public TrainingEvent.Started started() {
    return new TrainingEvent.Started(
        architecture,
        options,
        order.length,
        validation == null ? 0 : validation.rows(),
        test == null ? 0 : test.rows(),
        compute.kernel().implementation(),
        threads());
  }

  /**
   * What it has given so far: the network of the epoch that the stopping rule finds best, or else
   * the network as it is now.
   *
   * @param cancelled whether it ends early because it was asked to
   */
  public TrainingResult result(boolean cancelled) {
    int at = judged().isEmpty() ? -1 : options.stopping().best(judged());
    Network kept = best;
    if (at < 0 || kept == null) {
      EpochFinished now = evaluate();
      return new TrainingResult(
          network(),
          epoch,
          updates,
          seconds(),
          now.train(),
          now.validation(),
          tested(network(), now.validation()),
          cancelled,
          stopped,
          epoch);
    }
    EvaluatedEpoch then = judged().get(at);
    return new TrainingResult(
        kept,
        epoch,
        updates,
        seconds(),
        then.train(),
        then.validation(),
        tested(kept, then.validation()),
        cancelled,
        stopped,
        then.epoch());
  }

  private @Nullable Scores tested(Network network, @Nullable Scores validated) {
    if (test == null) {
      return null;
    }
    return test == validation
        ? validated
        : Evaluation.of(network, options.loss(), options.metrics(), test, compute);
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
        seconds(),
        evaluated,
        history,
        unjudged,
        best);
  }

  /** How far it has come. */
  private final class Now implements Progress {
    @Override
    public long update() {
      return (long) epoch * batches + batch;
    }

    @Override
    public int batches() {
      return batches;
    }

    @Override
    public int epochs() {
      return options.epochs();
    }

    @Override
    public List<EvaluatedEpoch> history() {
      return history;
    }
  }

  /** Ends its threads: it can be read from then on, but no more trained or evaluated. */
  @Override
  public void close() {
    workers.close();
    trainEvaluation.close();
    if (validationEvaluation != null) {
      validationEvaluation.close();
    }
  }
}
