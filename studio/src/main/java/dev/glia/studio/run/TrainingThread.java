package dev.glia.studio.run;

import dev.glia.internal.text.ShownText;
import dev.glia.metric.Scores;
import dev.glia.studio.run.Controls.Glance;
import dev.glia.studio.run.Controls.Goal;
import dev.glia.studio.run.Controls.Order;
import dev.glia.studio.view.Scored;
import dev.glia.studio.view.Snapshot;
import dev.glia.training.Checkpoint;
import dev.glia.training.DivergedException;
import dev.glia.training.Trainer;
import dev.glia.training.Training;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.lang.System.Logger.Level;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries out what a run's controls want; it alone touches the training. */
final class TrainingThread implements Runnable {

  private final Controls controls;
  private final Audience audience;
  private final Tempo tempo = new Tempo();
  private @Nullable Timeline timeline; // what the training is of
  private @Nullable Training training;
  private @Nullable Scored scored; // when it was evaluated last

  TrainingThread(Controls controls, Audience audience) {
    this.controls = controls;
    this.audience = audience;
  }

  @Override
  public void run() {
    try {
      boolean open = true;
      while (open) {
        open = carryOutNext();
      }
    } finally {
      shut();
    }
  }

  private Order next() {
    Timeline current = timeline;
    Training t = training;
    if (current == null || t == null) { // none yet, or it failed
      return controls.next(current, null, false);
    }
    Scored known = scored;
    boolean stale = known == null || known.updates() != t.updates();
    return controls.next(current, this::checkpoint, stale && !current.quicklyScored());
  }

  /** Where the training stands; once it is done, where the stopping rule finds it best. */
  private Checkpoint checkpoint() {
    Training t = Objects.requireNonNull(training);
    Checkpoint now = t.checkpoint();
    return t.done() ? now.atBest() : now;
  }

  /** False if there is nothing more to do, ever. What goes wrong is said in the page. */
  private boolean carryOutNext() {
    try {
      return carryOut(next());
    } catch (DivergedException e) {
      fail(String.valueOf(e.getMessage()), true);
    } catch (IllegalArgumentException e) {
      fail(String.valueOf(e.getMessage()), false);
    } catch (OutOfMemoryError e) {
      fail("There is not enough memory for this run: end others, or take less data.", false);
    } catch (RuntimeException | Error e) { // must not leave a page that waits for ever
      log(e);
      fail(
          "This is a fault in Glia, which stopped the run: the terminal says more. Reset to go on.",
          false);
    }
    return true;
  }

  private boolean carryOut(Order order) {
    switch (order) {
      case Order.Open open -> open(open.timeline());
      case Order.Train wanted -> train(wanted);
      case Order.Evaluate() -> evaluateStopped();
      case Order.End() -> {
        return false;
      }
    }
    return true;
  }

  /** Sets up the training of another line. */
  private void open(Timeline wanted) {
    shut();
    timeline = wanted;
    Training opened = wanted.open();
    training = opened;
    audience.begin(opened.started(), wanted.history());
    if (opened.due()) {
      log(wanted, opened, opened.evaluate());
    } else {
      EpochFinished last = wanted.history().last();
      scored = last == null ? null : Scored.of(last);
    }
    tempo.start(opened.updates());
    publish(wanted, opened);
  }

  private void shut() {
    Training old = training;
    training = null;
    timeline = null;
    scored = null;
    if (old != null) {
      old.close();
    }
  }

  /** Trains until somebody wants something else, or the goal is reached. */
  private void train(Order.Train order) {
    Timeline current = timeline;
    Training t = training;
    if (current == null || t == null) { // it could not be set up
      return;
    }
    tempo.start(t.updates());
    Steps steps = new Steps(current, order, t.updates(), t.epoch());
    boolean done = Trainer.run(t, steps);
    if (done || steps.reached) {
      settle(current, t);
      controls.reached(current, order.goal(), done);
      if (done) {
        audience.finish(t.result(false));
      }
    }
  }

  /** What goes on between the updates of a line. */
  private final class Steps implements Trainer.Between {

    private final Timeline current;
    private final Order.Train order;
    private final long fromUpdates;
    private final int fromEpoch;
    private boolean reached; // the order's goal

    Steps(Timeline current, Order.Train order, long fromUpdates, int fromEpoch) {
      this.current = current;
      this.order = order;
      this.fromUpdates = fromUpdates;
      this.fromEpoch = fromEpoch;
    }

    @Override
    public boolean goesOn(Training t) {
      if (t.updates() > fromUpdates) {
        if (current.moments().due(t.updates())) {
          current.moments().add(t.checkpoint());
        }
        reached =
            order.goal() == Goal.UPDATE || (order.goal() == Goal.EPOCH && t.epoch() > fromEpoch);
        if (reached) {
          return false;
        }
        if (order.speed().limited()) {
          keepPace(current, t, order.speed());
        }
      }
      return !controls.attention() || TrainingThread.this.goesOn(current, t, order);
    }

    @Override
    public void evaluated(Training t, EpochFinished epoch) {
      log(current, t, epoch);
    }
  }

  /** Answers between two updates; false if something else is wanted than to go on. */
  private boolean goesOn(Timeline current, Training t, Order.Train order) {
    Glance glance = controls.between(current, this::checkpoint, order);
    if (glance.stopped()) {
      settle(current, t);
    } else if (glance.watched()) {
      publish(current, t);
    }
    return glance.same();
  }

  /** After each burst waits until the next is due, or somebody wants something. */
  private void keepPace(Timeline current, Training t, Speed speed) {
    long due = tempo.due(speed);
    if (due != 0) {
      publish(current, t); // nothing changes until then
      controls.sleepUntil(due);
    }
  }

  /** Nothing will change for now: keeps the moment and shows it. */
  private void settle(Timeline current, Training t) {
    current.moments().add(t.checkpoint());
    tempo.stop();
    publish(current, t);
  }

  /** Writes down what {@code glia train} would tell, and keeps the moment. */
  private void log(Timeline current, Training t, EpochFinished epoch) {
    scored = Scored.of(epoch);
    EpochFinished kept =
        new EpochFinished(
            epoch.epoch(),
            epoch.updates(),
            epoch.train(),
            epoch.validation(),
            epoch.seconds(),
            () -> {
              throw new IllegalStateException("The network of a past epoch is not kept.");
            });
    audience.tell(current.history(), kept, epoch);
    current.moments().add(t.checkpoint());
  }

  /** A run that stopped between two logged epochs: how good it is now. */
  private void evaluateStopped() {
    Timeline current = timeline;
    Training t = training;
    if (current == null || t == null) {
      return;
    }
    try {
      scored = new Scored(t.updates(), t.evaluateTrain(), t.evaluateValidation());
    } catch (DivergedException e) { // the training itself will find out
      Scores notFinite = Scores.ofLoss(Double.NaN);
      scored = new Scored(t.updates(), notFinite, notFinite);
    }
    publish(current, t);
  }

  /** The training ends: what its last update left may be of no moment. */
  private void fail(String sentence, boolean diverged) {
    Timeline failed = timeline;
    Training t = training;
    training = null;
    audience.fail(sentence);
    if (t != null) {
      t.close();
    }
    if (failed != null) {
      tempo.stop();
      controls.fail(failed, sentence, t == null ? null : shownAtLast(failed, t, diverged));
    }
  }

  private static @Nullable Sample shownAtLast(Timeline failed, Training t, boolean diverged) {
    try {
      return lastFinite(failed, t.batches(), diverged);
    } catch (RuntimeException | Error e) { // then the page shows what it had
      log(e);
      return null;
    }
  }

  /** The last moment that is kept and finite; those after it are of no use to anybody. */
  private static Sample lastFinite(Timeline failed, int batches, boolean diverged) {
    Checkpoint last = failed.moments().last();
    while (last != null && !isFinite(failed.snapshot(last))) {
      failed.moments().removeLast();
      last = failed.moments().last();
    }
    if (last == null) {
      return failed.start(diverged);
    }
    return new Sample(
        failed.snapshot(
            last.network(), last.updates(), failed.history().countTo(last.updates()), diverged),
        failed.history().count(),
        last.epoch(),
        last.batch(),
        batches,
        0,
        null,
        System.nanoTime());
  }

  private static boolean isFinite(Snapshot snapshot) {
    return Double.isFinite(snapshot.scored().train().loss());
  }

  private static void log(Throwable e) {
    System.getLogger("dev.glia.studio")
        .log(Level.ERROR, () -> "This is a fault in Glia.\n" + ShownText.trace(e));
  }

  /** Shows where the training stands: one copy of the parameters. */
  private void publish(Timeline current, Training t) {
    long now = System.nanoTime();
    int logged = current.history().count();
    if (t.done() && t.result(false).bestEpoch() != t.epoch()) {
      publishBest(current, t, logged, now);
      return;
    }
    Sample old = controls.sample();
    boolean same =
        old.updates() == t.updates() && old.logged() == logged && controls.timeline() == current;
    Snapshot snapshot =
        same ? old.snapshot() : current.snapshot(t.network(), t.updates(), logged, false);
    controls.show(
        current,
        new Sample(
            snapshot,
            logged,
            t.epoch(),
            t.batch(),
            t.batches(),
            tempo.rate(t.updates(), now),
            scored,
            now));
  }

  /** Shows the network that a training gives which was best before it ended. */
  private void publishBest(Timeline current, Training t, int logged, long now) {
    Checkpoint best = t.checkpoint().atBest();
    int then = current.history().countTo(best.updates());
    Snapshot snapshot = current.snapshot(best.network(), best.updates(), then, false);
    controls.show(
        current,
        new Sample(snapshot, logged, best.epoch(), 0, t.batches(), 0, snapshot.scored(), now));
  }
}
