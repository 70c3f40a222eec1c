package dev.glia.table;

import dev.glia.internal.text.OutsideText;

/**
 * A column of dates, with or without a time of day, or of times alone.
 *
 * <p>As numbers they are seconds since the beginning of 1970, in UTC where the text names no other
 * zone; times alone are seconds since midnight.
 */
public final class Dates implements Column {

  private final String name;
  private final Numbers seconds; // [rows]
  private final DateFormat format;

  /**
   * Dates as seconds.
   *
   * @param seconds {@code [rows]}, NaN where one is missing; kept, must not be changed
   * @param format how they were written
   * @throws IllegalArgumentException if the name has more than 1,000 characters
   */
  public Dates(String name, double[] seconds, DateFormat format) {
    this(new Numbers(name, seconds), format);
  }

  private Dates(Numbers seconds, DateFormat format) {
    this.name = OutsideText.checked("The name of a column", seconds.name(), OutsideText.NAME);
    this.seconds = seconds;
    this.format = format;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int rows() {
    return seconds.rows();
  }

  /** How they were written, so that others can be read in the same way. */
  public DateFormat format() {
    return format;
  }

  /** The seconds of one row; NaN if it is missing. */
  public double get(int row) {
    return seconds.get(row);
  }

  /** The date of a row as ISO 8601 has it; an empty text if it is missing. */
  public String text(int row) {
    double value = get(row);
    return Double.isNaN(value) ? "" : format.text(value);
  }

  @Override
  public boolean missing(int row) {
    return seconds.missing(row);
  }

  @Override
  public Matrix numbers() {
    return seconds.numbers();
  }

  @Override
  public Dates select(int[] rows) {
    return new Dates(seconds.select(rows), format);
  }
}
