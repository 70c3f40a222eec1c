package dev.glia.training;

import dev.glia.data.RandomState;
import dev.glia.network.Network;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.Finished;
import dev.glia.training.TrainingEvent.Started;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: a {@link Training}'s epochs, evaluation between them, and telling the
 * listeners.
 *
 * <p>The same network, examples, options and random stream give the same bits for every number of
 * threads and every kernel.
 */
public final class Trainer {

  private final TrainingOptions options;
  private final Compute compute;
  private final List<TrainingListener> listeners;
  private final Cancellation cancellation;

  /** A trainer that tells the listeners what happens. */
  public Trainer(TrainingOptions options, TrainingListener... listeners) {
    this(options, Compute.all(), listeners);
  }

  /** A trainer on some threads. */
  public Trainer(TrainingOptions options, Compute compute, TrainingListener... listeners) {
    this(options, compute, new Cancellation(), listeners);
  }

  /** A trainer that can be cancelled. */
  public Trainer(
      TrainingOptions options,
      Compute compute,
      Cancellation cancellation,
      TrainingListener... listeners) {
    this.options = options;
    this.compute = compute;
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
    try (Training training = Training.begin(options, compute, network, train, validation, random)) {
      tell(
          new Started(
              network.architecture(),
              options,
              train.rows(),
              validation == null ? 0 : validation.rows(),
              compute.kernel().implementation(),
              training.threads()));
      return train(training);
    }
  }

  private TrainingResult train(Training training) {
    EpochFinished last = evaluate(training, 0);
    double secondsTold = 0; // of the training's seconds, those already in an event
    boolean cancelled = false;
    while (!training.done() && !cancelled) {
      cancelled = !trainEpoch(training);
      int epoch = training.epoch();
      boolean due = epoch % options.logEvery() == 0 || training.done();
      if ((due || cancelled) && training.updates() > last.updates()) {
        last = evaluate(training, training.seconds() - secondsTold);
        secondsTold = training.seconds();
      }
    }
    tell(
        new Finished(
            training.epoch(),
            training.updates(),
            training.seconds(),
            last.train(),
            last.validation(),
            cancelled));
    return new TrainingResult(
        training.network(),
        training.epoch(),
        training.updates(),
        training.seconds(),
        last.train(),
        last.validation(),
        cancelled);
  }

  /** Trains one epoch; false if it was cancelled before its last batch. */
  private boolean trainEpoch(Training training) {
    do {
      if (cancellation.isCancelled()) {
        return false;
      }
    } while (!training.update());
    return true;
  }

  private EpochFinished evaluate(Training training, double seconds) {
    EpochFinished event =
        new EpochFinished(
            training.epoch(),
            training.updates(),
            training.evaluateTrain(),
            training.evaluateValidation(),
            seconds,
            training::network);
    tell(event);
    return event;
  }

  private void tell(TrainingEvent event) {
    for (TrainingListener listener : listeners) {
      listener.on(event);
    }
  }
}
