package dev.glia.studio.run;

import java.util.concurrent.TimeUnit;

/** Measures how fast a training goes, and says when its next burst of updates is due. */
final class Tempo {

  private static final long RATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long MOST_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long burstStart;
  private int burstDone;
  private long rateSince; // 0 while it stands still
  private long rateFrom; // updates
  private double rate;

  /** It goes on from here. */
  void start(long updates) {
    burstStart = System.nanoTime();
    burstDone = 0;
    rateSince = burstStart;
    rateFrom = updates;
    rate = 0;
  }

  /** It stands still. */
  void stop() {
    rate = 0;
    rateSince = 0;
  }

  /** Updates a second lately, 0 if it stands still. */
  double rate(long updates, long now) {
    if (rateSince == 0) {
      return rate;
    }
    long passed = now - rateSince;
    if (passed >= RATE_NANOS || rate == 0) {
      rate = (updates - rateFrom) * 1e9 / Math.max(1, passed);
    }
    if (passed >= RATE_NANOS) {
      rateSince = now;
      rateFrom = updates;
    }
    return rate;
  }

  /**
   * Counts an update.
   *
   * @return when the next one is due, as of {@link System#nanoTime}; 0 for at once
   */
  long due(Speed speed) {
    burstDone++;
    if (burstDone < speed.burst()) {
      return 0;
    }
    burstDone = 0;
    long due = burstStart + speed.burstNanos();
    long now = System.nanoTime();
    burstStart = Math.max(due, now - MOST_BEHIND_NANOS);
    return due > now ? due : 0;
  }
}
