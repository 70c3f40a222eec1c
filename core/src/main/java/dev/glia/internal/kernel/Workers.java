package dev.glia.internal.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of threads, the caller among them, that do the shares of one task together.
 *
 * <p>A share belongs to no thread: whoever is free takes the next one. So on a busy machine the
 * caller does not wait for a thread that has no core at the moment; it does that thread's share.
 * Idle threads spin a little, for a training step has several tasks of some microseconds each, then
 * sleep. Running a task allocates nothing.
 */
public final class Workers implements AutoCloseable {

  /** Some work in shares that do not depend on one another. */
  @FunctionalInterface
  public interface Task {
    /** Does one share, {@code share} of {@code count}. */
    void run(int share, int count);
  }

  private static final int SPINS = 2_000; // some 10 microseconds, longer than most tasks' gaps

  /** The number of the run in the upper half, the next share to take in the lower. */
  private final AtomicLong next;

  private final AtomicInteger finished = new AtomicInteger(); // shares of the running task
  private final int count;
  private final Helper[] helpers; // [count - 1]
  private volatile @Nullable Task task;
  private volatile @Nullable Throwable failure; // of a share of the running task
  private volatile boolean closed;

  /** Starts {@code count - 1} threads. */
  public Workers(int count) {
    this.count = count;
    next = new AtomicLong(count); // nothing to take yet
    helpers = new Helper[count - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper();
      helpers[i].thread =
          Thread.ofPlatform().daemon().name("glia-worker-" + (i + 1)).start(helpers[i]);
    }
  }

  /** The number of threads, the caller included, which is the number of shares. */
  public int count() {
    return count;
  }

  /**
   * Runs all shares of the task once and returns when they are finished; to be called by one thread
   * at a time. What a share throws comes out here.
   *
   * @throws IllegalStateException if the threads have been ended
   */
  public void run(Task newTask) {
    if (closed) {
      throw new IllegalStateException("The workers' threads have been ended.");
    }
    task = newTask;
    failure = null;
    finished.set(0);
    next.set(((next.get() >>> 32) + 1) << 32); // from here on shares can be taken
    for (Helper helper : helpers) {
      helper.wake();
    }
    takeShares();
    awaitFinish();
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  /** Takes shares and does them until none is left; false if there was none. */
  private boolean takeShares() {
    boolean any = false;
    while (true) {
      long claim = next.get();
      int share = (int) claim;
      if (share >= count) {
        return any;
      }
      if (next.compareAndSet(claim, claim + 1)) {
        any = true;
        doShare(share);
      }
    }
  }

  private void doShare(int share) {
    try {
      Task running = task; // cannot change before this share is finished
      if (running != null) {
        running.run(share, count);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      finished.incrementAndGet();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // lets a thread run where cores are fewer than threads
  private void awaitFinish() {
    for (int spins = 0; finished.get() < count; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper.thread);
    }
  }

  /** What a thread other than the caller does. */
  private final class Helper implements Runnable {
    private @Nullable Thread thread; // set right after its start, read by the caller alone
    private volatile boolean asleep;

    void wake() {
      if (asleep) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      int spins = 0;
      while (!closed) {
        if (takeShares()) {
          spins = 0;
        } else if (spins++ < SPINS) {
          Thread.onSpinWait();
        } else {
          asleep = true;
          if ((int) next.get() >= count && !closed) {
            LockSupport.park(this);
          }
          asleep = false;
          spins = 0;
        }
      }
    }
  }
}
