package dev.glia.training;

import java.time.Duration;
import java.util.List;

/** A wish to end a training early, from any thread: it ends after the running update. */
public final class Cancellation {

  private final long began = System.nanoTime();
  private final long most; // nanoseconds from then on
  private final List<Cancellation> others;
  private volatile boolean cancelled;

  /** Nobody has asked yet. */
  public Cancellation() {
    this(Long.MAX_VALUE, List.of());
  }

  /**
   * Asks by itself when so much time has passed from now on.
   *
   * @throws IllegalArgumentException if that is no time
   */
  public Cancellation(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("A training needs some time, got " + time + ".");
    }
    boolean finite = time.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0;
    this(finite ? time.toNanos() : Long.MAX_VALUE, List.of());
  }

  private Cancellation(long most, List<Cancellation> others) {
    this.most = most;
    this.others = others;
  }

  /** A wish that is there when one of these is. */
  public static Cancellation anyOf(Cancellation... others) {
    return new Cancellation(Long.MAX_VALUE, List.of(others));
  }

  /** Asks the training to end. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether it was asked to. */
  public boolean isCancelled() {
    if (cancelled || System.nanoTime() - began >= most) {
      return true;
    }
    for (Cancellation other : others) {
      if (other.isCancelled()) {
        return true;
      }
    }
    return false;
  }
}
