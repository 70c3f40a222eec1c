package dev.glia.table;

import dev.glia.internal.text.OutsideText;

/**
 * A column of grey pictures of one size.
 *
 * @param name what it is called
 * @param numbers {@code [rows][height * width]}, each picture row by row from the top left
 * @param size of every picture
 */
public record Pixels(String name, Matrix numbers, ImageSize size) implements Column {

  /**
   * Checks that the pixels fit the size.
   *
   * @throws IllegalArgumentException if they do not, or the name has more than 1,000 characters
   */
  public Pixels {
    OutsideText.checked("The name of a column", name, OutsideText.NAME);
    if (size.pixels() != numbers.columns()) {
      throw new IllegalArgumentException(
          "%s has %d numbers a row, images of %d x %d have %d pixels."
              .formatted(name, numbers.columns(), size.width(), size.height(), size.pixels()));
    }
  }

  @Override
  public int rows() {
    return numbers.rows();
  }

  @Override
  public boolean missing(int row) {
    return false;
  }

  @Override
  public Pixels select(int[] rows) {
    return new Pixels(name, numbers.select(rows), size);
  }
}
