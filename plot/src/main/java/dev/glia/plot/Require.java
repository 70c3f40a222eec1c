package dev.glia.plot;

/** Checks of what a caller gives, each with the sentence that says what to give instead. */
final class Require {

  private Require() {}

  /** Refuses {@code got} values where {@code expected} belong, one for each of {@code perWhat}. */
  static void length(String what, int got, long expected, String perWhat) {
    if (got != expected) {
      throw new IllegalArgumentException(
          "expected " + expected + " " + what + " (" + perWhat + "), got " + got);
    }
  }

  /** Refuses a class number without a name. */
  static void classes(String what, int[] classes, int names) {
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0 || classes[i] >= names) {
        throw new IllegalArgumentException(
            what
                + "["
                + i
                + "] is "
                + classes[i]
                + ", but there are "
                + names
                + " class names: classes count from 0 to "
                + (names - 1));
      }
    }
  }
}
