package dev.glia.doctor;

import java.util.List;
import java.util.Locale;

/** Looks for one kind of fault. */
interface Rule {

  /** What is wrong, none if nothing is. */
  List<Finding> look(Checkup checkup);

  /** A share as a percentage, in a sentence. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }

  /** A number with three significant digits, in a sentence. */
  static String number(double value) {
    double size = Math.abs(value);
    String format = value == 0 || (size >= 0.001 && size < 1e5) ? "%.3g" : "%.1e";
    return String.format(Locale.ROOT, format, value);
  }
}
