package dev.glia.training;

import dev.glia.compute.Compute;
import dev.glia.network.Network;
import dev.glia.random.RandomState;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.Finished;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: a {@link Training}'s updates, evaluation between its epochs, and telling the
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
   * Trains a copy of a network; there is nothing to test on.
   *
   * @throws IllegalArgumentException if network, examples and loss do not fit
   * @throws DivergedException if numbers stop being finite and the policy is to stop
   */
  public TrainingResult fit(
      Network network, Examples train, @Nullable Examples validation, RandomState random) {
    return fit(network, train, validation, null, random);
  }

  /**
   * Trains a copy of a network.
   *
   * @param validation rows to evaluate on while it learns, or null
   * @param test rows to evaluate on at the end, or null; may be those to validate on
   * @param random where the order of each epoch's rows comes from; not used if there is one batch,
   *     whose order changes nothing
   * @throws IllegalArgumentException if network, examples and loss do not fit
   * @throws DivergedException if numbers stop being finite and the policy is to stop
   */
  public TrainingResult fit(
      Network network,
      Examples train,
      @Nullable Examples validation,
      @Nullable Examples test,
      RandomState random) {
    try (Training training =
        Training.begin(options, compute, network, train, validation, test, random)) {
      tell(training.started());
      Telling telling = new Telling();
      boolean done = run(training, telling);
      if (!done && training.updates() > telling.told) {
        telling.evaluated(training, training.evaluate());
      }
      TrainingResult result = training.result(!done);
      tell(Finished.of(result));
      return result;
    }
  }

  /** What goes on between the updates of a training. */
  public interface Between {

    /** Whether to train on; asked before each update. */
    boolean goesOn(Training training);

    /** An epoch was trained and the network evaluated, the untrained one at first. */
    void evaluated(Training training, EpochFinished epoch);
  }

  /**
   * Trains until all is done or somebody wants something else: the loop of all trainings, stepped
   * or not.
   *
   * @return whether all is done
   * @throws DivergedException if numbers stop being finite and the policy is to stop
   */
  public static boolean run(Training training, Between between) {
    boolean evaluates = training.due();
    while (true) {
      if (evaluates) {
        between.evaluated(training, training.evaluate());
      }
      if (training.done()) {
        return true;
      }
      if (!between.goesOn(training)) {
        return false;
      }
      evaluates = training.update() && training.logged();
    }
  }

  private final class Telling implements Between {

    private long told; // the updates of the last evaluation

    @Override
    public boolean goesOn(Training training) {
      return !cancellation.isCancelled();
    }

    @Override
    public void evaluated(Training training, EpochFinished epoch) {
      told = epoch.updates();
      tell(epoch);
    }
  }

  private void tell(TrainingEvent event) {
    for (TrainingListener listener : listeners) {
      listener.on(event);
    }
  }
}
