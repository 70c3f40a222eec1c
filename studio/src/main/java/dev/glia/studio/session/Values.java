package dev.glia.studio.session;

import dev.glia.internal.text.OutsideText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Values of settings as texts, in the command's form, and back. */
final class Values {

  private Values() {}

  static long whole(String text) {
    try {
      return OutsideText.whole(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a whole number, got " + OutsideText.quoted(text) + ".", e);
    }
  }

  static int integer(String text) {
    long number = whole(text);
    if (number != (int) number) {
      throw new IllegalArgumentException(
          "expected a whole number up to %d, got %s."
              .formatted(Integer.MAX_VALUE, OutsideText.shown(text)));
    }
    return (int) number;
  }

  static double number(String text) {
    try {
      return OutsideText.number(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a number, got " + OutsideText.quoted(text) + ".", e);
    }
  }

  /** A number over 0, or none for no limit. */
  static double limit(String text) {
    return text.equals("none") ? Double.POSITIVE_INFINITY : number(text);
  }

  static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "expected true or false, got " + OutsideText.quoted(text) + ".");
    };
  }

  static <E extends Enum<E>> E choice(Class<E> type, String text) {
    List<E> all = List.of(type.getEnumConstants());
    return all.stream()
        .filter(e -> text(e).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "expected %s, got %s."
                    .formatted(
                        String.join(" or ", all.stream().map(Values::text).toList()),
                        OutsideText.quoted(text))));
  }

  static String text(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** The shortest digits that read back as the same number; none for infinity. */
  static String text(double number) {
    if (Double.isInfinite(number)) {
      return "none";
    }
    return Double.isNaN(number) ? "NaN" : plain(new BigDecimal(Double.toString(number)));
  }

  private static String plain(BigDecimal number) {
    boolean readable = number.signum() == 0 || Math.abs(number.precision() - number.scale()) < 16;
    BigDecimal shortest = number.stripTrailingZeros();
    return readable ? shortest.toPlainString() : shortest.toString();
  }
}
