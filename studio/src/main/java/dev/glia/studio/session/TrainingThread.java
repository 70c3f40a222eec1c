package dev.glia.studio.session;

import dev.glia.internal.text.ShownText;
import dev.glia.metric.Scores;
import dev.glia.studio.session.Controls.Glance;
import dev.glia.studio.session.Controls.Goal;
import dev.glia.studio.session.Controls.Order;
import dev.glia.studio.view.Scored;
import dev.glia.studio.view.Snapshot;
import dev.glia.training.Checkpoint;
import dev.glia.training.DivergedException;
import dev.glia.training.Training;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingOptions;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Carries out what a run's controls want; it alone touches the training. */
final class TrainingThread implements Runnable {

  private final Controls controls;
  private final Tempo tempo = new Tempo();
  private @Nullable Line line; // what the training is of
  private @Nullable Training training;
  private @Nullable Scored scored; // when it was evaluated last
  private double secondsTold; // in logged epochs

  TrainingThread(Controls controls) {
    this.controls = controls;
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
    Line current = line;
    Training t = training;
    if (current == null || t == null) { // none yet, or it failed
      return controls.next(current, null, false);
    }
    Scored known = scored;
    boolean stale = known == null || known.updates() != t.updates();
    return controls.next(current, t::checkpoint, stale && !current.quicklyScored());
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
      case Order.Open open -> open(open.line());
      case Order.Train wanted -> train(wanted);
      case Order.Evaluate() -> evaluateStopped();
      case Order.End() -> {
        return false;
      }
    }
    return true;
  }

  /** Sets up the training of another line. */
  private void open(Line wanted) {
    shut();
    line = wanted;
    Training opened = wanted.open();
    training = opened;
    secondsTold = opened.seconds();
    EpochFinished last = wanted.history().last();
    if (last == null) {
      log(wanted, opened);
    } else {
      scored = Scored.of(last);
    }
    tempo.start(opened.updates());
    publish(wanted, opened);
  }

  private void shut() {
    Training old = training;
    training = null;
    line = null;
    scored = null;
    if (old != null) {
      old.close();
    }
  }

  /** Trains until somebody wants something else, or the goal is reached. */
  private void train(Order.Train order) {
    Line current = line;
    Training t = training;
    if (current == null || t == null) { // it could not be set up
      return;
    }
    tempo.start(t.updates());
    while (!t.done()) {
      if (controls.attention() && !goesOn(current, t, order)) {
        return;
      }
      boolean ended = t.update();
      if (current.moments().due(t.updates())) {
        current.moments().add(t.checkpoint());
      }
      if (ended && isLogged(t)) {
        log(current, t);
      }
      if (order.goal() == Goal.UPDATE || (order.goal() == Goal.EPOCH && ended)) {
        break;
      }
      if (order.pace().limited()) {
        keepPace(current, t, order.pace());
      }
    }
    settle(current, t);
    controls.reached(current, order.goal(), t.done());
  }

  private static boolean isLogged(Training t) {
    TrainingOptions options = t.options();
    return t.epoch() % options.logEvery() == 0 || t.epoch() == options.epochs();
  }

  /** Answers between two updates; false if something else is wanted than to go on. */
  private boolean goesOn(Line current, Training t, Order.Train order) {
    Glance glance = controls.between(current, t::checkpoint, order);
    if (glance.stopped()) {
      settle(current, t);
    } else if (glance.watched()) {
      publish(current, t);
    }
    return glance.same();
  }

  /** After each burst waits until the next is due, or somebody wants something. */
  private void keepPace(Line current, Training t, Pace pace) {
    long due = tempo.due(pace);
    if (due != 0) {
      publish(current, t); // nothing changes until then
      controls.sleepUntil(due);
    }
  }

  /** Nothing will change for now: keeps the moment and shows it. */
  private void settle(Line current, Training t) {
    current.moments().add(t.checkpoint());
    tempo.stop();
    publish(current, t);
  }

  /** Evaluates as {@code glia train} does, writes it down, and keeps the moment. */
  private void log(Line current, Training t) {
    Scores onTrain = t.evaluateTrain();
    Scores onTest = t.evaluateValidation();
    scored = new Scored(t.updates(), onTrain, onTest);
    EpochFinished epoch =
        new EpochFinished(
            t.epoch(),
            t.updates(),
            onTrain,
            onTest,
            t.seconds() - secondsTold,
            () -> {
              throw new IllegalStateException("The network of a past epoch is not kept.");
            });
    secondsTold = t.seconds();
    current.history().add(epoch);
    current.moments().add(t.checkpoint());
  }

  /** A run that stopped between two logged epochs: how good it is now. */
  private void evaluateStopped() {
    Line current = line;
    Training t = training;
    if (current == null || t == null) {
      return;
    }
    try {
      scored = new Scored(t.updates(), t.evaluateTrain(), t.evaluateValidation());
    } catch (DivergedException e) { // the training itself will find out
      Scores notFinite = new Scores(Double.NaN, null, null, null);
      scored = new Scored(t.updates(), notFinite, notFinite);
    }
    publish(current, t);
  }

  /** The training ends: what its last update left may be of no moment. */
  private void fail(String sentence, boolean diverged) {
    Line failed = line;
    Training t = training;
    training = null;
    if (t != null) {
      t.close();
    }
    if (failed != null) {
      tempo.stop();
      controls.fail(failed, sentence, t == null ? null : shownAtLast(failed, t, diverged));
    }
  }

  private static @Nullable Sample shownAtLast(Line failed, Training t, boolean diverged) {
    try {
      return lastFinite(failed, t.batches(), diverged);
    } catch (RuntimeException | Error e) { // then the page shows what it had
      log(e);
      return null;
    }
  }

  /** The last moment that is kept and finite; those after it are of no use to anybody. */
  private static Sample lastFinite(Line failed, int batches, boolean diverged) {
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
  private void publish(Line current, Training t) {
    long now = System.nanoTime();
    Sample old = controls.sample();
    int logged = current.history().count();
    boolean same =
        old.updates() == t.updates() && old.logged() == logged && controls.line() == current;
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
}
