package dev.glia.preprocessing;

import dev.glia.internal.json.Fields;
import dev.glia.internal.text.OutsideText;
import dev.glia.table.Column;
import dev.glia.table.ImageSize;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pictures as their pixels, each scaled by itself.
 *
 * @param column the column's name
 * @param size of every picture
 * @param scaler of as many columns as there are pixels
 */
public record ScaledPixels(String column, ImageSize size, Scaler scaler) implements Encoding {

  static final String KIND = "pixels";

  /**
   * Checks that the scaler fits the size.
   *
   * @throws IllegalArgumentException if it does not, or the name has more than 1,000 characters
   */
  public ScaledPixels {
    OutsideText.checked("The name of a column", column, OutsideText.NAME);
    if (scaler.columns() != size.pixels()) {
      throw new IllegalArgumentException(
          "Images of %d x %d have %d pixels, their scaler takes %d."
              .formatted(size.width(), size.height(), size.pixels(), scaler.columns()));
    }
  }

  /** Learns from the pixels. */
  public static ScaledPixels fit(Pixels pixels, Scaler.Kind scaling) {
    return new ScaledPixels(pixels.name(), pixels.size(), Scaler.fit(scaling, pixels));
  }

  @Override
  public Class<? extends Column> takes() {
    return Pixels.class;
  }

  @Override
  public List<String> rawNames() {
    return size.pixelNames();
  }

  @Override
  public int rawWidth() {
    return size.pixels();
  }

  @Override
  public int width() {
    return size.pixels();
  }

  @Override
  public List<String> missing(Table table) {
    if (pictures(table) != null) {
      return List.of();
    }
    List<String> missing = new ArrayList<>(rawNames());
    missing.removeIf(name -> table.find(name).isPresent());
    return missing.size() == size.pixels() ? List.of(column) : missing;
  }

  /** The column of this name or the only one of pictures; null where pixels may be columns. */
  private @Nullable Pixels pictures(Table table) {
    if (table.find(column).orElse(null) instanceof Pixels pixels) {
      return pixels;
    }
    List<Column> pictures = table.columns().stream().filter(c -> c instanceof Pixels).toList();
    return pictures.size() == 1 ? (Pixels) pictures.getFirst() : null;
  }

  @Override
  public Matrix raw(Table table) {
    Pixels pixels = pictures(table);
    if (pixels != null) {
      if (!pixels.size().equals(size)) {
        throw new IllegalArgumentException(
            "The model takes images of %d x %d pixels, those of %s have %d x %d."
                .formatted(
                    size.width(),
                    size.height(),
                    table.name(),
                    pixels.size().width(),
                    pixels.size().height()));
      }
      return pixels.numbers();
    }
    List<Column> columns = new ArrayList<>();
    for (String name : rawNames()) {
      if (!(table.column(name) instanceof Numbers numbers)) {
        throw new IllegalArgumentException(
            "The column %s of %s is no number, the model takes the pixels of pictures there."
                .formatted(OutsideText.quoted(name), table.name()));
      }
      columns.add(numbers);
    }
    return new Table(table.name(), columns, List.of()).features();
  }

  @Override
  public double raw(Object value) {
    throw noValue();
  }

  @Override
  public double rawMissing() {
    throw noValue();
  }

  private IllegalArgumentException noValue() {
    return new IllegalArgumentException(
        "%s is a picture for the model: give its pixels as a row of %d numbers, or as a table."
            .formatted(OutsideText.quoted(column), size.pixels()));
  }

  @Override
  public void write(double[] raw, int from, float[] out, int at) {
    scaler.apply(raw, from, out, at);
  }

  @Override
  public List<String> inputNames() {
    return size.pixelNames();
  }

  @Override
  public String words() {
    return "a picture of %d x %d pixels (%s)"
        .formatted(size.width(), size.height(), scaler.kind().id());
  }

  @Override
  public Map<String, Object> describe() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("column", column);
    fields.put("kind", KIND);
    fields.put("width", size.width());
    fields.put("height", size.height());
    fields.put("scaling", scaler.kind().id());
    fields.put("shift", scaler.shift());
    fields.put("scale", scaler.scale());
    return fields;
  }

  static ScaledPixels read(Fields fields) {
    return new ScaledPixels(
        fields.text("column"),
        new ImageSize(fields.size("width"), fields.size("height")),
        new Scaler(
            Scaler.Kind.of(fields.text("scaling")), fields.array("shift"), fields.array("scale")));
  }
}
