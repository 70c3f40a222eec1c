package dev.glia.studio.run;

import dev.glia.compute.Compute;
import dev.glia.model.Experiment;
import dev.glia.model.Recipe;
import dev.glia.network.Network;
import dev.glia.split.Parts;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.settings.RunLimits;
import dev.glia.studio.settings.Settings;
import dev.glia.studio.view.Snapshot;
import dev.glia.studio.view.Subject;
import dev.glia.training.Checkpoint;
import dev.glia.training.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training as it goes on in time: from the beginning, or from a moment of another timeline, with
 * the same settings.
 */
public final class Timeline {

  private static final int SNAPSHOTS = 8; // moments that were looked at last

  /** Multiply-adds of an evaluation that goes with every frame: a millisecond or two. */
  private static final long QUICK = 5_000_000;

  /** Multiply-adds of an evaluation for which somebody waits: a second at most. */
  private static final long WHEN_ASKED = 4_000_000_000L;

  /**
   * What another line did after the point where this one left it.
   *
   * @param from the updates of that point
   */
  public record Branch(long from, LoggedEpochs epochs) {}

  private final Settings settings;
  private final int threads;
  private final Experiment experiment;
  private final Subject subject;
  private final @Nullable Checkpoint from;
  private final LoggedEpochs history;
  private final List<Branch> branches;
  private final Checkpoints moments;
  private final LinkedHashMap<Long, Snapshot> snapshots = // of moments, by updates
      new LinkedHashMap<>(SNAPSHOTS, 0.75f, true);

  private Timeline(
      Settings settings,
      int threads,
      Experiment experiment,
      Subject subject,
      @Nullable Checkpoint from,
      LoggedEpochs history,
      List<Branch> branches,
      Checkpoints moments) {
    this.settings = settings;
    this.threads = threads;
    this.experiment = experiment;
    this.subject = subject;
    this.from = from;
    this.history = history;
    this.branches = branches;
    this.moments = moments;
  }

  /**
   * A line from the beginning.
   *
   * @throws IllegalArgumentException if recipe and data do not go together
   */
  static Timeline begin(Settings settings, int threads) {
    Experiment experiment = new Experiment(settings.recipe(), settings.split());
    return begin(settings, threads, experiment, new Subject(experiment, settings.split()));
  }

  /** The same line from its beginning. */
  Timeline again(int threads) {
    return begin(settings, threads, experiment.with(settings.recipe().training()), subject);
  }

  private static Timeline begin(
      Settings settings, int threads, Experiment experiment, Subject subject) {
    return new Timeline(
        settings,
        threads,
        experiment,
        subject,
        null,
        new LoggedEpochs(),
        List.of(),
        new Checkpoints(RunLimits.MOMENTS, RunLimits.MOMENT_BYTES));
  }

  /** A line from a moment of this one, or from what came after it; what was after is a branch. */
  Timeline fork(Settings settings, int threads, Checkpoint from) {
    List<Branch> known = new ArrayList<>(branches);
    known.add(new Branch(from.updates(), history.after(from.updates())));
    Experiment forked = experiment.with(settings.recipe().training());
    return new Timeline(
        settings,
        threads,
        forked,
        new Subject(forked, settings.split()), // its doctor knows the new settings
        from,
        history.upTo(from.updates()),
        known,
        moments.upTo(from));
  }

  /** Sets the training up: takes a while, and memory, for large data. */
  Training open() {
    Checkpoint start = from;
    Compute compute = Compute.onThreads(threads);
    return start == null ? experiment.begin(compute) : experiment.resume(compute, start);
  }

  /** How many threads its training may use. */
  public int threads() {
    return threads;
  }

  public Settings settings() {
    return settings;
  }

  Recipe recipe() {
    return experiment.recipe();
  }

  public Parts split() {
    return settings.split();
  }

  public Experiment experiment() {
    return experiment;
  }

  public Subject subject() {
    return subject;
  }

  public LoggedEpochs history() {
    return history;
  }

  public List<Branch> branches() {
    return branches;
  }

  public Checkpoints moments() {
    return moments;
  }

  /** The untrained network, or what this line began with: what is to be seen at first. */
  Sample start() {
    return start(false);
  }

  /** The same of a line whose very first numbers may not have been finite. */
  Sample start(boolean diverged) {
    Checkpoint start = from;
    int batches = recipe().training().batching().count(split().train().rows());
    Snapshot snapshot =
        start == null
            ? snapshot(experiment.untrained().network(), 0, history.count(), diverged)
            : snapshot(
                start.network(), start.updates(), history.countTo(start.updates()), diverged);
    return new Sample(
        snapshot,
        history.count(),
        start == null ? 0 : start.epoch(),
        start == null ? 0 : start.batch(),
        batches,
        0,
        snapshot.logged(),
        System.nanoTime());
  }

  /**
   * The moment after so many updates.
   *
   * @throws Refusal if it is gone
   */
  public Checkpoint moment(long updates) {
    Checkpoint found = moments.at(updates);
    if (found == null) {
      throw new Refusal(
          404,
          "The moment after %d updates is not kept any more: take one that the slider offers."
              .formatted(updates));
    }
    return found;
  }

  /** Whether watching it costs little more for an evaluation of what is to be seen. */
  public boolean quicklyScored() {
    return subject.evaluationWork() <= QUICK;
  }

  /** Whether somebody who looks at a moment waits for its evaluation. */
  public boolean scoredWhenAsked() {
    return subject.evaluationWork() <= WHEN_ASKED;
  }

  /**
   * What can be seen of a network of this line.
   *
   * @param logged how many epochs had been logged by then
   */
  public Snapshot snapshot(Network network, long updates, int logged, boolean diverged) {
    return new Snapshot(subject, network, updates, () -> history.first(logged), diverged);
  }

  /** What can be seen of a moment; those looked at last are kept. */
  public Snapshot snapshot(Checkpoint moment) {
    synchronized (snapshots) {
      Snapshot snapshot =
          snapshots.computeIfAbsent(
              moment.updates(),
              updates -> snapshot(moment.network(), updates, history.countTo(updates), false));
      if (snapshots.size() > SNAPSHOTS) {
        snapshots.remove(snapshots.firstEntry().getKey());
      }
      return snapshot;
    }
  }
}
