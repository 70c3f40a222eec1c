package dev.glia.table;

/**
 * One column of a {@link Table}: what all rows say of one thing.
 *
 * <p>Whatever it holds, it can be looked at as numbers ({@link #numbers}): a number as it is, a
 * category as its level's place, pictures as their pixels. Immutable.
 */
public sealed interface Column permits Numbers, Categories, Dates, Pixels {

  /** What it is called; at most 1,000 characters. */
  String name();

  /** The number of rows. */
  int rows();

  /** Whether a row has no value. */
  boolean missing(int row);

  /** The column as numbers, {@code [rows][1]}, or {@code [rows][pixels]} for pictures. */
  Matrix numbers();

  /**
   * The given rows in the given order.
   *
   * @param rows kept, must not be changed
   */
  Column select(int[] rows);
}
