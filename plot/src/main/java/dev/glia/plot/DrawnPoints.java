package dev.glia.plot;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Which of a plot's points are drawn: all, or evenly chosen ones of very many.
 *
 * @param size how many points there are
 */
record DrawnPoints(int size) {

  /** More points hide each other, and an SVG grows with each. */
  static final int MOST = 4000;

  IntStream indices() {
    int drawn = Math.min(size, MOST);
    return IntStream.range(0, drawn).map(i -> (int) ((long) i * size / drawn));
  }

  /** An axis label that says so if points are left out. */
  String note(String label) {
    return size <= MOST
        ? label
        : String.format(Locale.ROOT, "%s; %,d of %,d points drawn", label, MOST, size);
  }
}
