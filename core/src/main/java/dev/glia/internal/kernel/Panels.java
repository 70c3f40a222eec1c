package dev.glia.internal.kernel;

/**
 * Where a matrix stands that is kept in panels of {@link Kernel#LANES} columns, one behind the
 * other: {@code [panel][rows][LANES]}.
 *
 * @param at where it starts in its array
 * @param rows how many it has room for
 * @param columns without padding
 */
public record Panels(int at, int rows, int columns) {

  /** From one panel to the next. */
  int distance() {
    return rows * Kernel.LANES;
  }

  /** How many rows of {@link Kernel#LANES} numbers it has, over all panels. */
  public int lines() {
    return Kernel.stride(columns) / Kernel.LANES * rows;
  }
}
