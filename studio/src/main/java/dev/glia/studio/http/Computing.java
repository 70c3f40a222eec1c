package dev.glia.studio.http;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Threads that compute answers, so that no thread that reads or writes does.
 *
 * <p>They are threads of the operating system, which shares the cores fairly among them, trainings
 * and all others; virtual threads, of which a core runs one until it waits, would not. There are
 * only so many at a time, as each may need much memory. Who waits too long, for a place or for what
 * is computed, is told so; what is given up is interrupted, and keeps its place until it has
 * noticed.
 */
final class Computing implements AutoCloseable {

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().name("glia-studio-computes-", 1).daemon().factory());
  private final Semaphore places;
  private final int count;
  private final Limit limit;

  /**
   * How long is waited.
   *
   * @param placeSeconds for a place
   * @param answerSeconds for what is computed
   */
  record Limit(long placeSeconds, long answerSeconds) {
    static final Limit USUAL = new Limit(10, 20);

    /** For what ends by itself. */
    static final Limit NONE = new Limit(Long.MAX_VALUE >> 32, Long.MAX_VALUE >> 32);
  }

  /**
   * Threads.
   *
   * @param count how many compute at a time
   */
  Computing(int count, Limit limit) {
    this.count = count;
    this.limit = limit;
    places = new Semaphore(count, true);
  }

  /** Something to compute. */
  @FunctionalInterface
  interface Work<T> {
    T compute() throws IOException;
  }

  /**
   * Computes.
   *
   * @param what is computed, as the sentence for the user names it
   * @throws Refusal if it takes too long, with 503; what the work throws comes out as it is
   */
  <T> T call(String what, Work<T> work) throws IOException, InterruptedException {
    if (!places.tryAcquire(limit.placeSeconds, TimeUnit.SECONDS)) {
      throw new Refusal(
          503,
          "The studio is busy with %d other answers that take long: try again in a moment."
              .formatted(count));
    }
    FutureTask<T> answer = new FutureTask<>(work::compute);
    try {
      threads.execute(() -> {
        try {
          answer.run(); // at once over, if it was given up before it began
        } finally {
          places.release();
        }
      });
    } catch (RuntimeException | Error e) { // no more threads, or the server has been closed
      places.release();
      throw e;
    }
    try {
      return answer.get(limit.answerSeconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new Refusal(
          503,
          "%s took more than %d seconds and was given up: take fewer rows or smaller layers, or wait until other runs have ended."
              .formatted(what, limit.answerSeconds));
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException fault -> throw fault;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      answer.cancel(true); // changes nothing if it is there
    }
  }

  /** Interrupts what is computed. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
