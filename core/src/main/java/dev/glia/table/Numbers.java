package dev.glia.table;

import dev.glia.internal.text.OutsideText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A column of numbers; NaN where one is missing. */
public final class Numbers implements Column {

  private static final int MOST_CLASSES = 20; // more whole numbers are no names
  private static final int A_FEW_ROWS = 3; // fewer teach nothing of a class

  private final String name;
  private final Matrix source;
  private final int column; // of the source

  /**
   * A column of its own.
   *
   * @param values {@code [rows]}; kept, must not be changed
   * @throws IllegalArgumentException if the name has more than 1,000 characters
   */
  public Numbers(String name, double... values) {
    this(name, new DenseMatrix(values.length, 1, values), 0);
  }

  /**
   * A column of a matrix, which is not copied.
   *
   * @param column from 0
   * @throws IllegalArgumentException if the name has more than 1,000 characters, or the matrix has
   *     no such column
   */
  public Numbers(String name, Matrix source, int column) {
    if (column < 0 || column >= source.columns()) {
      throw new IllegalArgumentException(
          "The matrix has %d columns, there is none with number %d."
              .formatted(source.columns(), column));
    }
    this.name = OutsideText.checked("The name of a column", name, OutsideText.NAME);
    this.source = source;
    this.column = column;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int rows() {
    return source.rows();
  }

  /** The number of one row; NaN if it is missing. */
  public double get(int row) {
    return source.get(row, column);
  }

  @Override
  public boolean missing(int row) {
    return Double.isNaN(get(row));
  }

  /** How many are missing. */
  public int missing() {
    int missing = 0;
    for (int row = 0; row < rows(); row++) {
      missing += missing(row) ? 1 : 0;
    }
    return missing;
  }

  /**
   * Whether the numbers look like names of classes: all are whole, there are at most 20 different
   * ones, and these are either no more than two or come three times each at least.
   */
  public boolean nameClasses() {
    double[] values = Arrays.stream(values()).filter(v -> !Double.isNaN(v)).toArray();
    if (Arrays.stream(values).anyMatch(v -> v != Math.rint(v) || Math.abs(v) >= 1e15)) {
      return false;
    }
    Map<Double, Integer> counts = new HashMap<>();
    for (double value : values) {
      counts.merge(value + 0.0, 1, Integer::sum); // -0 is 0
      if (counts.size() > MOST_CLASSES) {
        return false;
      }
    }
    return counts.size() <= 2 || counts.values().stream().allMatch(count -> count >= A_FEW_ROWS);
  }

  /** All numbers, copied; {@code [rows]}. */
  public double[] values() {
    double[] values = new double[rows()];
    Arrays.setAll(values, this::get);
    return values;
  }

  @Override
  public Matrix numbers() {
    return source.columns() == 1 ? source : new One(this);
  }

  @Override
  public Numbers select(int[] rows) {
    return new Numbers(name, new RowSelection(source, rows), column);
  }

  /** A column by itself. */
  private record One(Numbers numbers) implements Matrix {
    @Override
    public int rows() {
      return numbers.rows();
    }

    @Override
    public int columns() {
      return 1;
    }

    @Override
    public double get(int row, int column) {
      return numbers.get(row);
    }
  }
}
