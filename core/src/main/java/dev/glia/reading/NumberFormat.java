package dev.glia.reading;

import dev.glia.internal.text.NumberText;
import dev.glia.internal.text.OutsideText;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the numbers of a column are written, other than with a decimal point alone.
 *
 * @param decimalComma whether a comma stands before the decimals, and points part thousands; else
 *     the other way round
 * @param sign a currency's sign or a per cent that stands beside the numbers; 0 for none
 */
record NumberFormat(boolean decimalComma, int sign) {

  private static final String EXPONENT = "(?:[eE][-+]?\\d+)?";
  private static final Pattern POINT =
      Pattern.compile(
          "[-+]?(?:[1-9]\\d{0,2}(?:[,'’\\u00a0\\u202f ]\\d{3})+|\\d+)?(?:\\.\\d*)?" + EXPONENT);
  private static final Pattern COMMA =
      Pattern.compile(
          "[-+]?(?:[1-9]\\d{0,2}(?:[.'’\\u00a0\\u202f ]\\d{3})+|\\d+)?(?:,\\d*)?" + EXPONENT);

  /** A number that is read in one of two ways: 1,234. */
  private static final Pattern EITHER = Pattern.compile("[-+]?[1-9]\\d{0,2},\\d{3}");

  /** Whether a text may be a number of some format: most are told from words by this alone. */
  private static boolean mayBe(String text) {
    return text.length() <= OutsideText.NUMBER && text.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  /** The number of a text; null if it is not written so, or too large. */
  @Nullable Double parse(String text) {
    String bare = sign == 0 ? text : without(text);
    Pattern pattern = decimalComma ? COMMA : POINT;
    if (!mayBe(bare) || !pattern.matcher(bare).matches()) {
      return null;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      if (c == (decimalComma ? ',' : '.')) {
        plain.append('.');
      } else if ((c >= '0' && c <= '9') || "+-eE".indexOf(c) >= 0) {
        plain.append(c);
      }
    }
    Double number = NumberText.parse(plain.toString());
    return number != null && NumberText.isUsable(number) ? number : null;
  }

  private static boolean isSign(int c) {
    return c == '%' || Character.getType(c) == Character.CURRENCY_SYMBOL;
  }

  private String without(String text) {
    int at = text.indexOf(sign);
    if (at < 0) {
      return text;
    }
    String rest = text.substring(0, at) + text.substring(at + Character.charCount(sign));
    return rest.strip().replaceFirst("^([-+]) +", "$1");
  }

  /**
   * The format in which most of a column's texts are numbers; null if none are.
   *
   * @param words how often each text that is no plain number stands there
   * @param plain how many plain numbers stand beside them
   * @param comma whether a comma is known to stand before decimals, or known not to; null if
   *     neither is known
   */
  static @Nullable NumberFormat of(Map<String, Integer> words, int plain, @Nullable Boolean comma) {
    int sign = sign(words.keySet(), plain);
    NumberFormat best = null;
    int most = 0;
    for (boolean decimalComma : comma == null ? List.of(false, true) : List.of(comma)) {
      NumberFormat format = new NumberFormat(decimalComma, sign);
      int count = 0;
      for (Map.Entry<String, Integer> word : words.entrySet()) {
        count += format.parse(word.getKey()) == null ? 0 : word.getValue();
      }
      if (count > most) {
        best = format;
        most = count;
      }
    }
    return best;
  }

  /** The sign of the first text that has one; per cent only where no number lacks it. */
  private static int sign(Collection<String> words, int plain) {
    for (String word : words) {
      int sign = word.codePoints().filter(NumberFormat::isSign).findFirst().orElse(0);
      if (sign != 0 && mayBe(word)) {
        return sign == '%' && plain > 0 ? 0 : sign;
      }
    }
    return 0;
  }

  /** Whether all commas of a column's numbers may part thousands or stand before three decimals. */
  static boolean isAmbiguous(Collection<String> words, NumberFormat format) {
    boolean some = false;
    for (String word : words) {
      String bare = format.sign == 0 ? word : format.without(word);
      if (bare.indexOf(',') >= 0 && format.parse(word) != null) {
        if (!EITHER.matcher(bare).matches()) {
          return false;
        }
        some = true;
      }
    }
    return some;
  }

  /** Whether a decimal comma can be seen for certain. */
  static boolean showsDecimalComma(Collection<String> words, NumberFormat format) {
    return format.decimalComma
        && !isAmbiguous(words, format)
        && words.stream().anyMatch(w -> w.indexOf(',') >= 0 && format.parse(w) != null);
  }

  /** What is unusual in an example of it, as the end of a sentence. */
  String words(String example) {
    Double number = parse(example);
    return "%s is read as %s (%s)"
        .formatted(
            OutsideText.quoted(example),
            number == null ? "no number" : NumberText.of(number),
            decimalComma
                ? "decimal comma"
                : sign == 0
                    ? "signs between thousands"
                    : sign == '%' ? "per cent" : "an amount of money");
  }
}
