package dev.glia.studio.session;

import java.util.concurrent.TimeUnit;

/**
 * Memory that runs no longer need, and when it is time to give it back to the system.
 *
 * <p>A training makes no garbage, so nothing would make the JVM look for the data of earlier runs:
 * they would stay resident until the studio ends. A collection is due when the heap has grown, or
 * when a run has gone, since the last one. The longer it took, the later is the next, so that other
 * runs do not feel it. How far the heap shrinks is said by the JVM's options, which the launcher
 * gives.
 */
final class SpareHeap {

  private static final long GROWN = 64L << 20; // what is worth a collection
  private static final int SHARE = 100; // the rest after a collection is this times as long,
  private static final long LEAST_REST = TimeUnit.SECONDS.toNanos(15); // within these
  private static final long MOST_REST = TimeUnit.SECONDS.toNanos(45);

  private long used = used(); // after the last collection
  private long next = System.nanoTime();
  private volatile boolean released;

  /** A run has gone, or has other data. */
  void released() {
    released = true;
  }

  /** Whether a collection is due. */
  boolean isDue() {
    return (released || used() > used + Math.max(GROWN, used / 2)) && System.nanoTime() - next >= 0;
  }

  /** Collects, and gives back what is free. */
  void giveBack() {
    released = false;
    long start = System.nanoTime();
    System.gc();
    long end = System.nanoTime();
    used = used();
    next = end + Math.clamp(SHARE * (end - start), LEAST_REST, MOST_REST);
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
