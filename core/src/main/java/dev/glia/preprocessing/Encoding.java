package dev.glia.preprocessing;

import dev.glia.internal.json.Fields;
import dev.glia.internal.text.OutsideText;
import dev.glia.table.Column;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How a column of a table becomes inputs of a network: what was learnt of it from the rows to train
 * on, and travels with the model.
 *
 * <p>First a row of the column is read as <i>raw</i> numbers (a number as it is, a category as its
 * place among the levels known here, a picture as its pixels), then these are encoded. To add one:
 * a new file, and a line in {@link #read}.
 */
public interface Encoding {

  /** The name of the column. */
  String column();

  /** The kind of column it takes, such as {@code Numbers.class}. */
  default Class<? extends Column> takes() {
    return Numbers.class;
  }

  /** A name for each raw number of a row. */
  List<String> rawNames();

  /** How many raw numbers a row has: one, or one a pixel. */
  default int rawWidth() {
    return 1;
  }

  /** The number of inputs. */
  int width();

  /** The columns that {@link #raw(Table)} needs and a table lacks, by their names. */
  default List<String> missing(Table table) {
    return table.find(column()).isEmpty() ? List.of(column()) : List.of();
  }

  /**
   * Reads the column of a table, found by its name.
   *
   * @return {@code [rows][raw numbers]}
   * @throws IllegalArgumentException if the table has no such column, or it is of another kind
   */
  Matrix raw(Table table);

  /**
   * The raw number of a value such as a user's program has it, for a column of one raw number.
   *
   * @throws IllegalArgumentException if the value is of another kind
   */
  double raw(Object value);

  /**
   * The raw number of a value that is missing.
   *
   * @throws IllegalArgumentException if none may be
   */
  default double rawMissing() {
    return Double.NaN;
  }

  /**
   * Encodes a row.
   *
   * @param raw {@code raw[from ..]} are the column's numbers
   * @param out {@code out[at .. at + width())} is overwritten
   */
  void write(double[] raw, int from, float[] out, int at);

  /** A name for each input, such as {@code city = Rome}. */
  default List<String> inputNames() {
    return width() == 1
        ? List.of(column())
        : IntStream.rangeClosed(1, width()).mapToObj(i -> column() + " " + i).toList();
  }

  /** In a few words, such as {@code a number (standard)}. */
  String words();

  /** All that a model file has to hold of it, as JSON. */
  Map<String, Object> describe();

  /**
   * The encoding that {@link #describe} described.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Encoding read(Map<String, ?> description) {
    Fields fields = new Fields(description);
    return switch (fields.text("kind")) {
      case ScaledNumbers.KIND -> ScaledNumbers.read(fields);
      case PiecewiseLinear.KIND -> PiecewiseLinear.read(fields);
      case OneHot.KIND -> OneHot.read(fields);
      case ScaledPixels.KIND -> ScaledPixels.read(fields);
      case DateParts.KIND -> DateParts.read(fields);
      default ->
          throw new IllegalArgumentException(
              "There is no encoding %s in this Glia."
                  .formatted(OutsideText.quoted(fields.text("kind"))));
    };
  }
}
