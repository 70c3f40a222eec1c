package dev.glia.data;

import dev.glia.internal.text.OutsideText;

/** A number for every row: regression. */
public final class NumberTarget implements Target {

  private final double[] values; // [rows]
  private final String name;

  /**
   * Numbers to predict.
   *
   * @param values {@code [rows]}; kept, must not be changed
   * @param name what the numbers are, such as a column's header
   * @throws IllegalArgumentException if the name has more than 1,000 characters
   */
  public NumberTarget(double[] values, String name) {
    this.values = values;
    this.name = OutsideText.checked("The name of a number", name, OutsideText.NAME);
  }

  @Override
  public int rows() {
    return values.length;
  }

  /** The number of one row. */
  public double value(int row) {
    return values[row];
  }

  /** What the numbers are. */
  public String name() {
    return name;
  }

  @Override
  public NumberTarget select(int[] rows) {
    double[] selected = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      selected[i] = values[rows[i]];
    }
    return new NumberTarget(selected, name);
  }
}
