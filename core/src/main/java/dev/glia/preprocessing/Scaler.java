package dev.glia.preprocessing;

import dev.glia.internal.text.OutsideText;
import dev.glia.table.Column;
import dev.glia.table.Matrix;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Brings every column to a common scale: {@code (x - shift) * scale}, with one shift and one scale
 * a column.
 *
 * <p>Fit it on the training part only, then apply it to every part: what it learned travels with
 * the model. The result is computed in double and rounded to float once, so that all ways through
 * this class give the same numbers. Immutable, safe to share between threads.
 */
public final class Scaler {

  /** How shift and scale were found. */
  public enum Kind {
    /** Columns as they are. */
    NONE,
    /** The smallest value becomes 0, the largest 1; scikit-learn's {@code MinMaxScaler}. */
    MINMAX,
    /** Mean 0 and standard deviation 1; scikit-learn's {@code StandardScaler}. */
    STANDARD,
    /**
     * The median becomes 0 and the middle half of the rows 1 wide, so that a few outliers do not
     * decide; as RealMLP's preprocessing (Holzmueller, Grinsztajn and Steinwart, "Better by
     * Default", 2024), whose smooth clipping {@link ScaledNumbers} adds.
     */
    ROBUST;

    /** The name in model files and on the command line: {@code none}, {@code minmax}, ... */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind with the given {@link #id}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Kind of(String id) {
      for (Kind kind : values()) {
        if (kind.id().equals(id)) {
          return kind;
        }
      }
      throw new IllegalArgumentException(
          "There is no scaling %s: choose none, minmax, standard or robust."
              .formatted(OutsideText.quoted(id)));
    }
  }

  /** The gap between 1 and the next double, NumPy's {@code finfo(float64).eps}. */
  private static final double EPSILON = Math.ulp(1.0);

  /** Larger numbers would overflow when squared. */
  private static final double LARGEST = 1e150;

  private final Kind kind;
  private final double[] shift; // [columns]
  private final double[] scale; // [columns]

  /**
   * A scaler with known numbers, such as those of a model file.
   *
   * @param shift {@code [columns]}, finite; copied
   * @param scale {@code [columns]}, finite and not 0; copied
   * @throws IllegalArgumentException if the lengths differ, a number is out of range, or columns
   *     that are to stay as they are would change
   */
  public Scaler(Kind kind, double[] shift, double[] scale) {
    if (shift.length != scale.length) {
      throw new IllegalArgumentException(
          "A scaler needs as many shifts as scales, got %d shifts and %d scales."
              .formatted(shift.length, scale.length));
    }
    this.kind = kind;
    this.shift = shift.clone();
    this.scale = scale.clone();
    for (int column = 0; column < shift.length; column++) {
      if (!Double.isFinite(shift[column])
          || !Double.isFinite(scale[column])
          || scale[column] == 0) {
        throw new IllegalArgumentException(
            "Column %d cannot be scaled by (x - %s) * %s: both must be finite, the scale not 0."
                .formatted(column, shift[column], scale[column]));
      }
      if (kind == Kind.NONE && !(shift[column] == 0 && scale[column] == 1)) {
        throw new IllegalArgumentException(
            "Column %d is not to be scaled, but has (x - %s) * %s: expected (x - 0) * 1."
                .formatted(column, shift[column], scale[column]));
      }
    }
  }

  /**
   * Learns how to scale a column of numbers or pixels.
   *
   * @throws IllegalArgumentException if there is no row, or a value is NaN or too large
   */
  public static Scaler fit(Kind kind, Column column) {
    try {
      Matrix numbers = column.numbers();
      return switch (kind) {
        case NONE -> none(numbers.columns());
        case MINMAX -> minMax(numbers);
        case STANDARD -> standard(numbers);
        case ROBUST -> robust(numbers);
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The column %s: %s".formatted(OutsideText.quoted(column.name()), e.getMessage()), e);
    }
  }

  /** Leaves the columns as they are. */
  public static Scaler none(int columns) {
    double[] scale = new double[columns];
    Arrays.fill(scale, 1);
    return new Scaler(Kind.NONE, new double[columns], scale);
  }

  /**
   * Maps each column's smallest value to 0 and its largest to 1, as {@code MinMaxScaler}. A column
   * whose values are all the same gets scale 1.
   *
   * @throws IllegalArgumentException if there is no row, or a value is NaN or infinite
   */
  public static Scaler minMax(Matrix data) {
    double[] least = new double[data.columns()];
    double[] most = new double[data.columns()];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    forEach(
        data,
        row -> {
          for (int column = 0; column < row.length; column++) {
            least[column] = Math.min(least[column], row[column]);
            most[column] = Math.max(most[column], row[column]);
          }
        });
    double[] scale = new double[data.columns()];
    for (int column = 0; column < scale.length; column++) {
      double range = most[column] - least[column];
      // The limit under which scikit-learn's _handle_zeros_in_scale takes a column for constant.
      scale[column] = range < 10 * EPSILON ? 1 : 1 / range;
    }
    return new Scaler(Kind.MINMAX, least, scale);
  }

  /**
   * Brings each column to mean 0 and (population) standard deviation 1, as {@code StandardScaler}.
   * A column whose values are all the same gets scale 1.
   *
   * @throws IllegalArgumentException if there is no row, or a value is NaN or infinite
   */
  public static Scaler standard(Matrix data) {
    double[] mean = mean(data);
    double[] variance = variance(data, mean);
    double[] scale = new double[data.columns()];
    for (int column = 0; column < scale.length; column++) {
      boolean constant = isConstant(variance[column], mean[column], data.rows());
      scale[column] = constant ? 1 : 1 / Math.sqrt(variance[column]);
    }
    return new Scaler(Kind.STANDARD, mean, scale);
  }

  /**
   * Takes the median off each column and divides by the distance of its quartiles. Where these are
   * the same, half the range takes their place; a column whose values are all the same gets scale
   * 1.
   *
   * @throws IllegalArgumentException if there is no row, or a value is NaN or infinite
   */
  public static Scaler robust(Matrix data) {
    double[][] columns = new double[data.columns()][data.rows()];
    int[] filled = new int[1];
    forEach(
        data,
        row -> {
          for (int column = 0; column < row.length; column++) {
            columns[column][filled[0]] = row[column];
          }
          filled[0]++;
        });
    double[] median = new double[columns.length];
    double[] scale = new double[columns.length];
    for (int column = 0; column < columns.length; column++) {
      double[] sorted = columns[column];
      Arrays.sort(sorted);
      median[column] = Quantiles.of(sorted, 0.5);
      double quartiles = Quantiles.of(sorted, 0.75) - Quantiles.of(sorted, 0.25);
      double spread = quartiles > 0 ? quartiles : (sorted[sorted.length - 1] - sorted[0]) / 2;
      scale[column] = spread > 0 && Double.isFinite(1 / spread) ? 1 / spread : 1;
    }
    return new Scaler(Kind.ROBUST, median, scale);
  }

  /** The means, made exact to the last bits by a second pass over what the first one left. */
  private static double[] mean(Matrix data) {
    double[] mean = new double[data.columns()];
    forEach(
        data,
        row -> {
          for (int column = 0; column < row.length; column++) {
            mean[column] += row[column];
          }
        });
    divide(mean, data.rows());
    double[] rest = new double[mean.length];
    forEach(
        data,
        row -> {
          for (int column = 0; column < row.length; column++) {
            rest[column] += row[column] - mean[column];
          }
        });
    divide(rest, data.rows());
    Arrays.setAll(mean, column -> mean[column] + rest[column]);
    return mean;
  }

  private static double[] variance(Matrix data, double[] mean) {
    double[] variance = new double[mean.length];
    forEach(
        data,
        row -> {
          for (int column = 0; column < row.length; column++) {
            double off = row[column] - mean[column];
            variance[column] += off * off;
          }
        });
    divide(variance, data.rows());
    return variance;
  }

  private static void divide(double[] values, int divisor) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= divisor;
    }
  }

  /**
   * Whether a variance is no more than rounding, by scikit-learn's {@code _is_constant_feature}.
   */
  private static boolean isConstant(double variance, double mean, int rows) {
    double error = rows * mean * EPSILON;
    return variance <= rows * EPSILON * variance + error * error;
  }

  /** Visits all rows in order, and refuses numbers that cannot be scaled. */
  private static void forEach(Matrix data, Consumer<double[]> visitor) {
    if (data.rows() == 0) {
      throw new IllegalArgumentException("A scaler learns from at least one row, got none.");
    }
    double[] values = new double[data.columns()];
    for (int row = 0; row < data.rows(); row++) {
      data.copyRow(row, values);
      for (int column = 0; column < values.length; column++) {
        if (!(Math.abs(values[column]) <= LARGEST)) {
          throw new IllegalArgumentException(
              "Row %d, column %d (counted from 0) is %s: scaling needs numbers from %s to %s."
                  .formatted(row, column, values[column], -LARGEST, LARGEST));
        }
      }
      visitor.accept(values);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scaler o
        && o.kind == kind
        && Arrays.equals(o.shift, shift)
        && Arrays.equals(o.scale, scale);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shift) + Arrays.hashCode(scale);
  }

  @Override
  public String toString() {
    return "Scaler[kind=%s, shift=%s, scale=%s]"
        .formatted(kind.id(), Arrays.toString(shift), Arrays.toString(scale));
  }

  /** How shift and scale were found. */
  public Kind kind() {
    return kind;
  }

  /** The number of columns. */
  public int columns() {
    return shift.length;
  }

  /** What is taken off each column, a copy. */
  public double[] shift() {
    return shift.clone();
  }

  /** What each column is then multiplied with, a copy. */
  public double[] scale() {
    return scale.clone();
  }

  /** The number that {@link #apply} scaled. */
  public double invert(double scaled, int column) {
    return scaled / scale[column] + shift[column];
  }

  /** Scales one number of a column. */
  public double apply(double value, int column) {
    return (value - shift[column]) * scale[column];
  }

  /**
   * Scales one row.
   *
   * @param raw {@code [columns]}
   * @param out {@code [columns]}, filled
   * @throws IllegalArgumentException if a length is not {@link #columns}
   */
  public void apply(double[] raw, float[] out) {
    if (raw.length != shift.length || out.length != shift.length) {
      throw new IllegalArgumentException(
          "This scaler takes %d columns, got a row of %d and room for %d."
              .formatted(shift.length, raw.length, out.length));
    }
    apply(raw, 0, out, 0);
  }

  /** Scales {@code raw[from .. from + columns())} to {@code out[at .. at + columns())}. */
  public void apply(double[] raw, int from, float[] out, int at) {
    for (int column = 0; column < shift.length; column++) {
      out[at + column] = (float) apply(raw[from + column], column);
    }
  }

  /**
   * A view of a matrix, scaled as it is read.
   *
   * @throws IllegalArgumentException if the matrix has another number of columns
   */
  public Matrix apply(Matrix data) {
    if (data.columns() != shift.length) {
      throw new IllegalArgumentException(
          "This scaler takes %d columns, got a matrix of %d."
              .formatted(shift.length, data.columns()));
    }
    return kind == Kind.NONE ? data : new ScaledMatrix(data, this);
  }
}
