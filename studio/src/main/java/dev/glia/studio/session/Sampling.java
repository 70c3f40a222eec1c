package dev.glia.studio.session;

/**
 * How long a watcher waits between two frames, so that watching takes little from training.
 *
 * <p>Where cores are free a frame may take half of one. Where training takes all of them, watchers
 * of all runs together get a twelfth.
 */
final class Sampling {

  private static final double FREE_SHARE = 0.5; // of one core
  private static final double BUSY_SHARE = 1 / 12.0; // of all cores
  private static final long LONGEST_NANOS = 2_000_000_000L;

  private Sampling() {}

  /**
   * The pause after a frame.
   *
   * @param cost what the frame took, in nanoseconds
   * @param running how many runs train
   * @param threads how many threads each of them uses
   */
  static long pauseNanos(long cost, int running, int threads, int processors) {
    if (running == 0) {
      return 0;
    }
    boolean busy = (long) running * threads >= processors;
    double share = busy ? Math.min(FREE_SHARE, BUSY_SHARE * processors / running) : FREE_SHARE;
    return (long) Math.min(LONGEST_NANOS, cost / share - cost);
  }
}
