package dev.glia.studio.view;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long the parts of a run's frames may take. One that was given up is not tried again for a
 * while: frames come twelve times a second. Safe to share between threads.
 */
final class Patience {

  static final Duration USUAL = Duration.ofSeconds(2);

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Duration most;
  private final Map<String, Long> givenUp = new ConcurrentHashMap<>(); // when, by part

  Patience(Duration most) {
    this.most = most;
  }

  /**
   * A part begins.
   *
   * @return when it shall have ended, as of {@link System#nanoTime}
   * @throws TakesTooLong if it was given up a short while ago
   */
  long begin(String part) {
    long now = System.nanoTime();
    Long then = givenUp.get(part);
    if (then != null && now - then < PAUSE.toNanos()) {
      throw new TakesTooLong();
    }
    return now + most.toNanos();
  }

  /** A part took too long. */
  void giveUp(String part) {
    givenUp.put(part, System.nanoTime());
  }

  /** What a page says in the place of a part that was given up. */
  String sentence() {
    return "This takes more than %d seconds to compute, so it is not drawn: smaller layers take less. It is tried again while the run goes on."
        .formatted(most.toSeconds());
  }
}
