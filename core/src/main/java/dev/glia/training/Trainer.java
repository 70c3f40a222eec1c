package dev.glia.training;

import dev.glia.data.RandomState;
import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.Workers;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.Finished;
import dev.glia.training.TrainingEvent.Started;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: epochs of batches, evaluation between them, and telling the listeners.
 *
 * <p>The same network, examples, options and random stream give the same bits for every number of
 * threads and every kernel.
 */
public final class Trainer {

  /** Work in an update, in multiply-adds, under which threads cost more than they save. */
  private static final long SERIAL_WORK = 500_000;

  private final TrainingOptions options;
  private final List<TrainingListener> listeners;
  private final Cancellation cancellation;

  /** A trainer that tells the listeners what happens. */
  public Trainer(TrainingOptions options, TrainingListener... listeners) {
    this(options, new Cancellation(), listeners);
  }

  /** A trainer that can be cancelled. */
  public Trainer(
      TrainingOptions options, Cancellation cancellation, TrainingListener... listeners) {
    this.options = options;
    this.cancellation = cancellation;
    this.listeners = List.of(listeners);
  }

  /**
   * Trains a copy of a network.
   *
   * @param validation rows kept back to evaluate on, or null
   * @param random where the order of each epoch's rows comes from; not used if there is one batch,
   *     whose order changes nothing
   * @throws IllegalArgumentException if network, examples and loss do not fit
   * @throws DivergedException if numbers stop being finite and the policy is to stop
   */
  public TrainingResult fit(
      Network network, Examples train, @Nullable Examples validation, RandomState random) {
    Architecture architecture = network.architecture();
    checkFit(architecture, train);
    if (validation != null) {
      checkFit(architecture, validation);
    }
    Kernel kernel = options.kernel().kernel();
    int batch = options.batching().largest(train.rows());
    try (Workers workers = new Workers(threadsFor(3L * batch * architecture.parameterCount()));
        Workers readers = new Workers(threadsFor(train.rows() * architecture.parameterCount()))) {
      float[] parameters = network.parameters();
      Run run =
          new Run(
              architecture,
              parameters,
              new TrainingStep(architecture, parameters, options, train, kernel, workers),
              new Evaluation(architecture, options.loss(), train, kernel, readers),
              validation == null
                  ? null
                  : new Evaluation(architecture, options.loss(), validation, kernel, readers));
      tell(
          new Started(
              architecture,
              options,
              train.rows(),
              validation == null ? 0 : validation.rows(),
              kernel.name(),
              workers.count()));
      return run.train(train.rows(), random);
    }
  }

  private int threadsFor(long work) {
    return work < SERIAL_WORK ? 1 : options.threads();
  }

  static void checkFit(Architecture architecture, Examples examples) {
    if (examples.rows() == 0) {
      throw new IllegalArgumentException("There are no rows: at least one is needed.");
    }
    if (examples.inputs() != architecture.inputs()) {
      throw new IllegalArgumentException(
          "The network has %d inputs, the data has %d features."
              .formatted(architecture.inputs(), examples.inputs()));
    }
    if (examples.outputs() != architecture.outputs()) {
      throw new IllegalArgumentException(
          "The network has %d outputs, the data asks for %d."
              .formatted(architecture.outputs(), examples.outputs()));
    }
  }

  private void tell(TrainingEvent event) {
    for (TrainingListener listener : listeners) {
      listener.on(event);
    }
  }

  /** One training: its state and its loop. */
  private final class Run {
    private final Architecture architecture;
    private final float[] parameters; // changed by the step
    private final TrainingStep step;
    private final Evaluation trainEvaluation;
    private final @Nullable Evaluation validationEvaluation;
    private long updates;
    private long nanos; // spent training
    private long nanosTold; // of these, already in an event

    Run(
        Architecture architecture,
        float[] parameters,
        TrainingStep step,
        Evaluation trainEvaluation,
        @Nullable Evaluation validationEvaluation) {
      this.architecture = architecture;
      this.parameters = parameters;
      this.step = step;
      this.trainEvaluation = trainEvaluation;
      this.validationEvaluation = validationEvaluation;
    }

    TrainingResult train(int rows, RandomState random) {
      int[] order = new int[rows];
      Arrays.setAll(order, row -> row);
      EpochFinished last = evaluate(0);
      int epoch = 0;
      boolean cancelled = false;
      while (epoch < options.epochs() && !cancelled) {
        cancelled = !trainEpoch(epoch + 1, order, random);
        epoch += cancelled ? 0 : 1;
        boolean due = epoch % options.logEvery() == 0 || epoch == options.epochs();
        if ((due || cancelled) && updates > last.updates()) {
          last = evaluate(epoch);
        }
      }
      double seconds = nanos / 1e9;
      tell(new Finished(epoch, updates, seconds, last.train(), last.validation(), cancelled));
      return new TrainingResult(
          new Network(architecture, parameters),
          epoch,
          updates,
          seconds,
          last.train(),
          last.validation(),
          cancelled);
    }

    /** Trains one epoch; false if it was cancelled before its last batch. */
    private boolean trainEpoch(int epoch, int[] order, RandomState random) {
      long began = System.nanoTime();
      Batching batching = options.batching();
      int batches = batching.count(order.length);
      if (options.shuffle() && batches > 1) {
        random.shuffle(order);
      }
      for (int batch = 0; batch < batches; batch++) {
        if (cancellation.isCancelled()) {
          nanos += System.nanoTime() - began;
          return false;
        }
        int start = batching.start(batch, order.length);
        int end = batching.start(batch + 1, order.length);
        if (!step.run(order, start, end - start)) {
          throw diverged(epoch, updates + 1, step.firstNotFinite());
        }
        updates++;
      }
      nanos += System.nanoTime() - began;
      return true;
    }

    private EpochFinished evaluate(int epoch) {
      Scores train = trainEvaluation.run(parameters);
      if (!Double.isFinite(train.loss()) && options.nanPolicy() == NanPolicy.STOP) {
        String why = "the loss is " + train.loss() + ": " + trainEvaluation.firstNotFinite();
        throw diverged(epoch, updates, why);
      }
      Scores validation =
          validationEvaluation == null ? null : validationEvaluation.run(parameters);
      EpochFinished event =
          new EpochFinished(
              epoch,
              updates,
              train,
              validation,
              (nanos - nanosTold) / 1e9,
              () -> new Network(architecture, parameters));
      nanosTold = nanos;
      tell(event);
      return event;
    }

    private DivergedException diverged(int epoch, long update, String where) {
      return new DivergedException(
          "Training diverged in epoch %d, update %d: %s. ".formatted(epoch, update, where)
              + "Try a smaller learning rate than %s, scaled inputs, or clipped gradients."
                  .formatted(options.learningRate()));
    }
  }
}
