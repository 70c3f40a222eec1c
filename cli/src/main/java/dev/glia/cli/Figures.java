package dev.glia.cli;

import dev.glia.metric.Scores;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How numbers are shown to people and to programs. */
final class Figures {

  private Figures() {}

  /** A loss with four decimals, or four significant digits where it is tiny or huge. */
  static String loss(double loss) {
    double size = Math.abs(loss);
    boolean plain = loss == 0 || (size >= 0.001 && size < 1e5);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", loss);
  }

  /** A share as a percentage. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  /** A whole number with commas. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A whole number of things: 1 row, 2 rows. */
  static String count(long number, String thing) {
    return count(number) + " " + thing + (number == 1 ? "" : "s");
  }

  /** The second figure beside the loss: accuracy or R2. */
  static String quality(Scores scores) {
    return scores.accuracy() != null
        ? "accuracy " + percent(scores.accuracy())
        : String.format(Locale.ROOT, "R2 %.4f", scores.r2());
  }

  /** The fields of {@code --json}: loss and accuracy or r2, with a prefix. */
  static Map<String, Object> fields(@Nullable Scores scores, String prefix) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (scores != null) {
      fields.put(prefix + "loss", scores.loss());
      if (scores.accuracy() != null) {
        fields.put(prefix + "accuracy", scores.accuracy());
      }
      if (scores.r2() != null) {
        fields.put(prefix + "r2", scores.r2());
      }
    }
    return fields;
  }
}
