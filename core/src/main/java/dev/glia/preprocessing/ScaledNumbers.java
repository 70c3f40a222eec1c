package dev.glia.preprocessing;

import dev.glia.internal.json.Fields;
import dev.glia.internal.text.OutsideText;
import dev.glia.table.Categories;
import dev.glia.table.Dates;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A number, scaled. Where one is missing, the mean stands for it; where the rows to learn from had
 * missing ones, a second input is 1 there and 0 elsewhere.
 *
 * <p>Behind {@linkplain Scaler.Kind#ROBUST robust} scaling what is far out is clipped smoothly:
 * {@code x / sqrt(1 + (x / 3)^2)} lies between -3 and 3 and is nearly x in the middle, as in
 * RealMLP (Holzmueller, Grinsztajn and Steinwart, "Better by Default", 2024).
 *
 * @param column the column's name
 * @param scaler of one column
 * @param mean of the rows to learn from, which stands for a missing number
 * @param marked whether there is a second input
 */
public record ScaledNumbers(String column, Scaler scaler, double mean, boolean marked)
    implements Encoding {

  static final String KIND = "numbers";

  /** No number scaled robustly is further from 0. */
  private static final double CLIP = 3;

  /**
   * Checks what there is.
   *
   * @throws IllegalArgumentException if the scaler is not of one column, the mean is not finite, or
   *     the name has more than 1,000 characters
   */
  public ScaledNumbers {
    OutsideText.checked("The name of a column", column, OutsideText.NAME);
    if (scaler.columns() != 1) {
      throw new IllegalArgumentException(
          "%s is one column, its scaler takes %d."
              .formatted(OutsideText.quoted(column), scaler.columns()));
    }
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException(
          "%s cannot stand for a missing number of %s."
              .formatted(mean, OutsideText.quoted(column)));
    }
  }

  /**
   * Learns from the numbers that are there.
   *
   * @throws IllegalArgumentException if one is too large to be scaled
   */
  public static ScaledNumbers fit(Numbers numbers, Scaler.Kind scaling) {
    int missing = numbers.missing();
    double[] there =
        missing == 0
            ? new double[0]
            : Arrays.stream(numbers.values()).filter(v -> !Double.isNaN(v)).toArray();
    Numbers known = missing == 0 ? numbers : new Numbers(numbers.name(), there);
    Scaler scaler = known.rows() == 0 ? Scaler.none(1) : Scaler.fit(scaling, known);
    return new ScaledNumbers(
        numbers.name(), scaler, known.rows() == 0 ? 0 : mean(known), missing > 0);
  }

  private static double mean(Numbers numbers) {
    double sum = 0;
    for (int row = 0; row < numbers.rows(); row++) {
      sum += numbers.get(row);
    }
    return sum / numbers.rows();
  }

  @Override
  public List<String> rawNames() {
    return List.of(column);
  }

  @Override
  public int width() {
    return marked ? 2 : 1;
  }

  @Override
  public List<String> missing(Table table) {
    return Preprocessing.column(table, column) == null ? List.of(column) : List.of();
  }

  @Override
  public Matrix raw(Table table) {
    return switch (Preprocessing.column(table, column)) {
      case Numbers numbers -> numbers.numbers();
      case Categories categories ->
          throw new IllegalArgumentException(
              "The column %s of %s holds words (%s), the model takes numbers there."
                  .formatted(
                      OutsideText.quoted(column),
                      table.name(),
                      OutsideText.list(categories.levels())));
      case Dates dates ->
          throw new IllegalArgumentException(
              "The column %s of %s holds dates, the model takes numbers there."
                  .formatted(OutsideText.quoted(column), table.name()));
      case Pixels pixels ->
          throw new IllegalArgumentException(
              "The column %s of %s holds pictures, the model takes numbers there."
                  .formatted(OutsideText.quoted(column), table.name()));
      case null -> table.column(column).numbers(); // says that there is none
    };
  }

  @Override
  public double raw(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    throw new IllegalArgumentException(
        "%s is a number for the model, got %s."
            .formatted(OutsideText.quoted(column), OutsideText.quoted(String.valueOf(value))));
  }

  @Override
  public void write(double[] raw, int from, float[] out, int at) {
    boolean missing = Double.isNaN(raw[from]);
    double x = scaler.apply(missing ? mean : raw[from], 0);
    out[at] = (float) (scaler.kind() == Scaler.Kind.ROBUST ? clipped(x) : x);
    if (marked) {
      out[at + 1] = missing ? 1 : 0;
    }
  }

  private static double clipped(double x) {
    double thirds = x / CLIP;
    return Math.abs(thirds) < 1e100 ? x / Math.sqrt(1 + thirds * thirds) : CLIP * Math.signum(x);
  }

  @Override
  public List<String> inputNames() {
    return marked ? List.of(column, column + " is missing") : List.of(column);
  }

  @Override
  public String words() {
    return "a number (" + scaler.kind().id() + (marked ? ", missing ones marked)" : ")");
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("column", column);
    fields.put("kind", KIND);
    fields.put("scaling", scaler.kind().id());
    fields.put("shift", scaler.shift()[0]);
    fields.put("scale", scaler.scale()[0]);
    fields.put("mean", mean);
    fields.put("marked", marked);
    return fields;
  }

  static ScaledNumbers read(Fields fields) {
    return new ScaledNumbers(
        fields.text("column"),
        new Scaler(
            Scaler.Kind.of(fields.text("scaling")),
            new double[] {fields.number("shift")},
            new double[] {fields.number("scale")}),
        fields.number("mean"),
        fields.truth("marked"));
  }
}
