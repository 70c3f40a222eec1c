package dev.glia.training;

/** A wish to end a training early, from any thread: it ends after the running update. */
public final class Cancellation {

  private volatile boolean cancelled;

  /** Nobody has asked yet. */
  public Cancellation() {}

  /** Asks the training to end. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether it was asked to. */
  public boolean isCancelled() {
    return cancelled;
  }
}
