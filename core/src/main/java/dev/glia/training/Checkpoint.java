package dev.glia.training;

import dev.glia.compute.KernelChoice;
import dev.glia.internal.kernel.Workers;
import dev.glia.metric.EvaluatedEpoch;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.optimizer.OptimizerMemory;
import dev.glia.random.RandomState;
import dev.glia.schedule.Progress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a training needs to go on from some update: with the same options and examples it goes
 * on with the same bits.
 *
 * <p>Immutable: what can be changed is copied on its way in and out. All of it can be had as plain
 * numbers and arrays, to be written and read: see {@link RandomState#state} and {@link
 * OptimizerMemory#named}.
 *
 * @param architecture the network's shape
 * @param options what it was trained with
 * @param parameters as {@link Architecture} lays them out, {@code [size]}
 * @param memory what the optimizer remembers
 * @param noise what is random inside an update, such as a dropout, comes from it
 * @param random the stream of the rows' orders
 * @param order the rows in the order of the running epoch, or of the last one if none is; {@code
 *     [rows]}
 * @param epoch whole epochs trained
 * @param batch batches trained of the running epoch
 * @param updates how often the parameters have changed
 * @param seconds what training took, without evaluation
 * @param evaluated the updates of the epoch that was evaluated last, -1 if none was
 * @param history the epochs evaluated so far, where the schedule or the stopping rule looks at them
 * @param unjudged how many of these the stopping rule does not see
 * @param best the network after the best of the others; null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record Checkpoint(
    Architecture architecture,
    TrainingOptions options,
    float[] parameters,
    OptimizerMemory memory,
    long noise,
    RandomState random,
    int[] order,
    int epoch,
    int batch,
    long updates,
    double seconds,
    long evaluated,
    List<EvaluatedEpoch> history,
    int unjudged,
    @Nullable Network best) {

  /** The bytes of a random stream: 624 ints and a little. */
  private static final int STREAM = 2_512;

  /** The bytes of an evaluated epoch, about. */
  private static final long EVALUATED = 128;

  /** Copies what can be changed. */
  public Checkpoint {
    parameters = parameters.clone();
    memory = memory.copy();
    random = random.copy();
    order = order.clone();
    history = List.copyOf(history);
  }

  /** One that was not evaluated yet. */
  public Checkpoint(
      Architecture architecture,
      TrainingOptions options,
      float[] parameters,
      OptimizerMemory memory,
      long noise,
      RandomState random,
      int[] order,
      int epoch,
      int batch,
      long updates,
      double seconds) {
    this(
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
        seconds,
        -1,
        List.of(),
        0,
        null);
  }

  @Override
  public float[] parameters() {
    return parameters.clone();
  }

  @Override
  public OptimizerMemory memory() {
    return memory.copy();
  }

  @Override
  public RandomState random() {
    return random.copy();
  }

  @Override
  public int[] order() {
    return order.clone();
  }

  /** The network as it was. */
  public Network network() {
    return new Network(architecture, parameters);
  }

  /**
   * The same with the weights that the stopping rule finds best, at the end of their epoch; what
   * the optimizer remembers and the order of the rows stay.
   */
  public Checkpoint atBest() {
    List<EvaluatedEpoch> judged = history.subList(unjudged, history.size());
    int at = judged.isEmpty() ? -1 : options.stopping().best(judged);
    if (best == null || at < 0) {
      return this;
    }
    EvaluatedEpoch then = judged.get(at);
    return new Checkpoint(
        architecture,
        options,
        best.parameters(),
        memory,
        noise,
        random,
        order,
        then.epoch(),
        0,
        then.updates(),
        seconds,
        then.updates(),
        history.subList(0, unjudged + at + 1),
        unjudged,
        best);
  }

  /** How far it had come, as a schedule sees it. */
  private Progress progress() {
    int batches = options.batching().count(rows());
    return Progress.of((long) epoch * batches + batch, batches, options.epochs(), history);
  }

  /** The length of a step of the next update: the learning rate as the schedule has it. */
  public double rate() {
    return options.learningRate() * options.schedule().factor(progress());
  }

  /**
   * What an update does.
   *
   * @param gradients as the optimizer gets them, penalties and clipping included
   * @param parameters after it; as they were where a gradient is not finite and the policy stops
   */
  @SuppressWarnings("ArrayRecordComponent") // carries two results, is never compared
  public record Update(float[] gradients, float[] parameters) {}

  /**
   * What an update by a batch of all the examples would do, without what is random in it: the
   * checkpoint stays as it is.
   *
   * @throws IllegalArgumentException if examples and network do not fit, or there are more than a
   *     batch has
   */
  public Update update(Examples examples, KernelChoice kernel) {
    examples.checkFit(architecture);
    int most = options.batching().largest(examples.rows());
    if (examples.rows() > most) {
      throw new IllegalArgumentException(
          "A batch has %d rows at most, got %d.".formatted(most, examples.rows()));
    }
    float[] updated = parameters.clone();
    int[] rows = new int[examples.rows()];
    Arrays.setAll(rows, row -> row);
    try (Workers workers = new Workers(1)) {
      TrainingStep step =
          new TrainingStep(
              architecture.predicting(),
              updated,
              memory.copy(),
              0,
              options,
              examples,
              kernel,
              workers);
      boolean finite = step.run(rows, 0, rows.length, 0, rate());
      return new Update(step.gradients(), finite ? updated : parameters.clone());
    }
  }

  /** How many examples the training has. */
  public int rows() {
    return order.length;
  }

  /** How much memory the numbers in it need. */
  public long bytes() {
    return (long) Float.BYTES * parameters.length
        + (long) Integer.BYTES * order.length
        + memory.bytes()
        + (best == null ? 0 : (long) Float.BYTES * parameters.length)
        + EVALUATED * history.size()
        + STREAM;
  }
}
