package dev.glia.studio.view;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long the parts of a run's frames may compute: time on a core, so that no part is given up
 * because others keep the machine busy. One that was given up is not tried again for a while:
 * frames come twelve times a second. Safe to share between threads.
 */
final class Patience {

  static final Duration USUAL = Duration.ofSeconds(2);

  /** After which one is tried again. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Duration most;
  private final Map<String, Long> givenUp = new ConcurrentHashMap<>(); // when, by part

  Patience(Duration most) {
    this.most = most;
  }

  /**
   * A part begins.
   *
   * @return when it shall have ended, as of {@link #clock}
   * @throws TakesTooLong if it was given up a short while ago
   */
  long begin(String part) {
    Long then = givenUp.get(part);
    if (then != null && System.nanoTime() - then < PAUSE.toNanos()) {
      throw new TakesTooLong();
    }
    return clock() + most.toNanos();
  }

  /** Nanoseconds that this thread has had of a core; as a clock where the system does not tell. */
  static long clock() {
    long onCore =
        THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : -1;
    return onCore >= 0 ? onCore : System.nanoTime();
  }

  /** A part took too long. */
  void giveUp(String part) {
    givenUp.put(part, System.nanoTime());
  }

  /** What a page says in the place of a part that was given up. */
  String sentence() {
    return "This takes more than %d seconds to compute, so it is not drawn: smaller layers take less. It is tried again after a while."
        .formatted(most.toSeconds());
  }
}
