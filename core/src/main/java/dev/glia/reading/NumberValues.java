package dev.glia.reading;

import dev.glia.internal.text.Format;
import dev.glia.internal.text.NumberText;
import dev.glia.internal.text.OutsideText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a column while a file is read that says they are numbers.
 *
 * <p>Those that a network cannot take, infinite ones and those beyond what a float holds, become
 * missing and are counted.
 */
public final class NumberValues {

  private static final int FIRST = 8; // rows that there is room for at first

  private double[] values = new double[FIRST];
  private int rows;
  private int unusable;

  /** None yet. */
  public NumberValues() {}

  /** Adds the number of the next row; NaN where it is missing. */
  public void add(double value) {
    if (rows == values.length) {
      values = Arrays.copyOf(values, (int) Math.min(2L * rows, Integer.MAX_VALUE - 8));
    }
    if (Double.isNaN(value) || NumberText.isUsable(value)) {
      values[rows++] = value;
    } else {
      values[rows++] = Double.NaN;
      unusable++;
    }
  }

  /** How many rows there are so far. */
  public int rows() {
    return rows;
  }

  /** The numbers, {@code [rows]}, NaN where one is missing. */
  public double[] toArray() {
    return Arrays.copyOf(values, rows);
  }

  /** What a user should know of a column of that name; null if all is as expected. */
  public @Nullable String remark(String name) {
    return unusable == 0
        ? null
        : "%s: %s infinite or beyond what a float holds, taken for missing."
            .formatted(
                OutsideText.quoted(name),
                unusable == 1 ? "1 number is" : Format.count(unusable) + " numbers are");
  }
}
