package dev.glia.studio.http;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends what takes too long: a thread that waits for a socket is interrupted, which closes the
 * socket. The JDK's server has no limit for writing that would let a stream of events go on.
 */
final class Deadlines implements AutoCloseable {

  private final Timeouts timeouts;
  private final ScheduledThreadPoolExecutor clock;

  Deadlines(Timeouts timeouts) {
    this.timeouts = timeouts;
    clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("glia-studio-deadlines").daemon().factory());
    clock.setRemoveOnCancelPolicy(true);
  }

  /** What the current thread does until this is closed may take so long. */
  Deadline start(long seconds) {
    Thread thread = Thread.currentThread();
    Future<?> alarm = clock.schedule(thread::interrupt, seconds, TimeUnit.SECONDS);
    return () -> alarm.cancel(false);
  }

  /** The current thread writes so many bytes until this is closed. */
  Deadline forWriting(long bytes) {
    return start(timeouts.secondsToRead() + bytes / timeouts.bytesASecondToRead());
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** A deadline that was met when it is closed. */
  @FunctionalInterface
  interface Deadline extends AutoCloseable {
    @Override
    void close();
  }
}
