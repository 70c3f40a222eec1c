package dev.glia.split;

import dev.glia.internal.text.OutsideText;
import dev.glia.table.Column;
import dev.glia.table.Matrix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rows that belong together, such as those of one patient: what is learnt of some would give the
 * others away, so no split may part them.
 */
public final class Groups {

  private final int[] groups; // [rows]: the group of each, in the order of their first rows
  private final int count;

  private Groups(int[] groups, int count) {
    this.groups = groups;
    this.count = count;
  }

  /**
   * Rows with one value of a column are a group.
   *
   * @throws IllegalArgumentException if a row has no value
   */
  public static Groups of(Column column) {
    Map<Double, Integer> known = new HashMap<>();
    int[] groups = new int[column.rows()];
    Matrix values = column.numbers();
    for (int row = 0; row < groups.length; row++) {
      if (column.missing(row)) {
        throw new IllegalArgumentException(
            "Row %d has no value in the column %s, by which rows are grouped: remove it, or fill it in."
                .formatted(row + 1, OutsideText.quoted(column.name())));
      }
      int next = known.size();
      groups[row] = known.computeIfAbsent(values.get(row, 0), value -> next);
    }
    return new Groups(groups, known.size());
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** The rows of some groups, in their order. */
  public int[] rows(int[] wanted) {
    boolean[] in = new boolean[count];
    Arrays.stream(wanted).forEach(group -> in[group] = true);
    return IntStream.range(0, groups.length).filter(row -> in[groups[row]]).toArray();
  }
}
