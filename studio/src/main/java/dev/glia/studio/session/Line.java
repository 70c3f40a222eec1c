package dev.glia.studio.session;

import dev.glia.data.Split;
import dev.glia.model.Experiment;
import dev.glia.model.Recipe;
import dev.glia.network.Network;
import dev.glia.studio.view.Snapshot;
import dev.glia.studio.view.Subject;
import dev.glia.training.Checkpoint;
import dev.glia.training.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of training: from a beginning, or from a moment of another line, on with the same
 * settings.
 */
final class Line {

  private static final int SNAPSHOTS = 8; // moments that were looked at last

  /**
   * What another line did after the point where this one left it.
   *
   * @param from the updates of that point
   */
  record Branch(long from, LoggedEpochs epochs) {}

  private final Settings settings;
  private final Recipe recipe;
  private final Experiment experiment;
  private final Subject subject;
  private final @Nullable Checkpoint from;
  private final LoggedEpochs history;
  private final List<Branch> branches;
  private final Moments moments;
  private final LinkedHashMap<Long, Snapshot> snapshots = // of moments, by updates
      new LinkedHashMap<>(SNAPSHOTS, 0.75f, true);

  private Line(
      Settings settings,
      int threads,
      @Nullable Checkpoint from,
      LoggedEpochs history,
      List<Branch> branches,
      Moments moments) {
    this.settings = settings;
    recipe = settings.recipe().withTraining(settings.recipe().training().withThreads(threads));
    experiment = new Experiment(recipe, settings.split());
    subject = new Subject(experiment, settings.split());
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
  static Line begin(Settings settings, int threads) {
    return new Line(
        settings,
        threads,
        null,
        new LoggedEpochs(),
        List.of(),
        new Moments(Limits.MOMENTS, Limits.MOMENT_BYTES));
  }

  /** A line from a moment of this one, or from what came after it; what was after is a branch. */
  Line fork(Settings settings, int threads, Checkpoint from) {
    List<Branch> known = new ArrayList<>(branches);
    known.add(new Branch(from.updates(), history.after(from.updates())));
    return new Line(
        settings, threads, from, history.upTo(from.updates()), known, moments.upTo(from));
  }

  /** Sets the training up: takes a while, and memory, for large data. */
  Training open() {
    Checkpoint start = from;
    return start == null ? experiment.begin() : experiment.resume(start);
  }

  /** How many threads its training may use. */
  int threads() {
    return recipe.training().threads();
  }

  Settings settings() {
    return settings;
  }

  Recipe recipe() {
    return recipe;
  }

  Split split() {
    return settings.split();
  }

  Experiment experiment() {
    return experiment;
  }

  Subject subject() {
    return subject;
  }

  LoggedEpochs history() {
    return history;
  }

  List<Branch> branches() {
    return branches;
  }

  Moments moments() {
    return moments;
  }

  /** The untrained network, or what this line began with. */
  Network first() {
    Checkpoint start = from;
    return start == null ? experiment.untrained().network() : start.network();
  }

  /**
   * What can be seen of a network of this line.
   *
   * @param logged how many epochs had been logged by then
   */
  Snapshot snapshot(Network network, int logged, boolean diverged) {
    return new Snapshot(subject, network, () -> history.first(logged), diverged);
  }

  /** What can be seen of a moment; those looked at last are kept. */
  Snapshot snapshot(Checkpoint moment) {
    synchronized (snapshots) {
      Snapshot snapshot =
          snapshots.computeIfAbsent(
              moment.updates(),
              updates -> snapshot(moment.network(), history.countTo(updates), false));
      if (snapshots.size() > SNAPSHOTS) {
        snapshots.remove(snapshots.firstEntry().getKey());
      }
      return snapshot;
    }
  }
}
