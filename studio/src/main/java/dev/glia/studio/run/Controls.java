package dev.glia.studio.run;

import dev.glia.studio.http.Refusal;
import dev.glia.training.Checkpoint;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a run, and what is to be seen of it: here, and only here, the threads of pages
 * meet the training thread.
 */
final class Controls {

  /** How long a command waits for what it asked for, to tell of it. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** How long somebody waits for the training thread's answer. */
  private static final long LONG_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** A sample is fresh for so long. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  /** How long a watcher waits for a fresh sample before it takes the last one. */
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long QUIET_MILLIS = 250;

  /** What is trained before the run stops by itself. */
  enum Goal {
    ALL,
    EPOCH,
    UPDATE
  }

  /** What the training thread is to do next. */
  sealed interface Order {

    /** Set the training of another line up. */
    record Open(Timeline timeline) implements Order {}

    /** Train the line that is set up. */
    record Train(Goal goal, Speed speed) implements Order {}

    /** Evaluate what has stopped between two logged epochs. */
    record Evaluate() implements Order {}

    /** The run has ended. */
    record End() implements Order {}
  }

  /**
   * What is wanted between two updates.
   *
   * @param same nothing else than before
   * @param stopped the line is kept, but does not train
   * @param watched somebody wants to see it
   */
  record Glance(boolean same, boolean stopped, boolean watched) {}

  private final Object lock = new Object();
  // What follows is changed under the lock.
  private volatile Timeline timeline;
  private long lineNumber;
  private volatile Sample sample;
  private volatile Status status = Status.READY;
  private boolean pausing; // the update that was under way is not done yet
  private @Nullable String error;
  private Goal goal = Goal.ALL;
  private int steps; // still to do, where the goal is updates
  private Speed speed = Speed.FULL;
  private long asked; // commands so far
  private long done; // of these, carried out
  private @Nullable CompletableFuture<Checkpoint> checkpoint; // asked for, not yet given
  private boolean sampleWanted;
  private boolean closed;
  private long changes; // in what a page sees

  /** Whether the training thread has to look at what is wanted. */
  private volatile boolean attention;

  Controls(Timeline timeline, Sample sample) {
    this.timeline = timeline;
    this.sample = sample;
  }

  // ---- for pages, on their threads

  Timeline timeline() {
    return timeline;
  }

  Status status() {
    return status;
  }

  /** What is to be seen now, without asking for anything newer. */
  RunView view() {
    synchronized (lock) {
      // Somebody who reads "paused" takes the numbers beside it for the last ones.
      Status shown = pausing ? Status.RUNNING : status;
      return new RunView(timeline, lineNumber, sample, shown, error, speed, changes);
    }
  }

  /** What is to be seen now; of a run that trains no older than a glance takes. */
  RunView glance() {
    synchronized (lock) {
      long now = System.nanoTime();
      if (status == Status.RUNNING && now - sample.nanos() > FRESH_NANOS) {
        long old = sample.nanos();
        sampleWanted = true;
        attention = true; // a thread that sleeps has published what there is
        while (sample.nanos() == old && await(now + GLANCE_NANOS)) {
          // woken by something else
        }
      }
      return view();
    }
  }

  void go(Goal wanted) {
    synchronized (lock) {
      if (status == Status.FINISHED || status == Status.FAILED) {
        return;
      }
      steps = wanted == Goal.UPDATE ? steps + 1 : 0;
      goal = wanted;
      become(Status.RUNNING);
      ask();
    }
  }

  void pause() {
    synchronized (lock) {
      steps = 0;
      if (status == Status.RUNNING) {
        become(Status.PAUSED);
        pausing = true;
      }
      ask();
    }
  }

  void speed(Speed wanted) {
    synchronized (lock) {
      speed = wanted;
      changes++;
      ask();
    }
  }

  /** From now on it is about another line. */
  void replace(Timeline next, Sample start, Status then) {
    synchronized (lock) {
      timeline = next;
      lineNumber++;
      sample = start;
      error = null;
      goal = Goal.ALL;
      steps = 0;
      become(then);
      ask();
    }
  }

  void close() {
    synchronized (lock) {
      closed = true;
      refuseCheckpoint();
      wakeUp();
    }
  }

  /**
   * Where the training stands, from the training thread.
   *
   * @throws Refusal if it has ended, could not begin, or does not answer
   */
  Checkpoint checkpoint() {
    CompletableFuture<Checkpoint> answer;
    synchronized (lock) {
      if (closed) {
        throw Session.gone();
      }
      if (status == Status.FAILED) {
        return lastMoment(); // what the training holds now is of no use
      }
      if (checkpoint == null) {
        checkpoint = new CompletableFuture<>();
        wakeUp();
      }
      answer = checkpoint;
    }
    try {
      return answer.get(LONG_PATIENCE_NANOS, TimeUnit.NANOSECONDS);
    } catch (CancellationException e) {
      return checkpoint(); // the run has failed or ended in the meantime
    } catch (TimeoutException | ExecutionException e) {
      throw new Refusal(503, "The run is busy: try again in a moment.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Session.gone();
    }
  }

  private Checkpoint lastMoment() {
    Checkpoint last = timeline.moments().last();
    if (last == null) {
      throw new Refusal(409, "This run could not begin: change its settings first.");
    }
    return last;
  }

  private void become(Status next) {
    status = next;
    pausing = false;
    changes++;
  }

  /** Leaves word for the training thread, and gives it a short time to do what is wanted. */
  private void ask() {
    asked++;
    wakeUp();
    long mine = asked;
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (done < mine && !closed && await(end)) {
      // woken by something else
    }
  }

  private void wakeUp() {
    attention = true;
    lock.notifyAll();
  }

  /** Waits for news; false if the time is over. */
  @SuppressWarnings("WaitNotInLoop") // who calls it loops
  private boolean await(long end) {
    long nanos = end - System.nanoTime();
    if (nanos <= 0) {
      return false;
    }
    try {
      lock.wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  // ---- for the training thread

  /** Whether something new is wanted: cheap enough to be asked after each update. */
  boolean attention() {
    return attention;
  }

  /**
   * Sleeps until there is something to do.
   *
   * @param running the line that is set up; null for none
   * @param state where its training stands; null if it could not be set up
   * @param evaluate whether it waits to be evaluated, once nobody wants anything for a while
   */
  Order next(@Nullable Timeline running, @Nullable Supplier<Checkpoint> state, boolean evaluate) {
    synchronized (lock) {
      boolean quiet = false; // for a while
      while (true) {
        attention = false;
        if (closed) {
          return new Order.End();
        }
        if (timeline != running) {
          return new Order.Open(timeline);
        }
        answerCheckpoint(state);
        if (status != Status.RUNNING || goal != Goal.UPDATE) {
          carriedOut();
        }
        if (status == Status.RUNNING) {
          return new Order.Train(goal, speed);
        }
        if (evaluate && quiet) {
          return new Order.Evaluate();
        }
        try {
          lock.wait(evaluate ? QUIET_MILLIS : 0);
        } catch (InterruptedException e) {
          return new Order.End();
        }
        quiet = !attention;
      }
    }
  }

  /** What is wanted between two updates of a line. */
  Glance between(Timeline running, Supplier<Checkpoint> state, Order.Train order) {
    synchronized (lock) {
      attention = false;
      boolean watched = sampleWanted;
      sampleWanted = false;
      boolean kept = timeline == running;
      if (kept) {
        answerCheckpoint(state);
      }
      boolean same =
          !closed
              && kept
              && status == Status.RUNNING
              && goal == order.goal()
              && speed.equals(order.speed());
      if (same) {
        carriedOut();
      }
      return new Glance(same, kept && status != Status.RUNNING, watched);
    }
  }

  /** The goal is reached: stops, unless something else was wanted in the meantime. */
  void reached(Timeline running, Goal reached, boolean finished) {
    synchronized (lock) {
      steps = Math.max(0, steps - 1);
      if (timeline != running || status == Status.FAILED) {
        return;
      }
      if (finished) {
        steps = 0;
        become(Status.FINISHED);
      } else if (status == Status.RUNNING && goal == reached && steps == 0) {
        become(Status.PAUSED);
      }
    }
  }

  /** The last that was shown. */
  Sample sample() {
    return sample;
  }

  /** Shows a line to those who watch, if it is still the one. */
  void show(Timeline running, Sample fresh) {
    synchronized (lock) {
      if (timeline == running) {
        sample = fresh;
        changes++;
      }
      lock.notifyAll();
    }
  }

  /** Sleeps until a time, as of {@link System#nanoTime}, or until something is wanted. */
  void sleepUntil(long due) {
    synchronized (lock) {
      while (!attention && await(due)) {
        // woken by something else
      }
    }
  }

  /**
   * The line cannot go on, if it is still the one.
   *
   * @param last what is to be seen of it from now on; null for what was
   */
  void fail(Timeline failed, String sentence, @Nullable Sample last) {
    synchronized (lock) {
      if (timeline == failed) {
        error = sentence;
        sample = last == null ? sample : last;
        become(Status.FAILED);
        refuseCheckpoint();
      }
      lock.notifyAll();
    }
  }

  /** To be called under the lock: commands so far are done. */
  private void carriedOut() {
    done = asked;
    if (pausing) {
      pausing = false;
      changes++;
    }
    lock.notifyAll();
  }

  /** To be called under the lock. */
  private void answerCheckpoint(@Nullable Supplier<Checkpoint> state) {
    if (checkpoint != null && state != null) {
      checkpoint.complete(state.get());
      checkpoint = null;
    }
  }

  /** To be called under the lock: who waits for one looks again at how the run is. */
  private void refuseCheckpoint() {
    if (checkpoint != null) {
      checkpoint.cancel(false);
      checkpoint = null;
    }
  }
}
