package dev.glia.internal.io;

/** How much memory Java still has for data. */
public final class FreeMemory {

  /** So few bytes are always there. */
  private static final long FEW = 64L << 20;

  private FreeMemory() {}

  /** Whether there is room for so many bytes. */
  public static boolean has(long bytes) {
    if (bytes <= FEW || bytes <= free()) {
      return true;
    }
    System.gc(); // much of what seems to be in use may be forgotten already
    return bytes <= free();
  }

  /** What a sentence says where there is not. */
  public static String advice(long bytes) {
    return "needs %,d MB of memory, %,d MB are free: take less, or give Java more, as by -Xmx%dg"
        .formatted(
            bytes >> 20,
            free() >> 20,
            Math.ceilDiv(Runtime.getRuntime().maxMemory() + 2 * bytes, 1L << 30));
  }

  private static long free() {
    Runtime machine = Runtime.getRuntime();
    return machine.maxMemory() - (machine.totalMemory() - machine.freeMemory());
  }
}
