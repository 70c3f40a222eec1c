package dev.glia.format;

import dev.glia.internal.text.Format;
import dev.glia.reading.RawTable;
import dev.glia.reading.RawTable.RawColumn;
import dev.glia.reading.ReadingOptions;
import dev.glia.reading.TextColumn;
import dev.glia.reading.TypedTable;
import dev.glia.table.ByteMatrix;
import dev.glia.table.Categories;
import dev.glia.table.ImageSize;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table made of one or two arrays of NumPy's: what to predict from, and what to predict. */
final class NpyTable {

  private static final int MOST_COLUMNS = 1 << 20;
  private static final int RGB = 3;

  private final Path file;
  private final ReadingOptions options;
  private final List<String> remarks = new ArrayList<>();

  NpyTable(Path file, ReadingOptions options) {
    this.file = file;
    this.options = options;
  }

  /** A line on what was found and done. */
  void remark(String line) {
    remarks.add(line);
  }

  /**
   * The table.
   *
   * @param features two dimensions: rows and columns; three or four: rows of pictures
   * @param target null where there is none, or it is a column of the features
   * @param targetName what the target is called
   */
  RawTable of(NpyArray features, @Nullable NpyArray target, String targetName)
      throws InvalidDataException {
    sayUnusable(features);
    List<RawColumn> columns = new ArrayList<>();
    boolean pictures = isPictures(features);
    if (pictures) {
      columns.add(RawColumn.of(pixels(features)));
    } else {
      columns.addAll(numbers(features, target == null));
    }
    if (target == null) {
      if (pictures && options.targetsWanted()) {
        throw new InvalidDataException(
            "%s holds pictures, and nothing to predict: save them with their labels, by numpy.savez(file, x=pictures, y=labels)."
                .formatted(features.name()));
      }
      return new TypedTable(
          file.toString(), TypedTable.title(file), columns, remarks, pictures, List.of());
    }
    if (target.rows() != features.rows()) {
      throw new InvalidDataException(
          "%s has %,d rows and %s has %,d: there must be one to predict for each."
              .formatted(features.name(), features.rows(), target.name(), target.rows()));
    }
    sayUnusable(target);
    List<RawColumn> targets = targets(target, targetName);
    columns.addAll(targets);
    return new TypedTable(
        file.toString(),
        TypedTable.title(file),
        columns,
        remarks,
        true,
        targets.stream().map(RawColumn::name).toList());
  }

  private void sayUnusable(NpyArray array) {
    int unusable = array.unusable();
    if (unusable > 0) {
      remarks.add(
          "%s: %s infinite or beyond what a float holds, taken for missing."
              .formatted(
                  array.name(),
                  unusable == 1 ? "1 number is" : Format.count(unusable) + " numbers are"));
    }
  }

  // Rows of numbers or texts.

  private List<RawColumn> numbers(NpyArray array, boolean withTarget) throws InvalidDataException {
    int width = array.columns();
    if (array.header().shape().size() > 2) {
      throw new InvalidDataException(
          "%s has the shape %s: rows and columns, or rows of pictures, were expected."
              .formatted(array.name(), array.header().shapeText()));
    }
    if (width > MOST_COLUMNS) {
      throw new InvalidDataException(
          "%s has %,d columns, at most %,d are read: do rows and columns stand the other way round?"
              .formatted(array.name(), width, MOST_COLUMNS));
    }
    if (width == 1 && withTarget && options.targetsWanted()) {
      throw new InvalidDataException(
          "%s has the shape %s, one column only: features and a target were expected, as in numpy.savez(file, x=features, y=target)."
              .formatted(array.name(), array.header().shapeText()));
    }
    List<String> names = names(width);
    List<RawColumn> columns = new ArrayList<>();
    for (int column = 0; column < width; column++) {
      columns.add(column(array, names.get(column), column));
    }
    return columns;
  }

  private RawColumn column(NpyArray array, String name, int column) {
    if (!array.header().isText()) {
      return RawColumn.of(new Numbers(name, array, column));
    }
    TextColumn texts = new TextColumn(options.missing(), true);
    for (int row = 0; row < array.rows(); row++) {
      texts.add(array.text(row, column));
    }
    return RawColumn.of(name, texts);
  }

  /** By their places; for a model that knows other names, its features in their order. */
  private List<String> names(int columns) {
    List<String> places =
        IntStream.rangeClosed(1, columns).mapToObj(column -> "column " + column).toList();
    List<String> wanted = options.features();
    if (wanted == null || (wanted.size() != columns && places.containsAll(wanted))) {
      return places;
    }
    if (wanted.size() == columns) {
      return wanted;
    }
    if (wanted.size() == columns - 1) {
      List<String> known = options.targetNames();
      List<String> names = new ArrayList<>(wanted);
      names.add(known.size() == 1 ? known.getFirst() : places.getLast());
      return names;
    }
    return places;
  }

  // Pictures.

  private static boolean isPictures(NpyArray array) {
    List<Integer> shape = array.header().shape();
    boolean grey = shape.size() == 3 || (shape.size() == 4 && channels(shape) == 1);
    boolean coloured =
        shape.size() == 4 && channels(shape) == RGB && array.header().size() == Byte.BYTES;
    return !array.header().isText() && (grey || coloured);
  }

  private static int channels(List<Integer> shape) {
    return shape.getLast() == 1 || shape.getLast() == RGB ? shape.getLast() : shape.get(1);
  }

  private Pixels pixels(NpyArray array) throws InvalidDataException {
    List<Integer> shape = array.header().shape();
    boolean channelsLast = shape.size() == 4 && (shape.getLast() == 1 || shape.getLast() == RGB);
    int first = shape.size() == 3 || channelsLast ? 1 : 2; // where the height stands
    ImageSize size = new ImageSize(shape.get(first + 1), shape.get(first));
    if (size.pixels() > MOST_COLUMNS) {
      throw new InvalidDataException(
          "%s has pictures of %d x %d pixels: at most %,d pixels are taken, make them smaller."
              .formatted(array.name(), size.width(), size.height(), MOST_COLUMNS));
    }
    boolean coloured = shape.size() == 4 && channels(shape) == RGB;
    Matrix pixels = array;
    if (coloured) {
      pixels = grey(array, size.pixels(), channelsLast);
      remarks.add(
          "The pictures of " + array.name() + " are coloured: they are taken as grey ones.");
    } else if (array.header().kind() == 'u' && array.header().size() == Byte.BYTES) {
      pixels = new ByteMatrix(array.rows(), array.columns(), array.unsignedBytes());
    }
    return new Pixels("image", pixels, size);
  }

  /** The luminance of red, green and blue, as ITU-R BT.601 has it. */
  private static ByteMatrix grey(NpyArray array, int pixels, boolean channelsLast) {
    byte[] grey = new byte[array.rows() * pixels];
    int step = channelsLast ? RGB : 1;
    int next = channelsLast ? 1 : pixels;
    for (int row = 0; row < array.rows(); row++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        int at = pixel * step;
        double light =
            0.299 * array.get(row, at)
                + 0.587 * array.get(row, at + next)
                + 0.114 * array.get(row, at + 2 * next);
        grey[row * pixels + pixel] = (byte) Math.round(light);
      }
    }
    return new ByteMatrix(array.rows(), pixels, grey);
  }

  // What to predict.

  private List<RawColumn> targets(NpyArray target, String name) throws InvalidDataException {
    if (target.columns() == 1) {
      return List.of(column(target, name, 0));
    }
    if (target.header().shape().size() != 2 || target.header().isText()) {
      throw new InvalidDataException(
          "%s has the shape %s: a value to predict for each row was expected."
              .formatted(target.name(), target.header().shapeText()));
    }
    Categories classes = oneHot(target, name);
    if (classes != null) {
      remarks.add(
          "%s has one 1 a row: it is taken for the classes 0 to %d."
              .formatted(target.name(), target.columns() - 1));
      return List.of(RawColumn.of(classes));
    }
    List<RawColumn> columns = new ArrayList<>();
    for (int column = 0; column < target.columns(); column++) {
      columns.add(column(target, name + (column + 1), column));
    }
    return columns;
  }

  private static @Nullable Categories oneHot(NpyArray target, String name) {
    int[] codes = new int[target.rows()];
    for (int row = 0; row < codes.length; row++) {
      int ones = 0;
      for (int column = 0; column < target.columns(); column++) {
        double value = target.get(row, column);
        if (value == 1) {
          ones++;
          codes[row] = column;
        } else if (value != 0) {
          return null;
        }
      }
      if (ones != 1) {
        return null;
      }
    }
    return new Categories(
        name, codes, IntStream.range(0, target.columns()).mapToObj(Integer::toString).toList());
  }
}
