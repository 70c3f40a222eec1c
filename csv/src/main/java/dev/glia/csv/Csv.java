package dev.glia.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.glia.internal.io.WholeFile;
import dev.glia.internal.text.NumberText;
import dev.glia.reading.Reading;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * CSV files as tables, and tables as CSV files.
 *
 * <p>A file may be compressed by gzip or zip; in UTF-8, UTF-16 or Windows-1252; with comma,
 * semicolon, tab, bar or blanks between its fields and quotes around them; with or without a
 * header, titles and comments above it ({@code #}), a first line that names the separator ({@code
 * sep=;}), empty lines, and a separator at the end of each line. What the columns hold is found out
 * from what stands in them, see {@link Reading}: each guess is a remark, and {@link CsvOptions}
 * overrules it.
 */
public final class Csv {

  private Csv() {}

  /**
   * Reads a file; {@link #reading(Path, CsvOptions)} says what was guessed on the way.
   *
   * @throws InvalidDataException if the file does not exist or is not as described above, saying
   *     line and column
   * @throws IOException if reading fails
   */
  public static Table read(Path file) throws IOException {
    return read(file, CsvOptions.defaults());
  }

  /**
   * Reads a file; {@link #reading(Path, CsvOptions)} says what was guessed on the way.
   *
   * @throws InvalidDataException if the file does not exist or is not as described above, saying
   *     line and column
   * @throws IOException if reading fails
   */
  public static Table read(Path file, CsvOptions options) throws IOException {
    return reading(file, options).toLearn();
  }

  /**
   * Reads the text of a file: the same table as from the file itself.
   *
   * @param name the file's name, for messages and for the table's
   * @throws InvalidDataException if the text is not as described above, saying line and column
   */
  public static Table read(String name, String text, CsvOptions options) throws IOException {
    return reading(name, text, options).toLearn();
  }

  /**
   * Reads a file, and says what was found and done.
   *
   * @throws InvalidDataException if the file does not exist or is not as described above, saying
   *     line and column
   * @throws IOException if reading fails
   */
  public static Reading reading(Path file, CsvOptions options) throws IOException {
    CsvText text = CsvText.of(file, options.encoding());
    text.checkExists();
    try {
      return reading(text, options);
    } catch (InvalidDataException e) {
      if (options.encoding() != null || !(e.getCause() instanceof CharacterCodingException)) {
        throw e;
      }
      return reading(text.in(CsvText.WINDOWS), options); // no UTF-8: what Excel writes
    }
  }

  /**
   * Reads the text of a file, and says what was found and done.
   *
   * @param name the file's name, for messages and for the table's
   * @throws InvalidDataException if the text is not as described above, saying line and column
   */
  public static Reading reading(String name, String text, CsvOptions options) throws IOException {
    return reading(CsvText.of(name, text), options);
  }

  private static Reading reading(CsvText text, CsvOptions options) throws IOException {
    return Reading.of(CsvTable.read(text, options), options.reading());
  }

  /**
   * Writes a table with a header: the features' names, then the targets'. Numbers are as short as
   * can be and read back as the same double; what is missing is an empty field; pictures are a
   * column a pixel.
   *
   * @throws IOException if the file cannot be written; then it is as it was before
   * @throws IllegalArgumentException if the table has a number that is infinite
   */
  public static void write(Table table, Path file) throws IOException {
    WholeFile.write(file, out -> write(table, out));
  }

  /**
   * Writes what {@link #write(Table, Path)} writes to a file.
   *
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if the table has a number that is infinite
   */
  public static void write(Table table, OutputStream out) throws IOException {
    List<Column> columns = new ArrayList<>(table.featureColumns());
    table.targets().forEach(target -> columns.add(table.column(target)));
    try {
      String[] fields = names(table);
      CsvWriter writer = CsvWriter.builder().quoteStrategy(quotes(fields)).build(out);
      writer.writeRecord(fields);
      for (int row = 0; row < table.rows(); row++) {
        int at = 0;
        for (Column column : columns) {
          at = write(column, row, fields, at);
        }
        writer.writeRecord(fields);
      }
      writer.flush();
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  /** Writes a row of a column to {@code fields[at ..]}; gives the place behind it. */
  private static int write(Column column, int row, String[] fields, int at) {
    switch (column) {
      case Categories categories -> {
        int code = categories.code(row);
        fields[at] = code == Categories.MISSING ? "" : categories.levels().get(code);
        return at + 1;
      }
      case Dates dates -> {
        fields[at] = dates.text(row);
        return at + 1;
      }
      case Numbers numbers -> {
        double number = numbers.get(row);
        fields[at] = Double.isNaN(number) ? "" : NumberText.of(number);
        return at + 1;
      }
      case Pixels pixels -> {
        for (int i = 0; i < pixels.size().pixels(); i++) {
          fields[at + i] = NumberText.of(pixels.numbers().get(row, i));
        }
        return at + pixels.size().pixels();
      }
    }
  }

  /** One name a field: a target that is called as a pixel gets underscores. */
  private static String[] names(Table table) {
    List<String> names = new ArrayList<>(table.featureNames());
    for (String target : table.targets()) {
      String name = target;
      while (names.contains(name)) {
        name += "_";
      }
      names.add(name);
    }
    return names.toArray(String[]::new);
  }

  /**
   * Quotes the first name where a name holds what could be taken for the file's mark or separator:
   * behind a quote there is no mark, and after the closing one only the separator.
   */
  private static QuoteStrategy quotes(String[] names) {
    boolean ambiguous =
        Arrays.stream(names)
            .anyMatch(name -> name.chars().anyMatch(c -> "\uFEFF;\t".indexOf(c) >= 0));
    return new QuoteStrategy() {
      @Override
      public boolean quoteValue(int line, int field, String value) {
        return ambiguous && line == 1 && field == 0;
      }
    };
  }
}
