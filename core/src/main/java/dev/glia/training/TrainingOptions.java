package dev.glia.training;

import java.util.function.Consumer;

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
 * @param l2 share of each parameter added to its gradient (PyTorch's {@code weight_decay}), at
 *     least 0
 * @param clipValue gradients are held between minus this and this; infinity for no limit
 * @param clipNorm all gradients are scaled down together to at most this Euclidean norm; infinity
 *     for no limit
 * @param nanPolicy what happens when a gradient is not a finite number
 * @param logEvery after how many epochs the network is evaluated and listeners hear of it, at least
 *     1; the last epoch always is
 */
public record TrainingOptions(
    Loss loss,
    Optimizer optimizer,
    double learningRate,
    Batching batching,
    int epochs,
    boolean shuffle,
    double l2,
    double clipValue,
    double clipNorm,
    NanPolicy nanPolicy,
    int logEvery) {

  /** Checks the settings. */
  public TrainingOptions {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The learning rate must be a number over 0, such as 0.1, got " + learningRate + ".");
    }
    atLeast("The number of epochs", epochs, 0);
    atLeast("The number of epochs between two log entries", logEvery, 1);
    if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("The L2 factor must be at least 0, got " + l2 + ".");
    }
    if (!(clipValue > 0)) {
      throw new IllegalArgumentException(
          "Gradients can be clipped to a value over 0, got " + clipValue + ".");
    }
    if (!(clipNorm > 0)) {
      throw new IllegalArgumentException(
          "Gradients can be clipped to a norm over 0, got " + clipNorm + ".");
    }
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
        new Batching(32, false),
        10,
        true,
        0,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        NanPolicy.STOP,
        1);
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

  /** A copy with another L2 factor. */
  public TrainingOptions withL2(double l2) {
    return with(draft -> draft.l2 = l2);
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
    Batching batching;
    int epochs;
    boolean shuffle;
    double l2;
    double clipValue;
    double clipNorm;
    NanPolicy nanPolicy;
    int logEvery;

    Draft(TrainingOptions options) {
      loss = options.loss;
      optimizer = options.optimizer;
      learningRate = options.learningRate;
      batching = options.batching;
      epochs = options.epochs;
      shuffle = options.shuffle;
      l2 = options.l2;
      clipValue = options.clipValue;
      clipNorm = options.clipNorm;
      nanPolicy = options.nanPolicy;
      logEvery = options.logEvery;
    }

    TrainingOptions options() {
      return new TrainingOptions(
          loss,
          optimizer,
          learningRate,
          batching,
          epochs,
          shuffle,
          l2,
          clipValue,
          clipNorm,
          nanPolicy,
          logEvery);
    }
  }
}
