package dev.glia.training;

import dev.glia.compute.Compute;
import dev.glia.loss.CrossEntropy;
import dev.glia.loss.Loss;
import dev.glia.metric.Metric;
import dev.glia.optimizer.Adam;
import dev.glia.optimizer.Optimizer;
import dev.glia.optimizer.WholeOptimizer;
import dev.glia.penalty.L1;
import dev.glia.penalty.L2;
import dev.glia.penalty.MaxNorm;
import dev.glia.penalty.Penalty;
import dev.glia.schedule.Constant;
import dev.glia.schedule.Schedule;
import dev.glia.stopping.Never;
import dev.glia.stopping.Stopping;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How to train: everything but the network, the data and what computes ({@link Compute}).
 *
 * <p>{@code TrainingOptions.defaults().withEpochs(5)} changes one setting of a copy.
 *
 * @param loss what to make small
 * @param optimizer how gradients change parameters
 * @param learningRate the length of a step, over 0
 * @param batching how an epoch is cut into batches
 * @param epochs how often all rows are seen, at least 0
 * @param shuffle whether each epoch has the rows in a new random order
 * @param schedule how the learning rate changes while the network learns
 * @param penalties what large weights cost; one of a kind, in the order of their names
 * @param clipValue gradients are held between minus this and this; infinity for no limit
 * @param clipNorm all gradients are scaled down together to at most this Euclidean norm; infinity
 *     for no limit
 * @param nanPolicy what happens when a gradient is not a finite number
 * @param logEvery after how many epochs the network is evaluated and listeners hear of it, at least
 *     1; the last epoch always is
 * @param stopping when training ends before the last epoch, and which epoch's weights it gives
 * @param metrics what else to say of how good the network is
 */
public record TrainingOptions(
    Loss loss,
    Optimizer optimizer,
    double learningRate,
    Schedule schedule,
    Batching batching,
    int epochs,
    boolean shuffle,
    List<Penalty> penalties,
    double clipValue,
    double clipNorm,
    NanPolicy nanPolicy,
    int logEvery,
    Stopping stopping,
    List<Metric> metrics) {

  /** Checks the settings. */
  public TrainingOptions {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The learning rate must be a number over 0, such as 0.1, got " + learningRate + ".");
    }
    atLeast("The number of epochs", epochs, 0);
    atLeast("The number of epochs between two log entries", logEvery, 1);
    penalties = penalties.stream().sorted(Comparator.comparing(Penalty::name)).toList();
    if (!(clipValue > 0)) {
      throw new IllegalArgumentException(
          "Gradients can be clipped to a value over 0, got " + clipValue + ".");
    }
    if (!(clipNorm > 0)) {
      throw new IllegalArgumentException(
          "Gradients can be clipped to a norm over 0, got " + clipNorm + ".");
    }
    metrics = List.copyOf(metrics);
    Metric.checkNames(metrics);
  }

  private static void atLeast(String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, got %d.".formatted(what, least, value));
    }
  }

  /** Cross entropy with Adam at 0.001, batches of 32, 10 epochs, shuffled. */
  public static TrainingOptions defaults() {
    return new TrainingOptions(
        new CrossEntropy(),
        new Adam(),
        0.001,
        new Constant(),
        new Batching(32, false),
        10,
        true,
        List.of(),
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        NanPolicy.STOP,
        1,
        new Never(),
        List.of());
  }

  /** A copy with another loss. */
  public TrainingOptions withLoss(Loss loss) {
    return with(draft -> draft.loss = loss);
  }

  /** A copy with another optimizer. */
  public TrainingOptions withOptimizer(Optimizer optimizer) {
    return with(draft -> draft.optimizer = optimizer);
  }

  /** A copy with another learning rate. */
  public TrainingOptions withLearningRate(double learningRate) {
    return with(draft -> draft.learningRate = learningRate);
  }

  /** A copy with another batching. */
  public TrainingOptions withBatching(Batching batching) {
    return with(draft -> draft.batching = batching);
  }

  /** A copy with so many rows a batch, {@link Batching#FULL} for all in one. */
  public TrainingOptions withBatchSize(int size) {
    return withBatching(new Batching(size, batching.even()));
  }

  /** A copy with batches of even size, or a smaller last one: see {@link Batching}. */
  public TrainingOptions withEvenBatches(boolean even) {
    return withBatching(new Batching(batching.size(), even));
  }

  /** A copy with another number of epochs. */
  public TrainingOptions withEpochs(int epochs) {
    return with(draft -> draft.epochs = epochs);
  }

  /** A copy with another shuffling. */
  public TrainingOptions withShuffle(boolean shuffle) {
    return with(draft -> draft.shuffle = shuffle);
  }

  /** A copy with another schedule of the learning rate. */
  public TrainingOptions withSchedule(Schedule schedule) {
    return with(draft -> draft.schedule = schedule);
  }

  /** A copy with another rule when to stop. */
  public TrainingOptions withStopping(Stopping stopping) {
    return with(draft -> draft.stopping = stopping);
  }

  /** A copy with other metrics. */
  public TrainingOptions withMetrics(Metric... metrics) {
    return with(draft -> draft.metrics = List.of(metrics));
  }

  /** A copy with a penalty, which takes the place of one of its kind. */
  public TrainingOptions withPenalty(Penalty penalty) {
    return with(draft -> draft.penalties = others(penalty.getClass(), penalty));
  }

  /** A copy with another L1 factor; 0 for none. */
  public TrainingOptions withL1(double l1) {
    L1 penalty = new L1(l1);
    return l1 == 0 ? without(L1.class) : withPenalty(penalty);
  }

  /** A copy with another L2 factor; 0 for none. */
  public TrainingOptions withL2(double l2) {
    L2 penalty = new L2(l2);
    return l2 == 0 ? without(L2.class) : withPenalty(penalty);
  }

  /** A copy with another limit of the norm of a unit's weights; infinity for none. */
  public TrainingOptions withMaxNorm(double limit) {
    return limit == Double.POSITIVE_INFINITY
        ? without(MaxNorm.class)
        : withPenalty(new MaxNorm(limit));
  }

  private TrainingOptions without(Class<? extends Penalty> kind) {
    return with(draft -> draft.penalties = others(kind));
  }

  private List<Penalty> others(Class<? extends Penalty> kind, Penalty... more) {
    return Stream.concat(penalties.stream().filter(p -> !kind.isInstance(p)), Arrays.stream(more))
        .toList();
  }

  /** The L1 factor, 0 for none. */
  public double l1() {
    return penalty(L1.class).map(L1::factor).orElse(0.0);
  }

  /** The L2 factor, 0 for none. */
  public double l2() {
    return penalty(L2.class).map(L2::factor).orElse(0.0);
  }

  /** The limit of the norm of a unit's weights, infinity for none. */
  public double maxNorm() {
    return penalty(MaxNorm.class).map(MaxNorm::limit).orElse(Double.POSITIVE_INFINITY);
  }

  private <P extends Penalty> Optional<P> penalty(Class<P> kind) {
    return penalties.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /**
   * Checks that all rows stand in one batch where the optimizer works on all at once.
   *
   * @throws IllegalArgumentException if they do not
   */
  void checkBatches(int rows) {
    if (!(optimizer instanceof WholeOptimizer)) {
      return;
    }
    if (batching.count(rows) > 1) {
      throw new IllegalArgumentException(
          "%s looks at all rows at once: take them in one batch (full) instead of %d."
              .formatted(optimizer.name(), batching.count(rows)));
    }
    if (Math.min(clipValue, clipNorm) < Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          optimizer.name() + " needs the gradients as they are: leave out clipping.");
    }
  }

  /**
   * Checks that there are rows to evaluate on where something looks at them.
   *
   * @throws IllegalArgumentException if there are none
   */
  void checkValidation(boolean there) {
    if (!there && (stopping.needsValidation() || schedule.needsValidation())) {
      throw new IllegalArgumentException(
          ("%s looks at the scores on rows that are kept back, and none are: keep some back, or"
                  + " leave it out.")
              .formatted(
                  stopping.needsValidation()
                      ? "The stopping rule " + stopping.name()
                      : "The schedule " + schedule.name()));
    }
  }

  /** A copy with another limit of each gradient. */
  public TrainingOptions withClipValue(double clipValue) {
    return with(draft -> draft.clipValue = clipValue);
  }

  /** A copy with another limit of the norm. */
  public TrainingOptions withClipNorm(double clipNorm) {
    return with(draft -> draft.clipNorm = clipNorm);
  }

  /** A copy with another policy for gradients that are not finite. */
  public TrainingOptions withNanPolicy(NanPolicy nanPolicy) {
    return with(draft -> draft.nanPolicy = nanPolicy);
  }

  /** A copy with another number of epochs between log entries. */
  public TrainingOptions withLogEvery(int logEvery) {
    return with(draft -> draft.logEvery = logEvery);
  }

  private TrainingOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** A copy while a setting of it changes. */
  private static final class Draft {
    Loss loss;
    Optimizer optimizer;
    double learningRate;
    Schedule schedule;
    Batching batching;
    int epochs;
    boolean shuffle;
    List<Penalty> penalties;
    double clipValue;
    double clipNorm;
    NanPolicy nanPolicy;
    int logEvery;
    Stopping stopping;
    List<Metric> metrics;

    Draft(TrainingOptions options) {
      loss = options.loss;
      optimizer = options.optimizer;
      learningRate = options.learningRate;
      schedule = options.schedule;
      batching = options.batching;
      epochs = options.epochs;
      shuffle = options.shuffle;
      penalties = options.penalties;
      clipValue = options.clipValue;
      clipNorm = options.clipNorm;
      nanPolicy = options.nanPolicy;
      logEvery = options.logEvery;
      stopping = options.stopping;
      metrics = options.metrics;
    }

    TrainingOptions options() {
      return new TrainingOptions(
          loss,
          optimizer,
          learningRate,
          schedule,
          batching,
          epochs,
          shuffle,
          penalties,
          clipValue,
          clipNorm,
          nanPolicy,
          logEvery,
          stopping,
          metrics);
    }
  }
}
