package dev.glia.csv;

import dev.glia.internal.text.OutsideText;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as people write them in CSV files. */
final class NumberText {

  private static final int INT_DIGITS = 9; // so many always fit an int
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "?");
  private static final Set<String> NO_NUMBER = Set.of("none", "-"); // but a class may be called so
  private static final int LONGEST_WORD = 8; // of these sets
  private static final Set<String> INFINITE = Set.of("inf", "infinity");

  /** What may stand before a number (a sign, a currency) and after it. */
  private static final Pattern SIGNS =
      Pattern.compile("^([-+]?)\\p{Sc}? ?([-+]?[0-9.,]+) ?[\\p{Sc}%]?$");

  private NumberText() {}

  /** The number, which may have become infinite, or null if the text is none. */
  static @Nullable Double parse(String text) {
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
  static boolean isShortInt(String text) {
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

  /** Whether a text stands for a value that is not there. */
  static boolean isMissing(String text) {
    return is(MISSING, text);
  }

  private static boolean is(Set<String> words, String text) {
    return text.length() <= LONGEST_WORD && words.contains(text.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether a text is a word, as a class or a column's name is: no number, however badly written,
   * no mark in its place.
   */
  static boolean isWord(String text) {
    return parse(text) == null && !isMissing(text) && !isBadNumber(text);
  }

  /** Whether a text is meant as a number, and is none that can be used. */
  static boolean isBadNumber(String text) {
    return isInfinite(text) || hasComma(text) || isAmount(text) || parse(text) != null;
  }

  private static boolean isSign(int c) {
    return c == '%' || Character.getType(c) == Character.CURRENCY_SYMBOL;
  }

  /** Whether a text is a number but for a sign of a currency or per cent, and its commas. */
  private static boolean isAmount(String text) {
    if (text.length() > OutsideText.NUMBER || text.chars().noneMatch(NumberText::isSign)) {
      return false;
    }
    String bare = SIGNS.matcher(text).replaceFirst("$1$2");
    return bare.length() < text.length() && (parse(bare) != null || hasComma(bare));
  }

  private static boolean isInfinite(String text) {
    String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    return is(INFINITE, unsigned);
  }

  /** Whether a text is a number but for its commas, which may be decimal or between thousands. */
  private static boolean hasComma(String text) {
    return text.length() <= OutsideText.NUMBER
        && text.indexOf(',') >= 0
        && parse(text.replace(",", "")) != null;
  }

  /** Whether a text is a column's name: not a number, however written, nor a mark for none. */
  static boolean isName(String text) {
    return isWord(text) && !is(NO_NUMBER, text);
  }

  /** Why a text is no number that can be used, as the end of a sentence. */
  static String complaint(String text) {
    if (isInfinite(text) || parse(text) != null) {
      return "got %s. Numbers must lie between -3.4e38 and 3.4e38."
          .formatted(OutsideText.shown(text));
    }
    if (hasComma(text)) {
      return "got %s. Write numbers with a decimal point and without commas."
          .formatted(OutsideText.quoted(text));
    }
    if (isAmount(text)) {
      return "got %s. Write numbers alone, without signs such as $ or %%."
          .formatted(OutsideText.quoted(text));
    }
    return "got %s. Most of the column are numbers: correct this one, or leave it empty if it is missing."
        .formatted(OutsideText.quoted(text));
  }

  /** The shortest text that reads back as the same double. */
  static String of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "A CSV file of numbers cannot hold " + value + ": remove or replace it first.");
    }
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
