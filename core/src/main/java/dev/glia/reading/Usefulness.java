package dev.glia.reading;

import dev.glia.internal.text.OutsideText;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.task.Task;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which columns nothing can be learnt from, and which give away what is to be predicted. */
public final class Usefulness {

  private static final int FEW_ROWS = 10; // so few may all differ, or be the same, by chance

  /** What columns that only name the rows are called. */
  private static final Pattern IDENTIFIER =
      Pattern.compile(
          "(?i:(.*[^a-z0-9])?(id|ids|idx|index|key|uuid|guid|row|rownum|rowid|rownames|no|nr|sno|s\\.no|#))"
              + "|.*[a-z](Id|ID)|(?i:unnamed: ?\\d+|row ?number|serial ?(no|number)\\.?|sr\\.? ?no\\.?|s\\.? ?no\\.?)");

  private static final String NUMBERS_ROWS = "it numbers the rows";
  private static final String OWN_WORDS = "nearly every row has its own word";

  private Usefulness() {}

  /** Why a column is of no use; null if it may be. */
  static @Nullable String reason(Column column, String name) {
    int rows = column.rows();
    int missing = 0;
    for (int row = 0; row < rows; row++) {
      missing += column.missing(row) ? 1 : 0;
    }
    int present = rows - missing;
    if (present == 0) {
      return "no value in any row";
    }
    return switch (column) {
      case Categories categories -> {
        int different = (int) Arrays.stream(categories.counts()).filter(count -> count > 0).count();
        if (different == 1 && missing == 0 && rows >= FEW_ROWS) {
          yield "the same in all rows";
        }
        yield present >= FEW_ROWS && different > 2 && 2 * different > present ? OWN_WORDS : null;
      }
      case Numbers numbers -> {
        double[] values = numbers.values();
        if (rows < FEW_ROWS || missing > 0) {
          yield null;
        }
        if (Arrays.stream(values).allMatch(value -> value == values[0])) {
          yield "the same in all rows";
        }
        boolean named = name.isEmpty() || IDENTIFIER.matcher(name).matches();
        yield named // before what costs more: most columns are called otherwise
                && Arrays.stream(values).allMatch(value -> value == Math.rint(value))
                && Arrays.stream(values).distinct().count() == rows
            ? NUMBERS_ROWS
            : null;
      }
      case Dates dates -> {
        double first = Double.NaN;
        boolean same = true;
        for (int row = 0; row < rows; row++) {
          double seconds = dates.get(row);
          first = Double.isNaN(first) ? seconds : first;
          same &= Double.isNaN(seconds) || seconds == first;
        }
        yield same && missing == 0 && rows >= FEW_ROWS ? "the same in all rows" : null;
      }
      case Pixels pixels -> null;
    };
  }

  /** Whether a column numbers the rows, or has another word in nearly every one. */
  public static boolean namesRows(Column column) {
    String reason = reason(column, column.name());
    return NUMBERS_ROWS.equals(reason) || OWN_WORDS.equals(reason);
  }

  /**
   * Whether a column gives the target away: each of its values, most of which come several times,
   * goes with one value of the target, or it is the target but for unit and zero.
   */
  public static boolean givesAway(Column column, Column target, Task.Kind task) {
    int rows = column.rows();
    if (rows < 2 * FEW_ROWS || column instanceof Pixels) {
      return false;
    }
    Categories classes = task.classes(target);
    if (classes == null) {
      return column instanceof Numbers x
          && target instanceof Numbers y
          && Math.abs(correlation(x, y)) > 1 - 1e-9;
    }
    Map<Double, Integer> seen = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      double value = column.numbers().get(row, 0);
      Integer before = seen.putIfAbsent(value, classes.code(row));
      if (before != null && before != classes.code(row)) {
        return false;
      }
    }
    return 2 * seen.size() <= rows && classes.levels().size() > 1;
  }

  private static double correlation(Numbers x, Numbers y) {
    double[] a = x.values();
    double[] b = y.values();
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int row = 0; row < a.length; row++) {
      ab += (a[row] - meanA) * (b[row] - meanB);
      aa += (a[row] - meanA) * (a[row] - meanA);
      bb += (b[row] - meanB) * (b[row] - meanB);
    }
    return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb); // NaN where one is missing
  }

  /** What a user should know of whole numbers to predict; null if nothing. */
  static @Nullable String remarkOnWholeNumbers(Numbers target, Task.Kind task) {
    if (task != Task.Kind.AUTO) {
      return null;
    }
    double[] different = Arrays.stream(target.values()).distinct().sorted().toArray();
    if (Arrays.stream(different).anyMatch(v -> v != Math.rint(v))) {
      return null;
    }
    String name = OutsideText.quoted(target.name());
    if (target.nameClasses()) {
      return different.length <= 2
          ? null
          : "%s has %d different whole numbers, taken for classes; --task number predicts the number."
              .formatted(name, different.length);
    }
    return 2 * different.length <= target.rows()
        ? "%s has %d different whole numbers, taken for numbers; --task classes predicts which of them."
            .formatted(name, different.length)
        : null;
  }
}
