package dev.glia.internal.text;

import java.util.Locale;

/** How numbers are shown to people; the same in every country. */
public final class Format {

  private Format() {}

  /** A loss with four decimals, or four significant digits where it is tiny or huge. */
  public static String loss(double loss) {
    double size = Math.abs(loss);
    boolean plain = loss == 0 || (size >= 0.001 && size < 1e5);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", loss);
  }

  /** A share as a percentage. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  /** A whole number with commas. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A whole number of things: 1 row, 2 rows. */
  public static String count(long number, String thing) {
    return count(number) + " " + thing + (number == 1 ? "" : "s");
  }
}
