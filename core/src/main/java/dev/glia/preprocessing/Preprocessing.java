package dev.glia.preprocessing;

import dev.glia.internal.text.OutsideText;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.ImageSize;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From the columns of a table to the inputs of a network, column by column.
 *
 * <p>Fit it on the rows to learn from only, then apply it to all: what it learnt travels with the
 * model. Columns are found by their names, so their order does not matter, nor do others beside
 * them. Immutable, safe to share between threads.
 */
public final class Preprocessing {

  private final Encoding[] encodings; // in the order of the inputs
  private final int inputs;
  private final int rawWidth;

  /**
   * Keeps a copy.
   *
   * @param encodings one a column, in the order of the inputs
   * @throws IllegalArgumentException if two columns have one name
   */
  public Preprocessing(List<? extends Encoding> encodings) {
    this.encodings = encodings.toArray(Encoding[]::new);
    OutsideText.names("feature", columns());
    inputs = encodings.stream().mapToInt(Encoding::width).sum();
    rawWidth = encodings.stream().mapToInt(Encoding::rawWidth).sum();
  }

  /**
   * Learns from the features of a table: numbers and pixels are scaled, categories become one input
   * a level.
   *
   * @param train the rows to learn from
   * @throws IllegalArgumentException if there is no row, or a number cannot be scaled
   */
  public static Preprocessing fit(Table train, Scaler.Kind scaling) {
    return fit(train, scaling, 0);
  }

  /**
   * The same, with numbers encoded by bins, too.
   *
   * @param bins how many bins a column of numbers gets at most, see {@link PiecewiseLinear}; 0 for
   *     none
   * @throws IllegalArgumentException if there is no row, or a number cannot be scaled
   */
  public static Preprocessing fit(Table train, Scaler.Kind scaling, int bins) {
    checkBins(bins);
    List<Encoding> encodings = new ArrayList<>();
    for (Column column : train.featureColumns()) {
      encodings.add(
          switch (column) {
            case Numbers numbers when bins > 0 -> PiecewiseLinear.fit(numbers, scaling, bins);
            case Numbers numbers -> ScaledNumbers.fit(numbers, scaling);
            case Categories categories -> OneHot.fit(categories);
            case Dates dates -> DateParts.fit(dates);
            case Pixels pixels -> ScaledPixels.fit(pixels, scaling);
          });
    }
    return new Preprocessing(encodings);
  }

  /**
   * Refuses a number of bins that makes no sense.
   *
   * @throws IllegalArgumentException if it is under 0 or over 1,000
   */
  public static void checkBins(int bins) {
    if (bins < 0 || bins > PiecewiseLinear.MOST_BINS) {
      throw new IllegalArgumentException(
          "The number of bins must be from 0 to %d, got %d."
              .formatted(PiecewiseLinear.MOST_BINS, bins));
    }
  }

  /**
   * Numbers that are scaled by one scaler. Where one is missing, the middle of what the scaler has
   * seen stands for it.
   *
   * @param names one a column of the scaler
   */
  public static Preprocessing of(List<String> names, Scaler scaler) {
    if (names.size() != scaler.columns()) {
      throw new IllegalArgumentException(
          "There are %d feature names and a scaler of %d columns."
              .formatted(names.size(), scaler.columns()));
    }
    double[] shift = scaler.shift();
    double[] scale = scaler.scale();
    List<Encoding> encodings = new ArrayList<>();
    for (int i = 0; i < shift.length; i++) {
      Scaler own = new Scaler(scaler.kind(), new double[] {shift[i]}, new double[] {scale[i]});
      double middle = scaler.kind() == Scaler.Kind.MINMAX ? own.invert(0.5, 0) : shift[i];
      encodings.add(new ScaledNumbers(names.get(i), own, middle, false));
    }
    return new Preprocessing(encodings);
  }

  /** The number of inputs of the network. */
  public int inputs() {
    return inputs;
  }

  /** The encodings, in the order of the inputs. */
  public List<Encoding> encodings() {
    return List.of(encodings);
  }

  /** How many raw numbers a row has: see {@link #rawNames}. */
  public int rawWidth() {
    return rawWidth;
  }

  /** A name for each raw number of a row: a column's own, or one a pixel. */
  public List<String> rawNames() {
    List<String> names = new ArrayList<>();
    for (Encoding encoding : encodings) {
      names.addAll(encoding.rawNames());
    }
    return names;
  }

  /** A name for each input of the network, such as {@code city = Rome}. */
  public List<String> inputNames() {
    return Arrays.stream(encodings).flatMap(e -> e.inputNames().stream()).toList();
  }

  /** The names of the columns. */
  public List<String> columns() {
    return Arrays.stream(encodings).map(Encoding::column).toList();
  }

  /** The size of the pictures where a picture is the only feature, else null. */
  public @Nullable ImageSize image() {
    return encodings.length == 1 && encodings[0] instanceof ScaledPixels pixels
        ? pixels.size()
        : null;
  }

  /**
   * The inputs for the rows of a table, a view.
   *
   * @return {@code [rows][inputs]}
   * @throws IllegalArgumentException if the table lacks a column, or one is of another kind
   */
  public Matrix apply(Table table) {
    return new Encoded(raw(table), this);
  }

  /**
   * The inputs for raw rows, a view.
   *
   * @param raw {@code [rows][raw numbers]}
   * @return {@code [rows][inputs]}
   * @throws IllegalArgumentException if there is another number of columns
   */
  public Matrix apply(Matrix raw) {
    if (raw.columns() != rawWidth) {
      throw wrongWidth(raw.columns());
    }
    return new Encoded(raw, this);
  }

  private IllegalArgumentException wrongWidth(int width) {
    return new IllegalArgumentException(
        "The model takes %d features, got %d.".formatted(rawWidth, width));
  }

  /**
   * Encodes a row.
   *
   * @param raw one number for each of {@link #rawNames}: a number as it is (NaN for a missing one),
   *     a category as its place among the known levels (-1 for none of them)
   * @param out {@code [inputs]}, overwritten
   * @throws IllegalArgumentException if an array has another length
   */
  public void apply(double[] raw, float[] out) {
    if (raw.length != rawWidth) {
      throw wrongWidth(raw.length);
    }
    if (out.length != inputs) {
      throw new IllegalArgumentException(
          "These columns make %d inputs, got room for %d.".formatted(inputs, out.length));
    }
    write(raw, out, 0);
  }

  void write(double[] raw, float[] out, int at) {
    int from = 0;
    int to = at;
    for (Encoding encoding : encodings) {
      encoding.write(raw, from, out, to);
      from += encoding.rawWidth();
      to += encoding.width();
    }
  }

  /**
   * The raw numbers of a table's rows, its columns found by their names.
   *
   * @return {@code [rows][raw numbers]}
   * @throws IllegalArgumentException if the table lacks a column, or one is of another kind
   */
  public Matrix raw(Table table) {
    refuseMissing(table);
    List<Column> columns = new ArrayList<>();
    for (Encoding encoding : encodings) {
      Matrix raw = encoding.raw(table);
      if (encodings.length == 1) {
        return raw;
      }
      for (int i = 0; i < raw.columns(); i++) {
        // Numbered, as the pixels of two pictures have the same names.
        columns.add(new Numbers(String.valueOf(columns.size()), raw, i));
      }
    }
    return new Table(table.name(), columns, List.of()).features();
  }

  private void refuseMissing(Table table) {
    List<String> missing = new ArrayList<>();
    for (Encoding encoding : encodings) {
      missing.addAll(encoding.missing(table));
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "%s lacks the column%s %s, from which the model predicts: its columns are %s."
              .formatted(
                  table.name(),
                  missing.size() == 1 ? "" : "s",
                  OutsideText.list(missing),
                  OutsideText.list(table.columns().stream().map(Column::name).toList())));
    }
  }

  /**
   * What a user of a table's predictions should know: a sentence for each column that has missing
   * values or words that are not known; none if all is well.
   *
   * @throws IllegalArgumentException as {@link #raw(Table)} does
   */
  public List<String> remarks(Table table) {
    List<String> remarks = new ArrayList<>();
    for (Encoding encoding : encodings) {
      Column column = table.find(encoding.column()).orElse(null);
      ScaledNumbers known =
          switch (encoding) {
            case ScaledNumbers scaled -> scaled;
            case PiecewiseLinear bins -> bins.scaled();
            default -> null;
          };
      if (column instanceof Numbers numbers && known != null) {
        int missing = numbers.missing();
        if (missing > 0) {
          remarks.add(
              "%s is missing in %d of %d rows: %s stands for it, the mean of the rows to learn from."
                  .formatted(
                      OutsideText.quoted(column.name()),
                      missing,
                      table.rows(),
                      Categories.level(known.mean())));
        }
      }
      if (column != null && encoding instanceof OneHot words) {
        Matrix places = words.raw(table);
        int unknown = 0;
        for (int row = 0; row < table.rows(); row++) {
          unknown += places.get(row, 0) < 0 ? 1 : 0;
        }
        if (unknown > 0) {
          remarks.add(
              "%s is missing or a word that the model does not know in %d of %d rows; it knows %s."
                  .formatted(
                      OutsideText.quoted(column.name()),
                      unknown,
                      table.rows(),
                      OutsideText.list(words.levels())));
        }
      }
    }
    return remarks;
  }

  /** The column of a name, where a picture's pixels are columns of numbers, too; null for none. */
  static @Nullable Column column(Table table, String name) {
    Column column = table.find(name).orElse(null);
    if (column != null) {
      return column;
    }
    for (Column other : table.columns()) {
      if (other instanceof Pixels pixels && pixels.size().pixelNamed(name) >= 0) {
        return new Numbers(name, pixels.numbers(), pixels.size().pixelNamed(name));
      }
    }
    return null;
  }

  /**
   * The raw numbers of one row that is given by its columns' names.
   *
   * @param values a number, a truth or a word a column; what is null is missing, other names are
   *     ignored
   * @throws IllegalArgumentException if a column is not there, or its value is of another kind
   */
  public double[] raw(Map<String, ? extends @Nullable Object> values) {
    double[] raw = new double[rawWidth];
    List<String> missing = columns().stream().filter(name -> !values.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "The model needs %s, too: got %s."
              .formatted(
                  OutsideText.list(missing), OutsideText.list(List.copyOf(values.keySet()))));
    }
    int at = 0;
    for (Encoding encoding : encodings) {
      Object value = values.get(encoding.column());
      raw[at] = value == null ? encoding.rawMissing() : encoding.raw(value);
      at += encoding.rawWidth();
    }
    return raw;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Preprocessing p && Arrays.equals(p.encodings, encodings);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encodings);
  }

  @Override
  public String toString() {
    return "Preprocessing" + Arrays.toString(encodings);
  }

  /** Raw rows that are encoded as they are read. */
  private record Encoded(Matrix raw, Preprocessing preprocessing) implements Matrix {

    @Override
    public int rows() {
      return raw.rows();
    }

    @Override
    public int columns() {
      return preprocessing.inputs;
    }

    @Override
    public double get(int row, int column) {
      float[] encoded = new float[columns()];
      copyRow(row, encoded, 0);
      return encoded[column];
    }

    @Override
    public void copyRow(int row, double[] target) {
      float[] encoded = new float[columns()];
      copyRow(row, encoded, 0);
      for (int i = 0; i < encoded.length; i++) {
        target[i] = encoded[i];
      }
    }

    @Override
    public void copyRow(int row, float[] target, int offset) {
      double[] numbers = new double[preprocessing.rawWidth];
      raw.copyRow(row, numbers);
      preprocessing.write(numbers, target, offset);
    }

    @Override
    public Matrix select(int[] rows) {
      return new Encoded(raw.select(rows), preprocessing);
    }
  }
}
