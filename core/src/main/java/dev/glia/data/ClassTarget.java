package dev.glia.data;

import dev.glia.internal.text.OutsideText;
import java.util.List;

/** A class for every row, as an index into the class names. */
public final class ClassTarget implements Target {

  private final int[] classes; // [rows]
  private final List<String> names;

  /**
   * Classes by index.
   *
   * @param classes {@code [rows]}, each 0 to {@code names.size() - 1}; kept, must not be changed
   * @param names the class names in order
   * @throws IllegalArgumentException if an index is out of range, two classes have one name, or a
   *     name has more than 1,000 characters
   */
  public ClassTarget(int[] classes, List<String> names) {
    for (int row = 0; row < classes.length; row++) {
      if (classes[row] < 0 || classes[row] >= names.size()) {
        throw new IllegalArgumentException(
            "Row %d has class %d, there are %d classes (0 to %d)."
                .formatted(row, classes[row], names.size(), names.size() - 1));
      }
    }
    this.classes = classes;
    this.names = OutsideText.names("class", names);
  }

  @Override
  public int rows() {
    return classes.length;
  }

  /** The class of one row, an index into {@link #names}. */
  public int classOf(int row) {
    return classes[row];
  }

  /** The class names in order. */
  public List<String> names() {
    return names;
  }

  /** How many rows each class has. */
  public int[] counts() {
    int[] counts = new int[names.size()];
    for (int c : classes) {
      counts[c]++;
    }
    return counts;
  }

  @Override
  public ClassTarget select(int[] rows) {
    int[] selected = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      selected[i] = classes[rows[i]];
    }
    return new ClassTarget(selected, names);
  }
}
