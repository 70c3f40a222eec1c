package dev.glia.internal.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Texts that come from outside, such as settings and the names in a file: how long they may be, and
 * how a sentence shows them.
 *
 * <p>Whoever reads such a text looks at its length first and then at each character once. So a text
 * of any length is answered at once, and a message is never longer than a few lines.
 */
public final class OutsideText {

  /** Characters of one setting, such as all layers: a thousand layers fit. */
  public static final int SETTING = 10_000;

  /** Characters of one number: the least double, written in full, has 1,077. */
  public static final int NUMBER = 1_100;

  /** Characters of one name, such as a column's: a long question of a survey fits. */
  public static final int NAME = 1_000;

  private static final int SHOWN = 60; // characters of a text in a sentence
  private static final int LISTED = 10; // texts of a list in a sentence

  private OutsideText() {}

  /**
   * A text that is no longer than it may be.
   *
   * @param what it is, as the beginning of a sentence
   * @throws IllegalArgumentException if it is longer
   */
  public static String checked(String what, String text, int most) {
    if (text.length() > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s may have at most %,d characters, got %s.",
              what,
              most,
              quoted(text)));
    }
    return text;
  }

  /**
   * Names that are no longer than names may be, each there once.
   *
   * @param what one of them is, such as {@code feature}
   * @return a copy
   * @throws IllegalArgumentException if one is too long or there twice
   */
  public static List<String> names(String what, List<String> names) {
    Set<String> seen = HashSet.newHashSet(names.size());
    for (String name : names) {
      checked("The name of a " + what, name, NAME);
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "There is a %s %s twice: rename one.".formatted(what, quoted(name)));
      }
    }
    return List.copyOf(names);
  }

  /**
   * The number that a text is, as {@link Double#parseDouble} reads it.
   *
   * @throws NumberFormatException if it is none, or longer than a number may be
   */
  public static double number(String text) {
    return Double.parseDouble(ofNumber(text));
  }

  /**
   * The whole number that a text is, as {@link Long#parseLong} reads it.
   *
   * @throws NumberFormatException if it is none, or longer than a number may be
   */
  public static long whole(String text) {
    return Long.parseLong(ofNumber(text));
  }

  /** A text that may be a number; the JDK's BigDecimal takes quadratic time for its digits. */
  public static String ofNumber(String text) {
    if (text.length() > NUMBER) {
      throw new NumberFormatException("A number has at most " + NUMBER + " characters.");
    }
    return text;
  }

  /** A text in quotes for a sentence: of a long one the beginning, and how long it is. */
  public static String quoted(String text) {
    String shown = "\"" + shown(text) + "\"";
    return text.length() <= SHOWN
        ? shown
        : String.format(Locale.ROOT, "%s (%,d characters)", shown, text.length());
  }

  /** A text for a sentence: of a long one the beginning. */
  public static String shown(String text) {
    if (text.length() <= SHOWN) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(SHOWN - 1));
    return text.substring(0, splits ? SHOWN - 1 : SHOWN) + "...";
  }

  /** Texts in a sentence: the first few of many. */
  public static String list(List<String> texts) {
    List<String> some = new ArrayList<>();
    texts.stream().limit(LISTED).map(OutsideText::shown).forEach(some::add);
    if (texts.size() > LISTED) {
      some.add("... (%d in all)".formatted(texts.size()));
    }
    return String.join(", ", some);
  }
}
