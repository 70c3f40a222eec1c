package dev.glia.internal.text;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers as programs write them: digits, a decimal point, an exponent. */
public final class NumberText {

  private static final int INT_DIGITS = 9; // so many always fit an int
  private static final int LONGEST_WORD = 9; // of the set
  private static final Set<String> INFINITE = Set.of("inf", "infinity");

  private NumberText() {}

  /** The number, which may have become infinite, or null if the text is none. */
  public static @Nullable Double parse(String text) {
    if (isShortInt(text)) {
      return (double) Integer.parseInt(text);
    }
    if (text.length() > OutsideText.NUMBER) {
      return null;
    }
    // parseDouble alone would also take "NaN", "0x1p3" and "1d".
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return null;
      }
    }
    try {
      return OutsideText.number(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Whether a text is a whole number without a sign that an int always holds. */
  public static boolean isShortInt(String text) {
    if (text.isEmpty() || text.length() > INT_DIGITS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /** Whether a number is one that a network can take: not beyond what a float holds. */
  public static boolean isUsable(double number) {
    return Math.abs(number) <= Float.MAX_VALUE;
  }

  /** Whether a text means infinity, or a number beyond what a float holds. */
  public static boolean isTooLarge(String text) {
    String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (unsigned.length() <= LONGEST_WORD && INFINITE.contains(unsigned.toLowerCase(Locale.ROOT))) {
      return true;
    }
    Double number = parse(text);
    return number != null && !isUsable(number);
  }

  /** The shortest text that reads back as the same double. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "A CSV file of numbers cannot hold " + value + ": remove or replace it first.");
    }
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
