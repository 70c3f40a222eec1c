package dev.glia.internal.kernel;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of threads that run one task together and wait for one another.
 *
 * <p>The caller is worker 0, the others wait for work: they spin a little, for a training step has
 * several tasks of some microseconds each, then sleep. Running a task allocates nothing.
 */
public final class Workers implements AutoCloseable {

  /** A part of some work; part {@code worker} of {@code count}. */
  @FunctionalInterface
  public interface Task {
    /** Does the share of one worker. */
    void run(int worker, int count);
  }

  private static final int SPINS = 2_000; // some 10 microseconds, longer than most tasks' gaps

  private final Thread[] threads; // [count - 1]
  private final Worker[] workers; // [count - 1]
  private volatile boolean closed;

  /** Starts {@code count - 1} threads. */
  public Workers(int count) {
    threads = new Thread[count - 1];
    workers = new Worker[count - 1];
    for (int i = 0; i < threads.length; i++) {
      workers[i] = new Worker(i + 1);
      threads[i] = Thread.ofPlatform().daemon().name("glia-worker-" + (i + 1)).start(workers[i]);
    }
  }

  /** The number of workers, the caller included. */
  public int count() {
    return threads.length + 1;
  }

  /**
   * Runs the task once on every worker and returns when all have finished.
   *
   * @throws IllegalStateException if a worker's part threw, with that as the cause, or the threads
   *     have been ended
   */
  public void run(Task task) {
    if (closed) {
      throw new IllegalStateException("The workers' threads have been ended.");
    }
    for (int i = 0; i < workers.length; i++) {
      workers[i].start(task, threads[i]);
    }
    try {
      task.run(0, count());
    } finally {
      for (Worker worker : workers) {
        worker.await();
      }
    }
    for (Worker worker : workers) {
      worker.rethrow();
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }

  private final class Worker implements Runnable {
    private final int index;
    private volatile @Nullable Task task; // null: waiting for work
    private volatile boolean parked;
    private @Nullable Throwable failure; // published by the write to task

    Worker(int index) {
      this.index = index;
    }

    void start(Task next, Thread thread) {
      failure = null;
      task = next;
      if (parked) {
        LockSupport.unpark(thread);
      }
    }

    @SuppressWarnings("ThreadPriorityCheck") // lets a worker run where cores are fewer than threads
    void await() {
      for (int spins = 0; task != null; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
    }

    void rethrow() {
      if (failure != null) {
        throw new IllegalStateException("A worker thread failed: " + failure, failure);
      }
    }

    @Override
    public void run() {
      int spins = 0;
      while (!closed) {
        Task next = task;
        if (next != null) {
          try {
            next.run(index, count());
          } catch (RuntimeException | Error e) {
            failure = e;
          }
          task = null;
          spins = 0;
        } else if (spins++ < SPINS) {
          Thread.onSpinWait();
        } else {
          parked = true;
          if (task == null && !closed) {
            LockSupport.park(this);
          }
          parked = false;
          spins = 0;
        }
      }
    }
  }
}
