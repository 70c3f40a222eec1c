package dev.glia.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.glia.csv.CsvOptions.TargetKind;
import dev.glia.internal.io.WholeFile;
import dev.glia.internal.text.OutsideText;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * CSV files as tables, and tables as CSV files.
 *
 * <p>A file may have a header, comma, semicolon or tab between its fields, quotes around them, a
 * byte order mark, either kind of line end, empty lines, a first line that names the separator
 * ({@code sep=;}), a separator at the end of each line, and comments above its rows: lines that
 * begin with {@code #}. Below them such a line is a row. A column at least half of which are
 * numbers, with a decimal point, is a column of numbers: what is none there is refused. All others
 * are categories. A value may be missing: an empty field, {@code NA}, {@code N/A}, {@code NaN},
 * {@code null} or {@code ?}.
 */
public final class Csv {

  private Csv() {}

  /**
   * Reads a file, whose last column is the one to predict unless a recipe says otherwise.
   *
   * @throws InvalidDataException if the file does not exist or is not as described above, saying
   *     line and column
   * @throws IOException if reading fails
   */
  public static Table read(Path file) throws IOException {
    return read(file, CsvOptions.defaults());
  }

  /**
   * Reads a file.
   *
   * @throws InvalidDataException if the file does not exist or is not as described above, saying
   *     line and column
   * @throws IOException if reading fails
   */
  public static Table read(Path file, CsvOptions options) throws IOException {
    return read(CsvText.of(file), options);
  }

  /**
   * Reads the text of a file: the same table as from the file itself.
   *
   * @param name the file's name, for messages and for the table's
   * @throws InvalidDataException if the text is not as described above, saying line and column
   */
  public static Table read(String name, String text, CsvOptions options) throws IOException {
    return read(CsvText.of(name, text), options);
  }

  private static Table read(CsvText file, CsvOptions options) throws IOException {
    List<String> first = new ArrayList<>();
    List<CsvColumn> columns = columns(file, options, Set.of(), first);
    boolean present = CsvHeader.isPresent(first, columns, options);
    CsvHeader header = CsvHeader.of(file, first, present, options);
    if (!present) {
      addFirst(columns, first);
    }
    Set<Integer> mixed = mixed(columns, header, options);
    if (!mixed.isEmpty()) {
      columns = columns(file, options, mixed, new ArrayList<>());
      if (!present) {
        addFirst(columns, first);
      }
    }
    return new Reading(file, options, header, present).table(columns);
  }

  private static void addFirst(List<CsvColumn> columns, List<String> first) {
    for (int column = 0; column < columns.size(); column++) {
      columns.get(column).addFirst(first.get(column));
    }
  }

  /** The columns of words among which there are numbers, or the other way round of classes. */
  private static Set<Integer> mixed(List<CsvColumn> columns, CsvHeader header, CsvOptions options) {
    Set<Integer> mixed = new HashSet<>();
    for (int column = 0; column < columns.size(); column++) {
      boolean classes = column == header.target() && options.targetKind() == TargetKind.CLASSES;
      if (columns.get(column).mixes()
          || (classes && columns.get(column).firstNoNumber() < Integer.MAX_VALUE)) {
        mixed.add(column);
      }
    }
    return mixed;
  }

  /**
   * Reads all lines but the first into columns.
   *
   * @param asText columns whose numbers are words, too
   * @param first the fields of the first line are added to it
   */
  private static List<CsvColumn> columns(
      CsvText file, CsvOptions options, Set<Integer> asText, List<String> first)
      throws IOException {
    try (CsvRows rows = CsvRows.open(file, options)) {
      CsvRecord row = rows.next();
      if (row == null) {
        throw new InvalidDataException(
            file + " is empty: a CSV file with a row an example was expected.");
      }
      row.getFields().forEach(field -> first.add(field.strip()));
      int width = row.getFieldCount();
      List<CsvColumn> columns = new ArrayList<>();
      for (int column = 0; column < width; column++) {
        columns.add(new CsvColumn(asText.contains(column)));
      }
      while ((row = rows.next()) != null) {
        if (row.getFieldCount() != width) {
          throw new InvalidDataException(
              "%s, line %d: expected %d fields as in the first row, got %d.%s"
                  .formatted(
                      file,
                      row.getStartingLineNumber(),
                      width,
                      row.getFieldCount(),
                      CsvRows.isComment(row)
                          ? " A comment stands above the rows: remove this one."
                          : ""));
        }
        for (int column = 0; column < width; column++) {
          columns.get(column).add(row.getField(column).strip());
        }
      }
      if (width > 1
          && first.getLast().isEmpty()
          && columns.getLast().isEmpty()
          && !isFeature(file, width, options)) {
        first.removeLast(); // each line ends with a separator: behind it is no column
        columns.removeLast();
      }
      return columns;
    }
  }

  /**
   * Whether a last column without name and values is a known feature that is missing in all rows.
   *
   * @throws InvalidDataException if it may be one or none: all would be read a place off
   */
  private static boolean isFeature(CsvText file, int width, CsvOptions options)
      throws InvalidDataException {
    List<String> features = options.featureNames();
    if (features == null) {
      return false;
    }
    if (width == features.size() + 1 && !CsvHeader.targetIsLast(options)) {
      throw new InvalidDataException(
          "%s: column %d has neither a name nor a value. Remove it if it is none, else write a header that names the columns."
              .formatted(file, width));
    }
    return width == features.size();
  }

  /** A file whose columns have been read. */
  private record Reading(CsvText file, CsvOptions options, CsvHeader header, boolean present) {

    Table table(List<CsvColumn> columns) throws IOException {
      List<Column> named = new ArrayList<>();
      for (int number = 0; number < columns.size(); number++) {
        String name = header.names().get(number);
        if (name != null) {
          named.add(column(columns.get(number), number, name));
        }
      }
      if (named.isEmpty() || named.getFirst().rows() == 0) {
        throw new InvalidDataException(
            file + " has a header and no rows: at least one example is needed.");
      }
      return new Table(file.title(), inOrder(named), targets());
    }

    private List<String> targets() {
      int target = header.target();
      List<String> known = options.targetNames().stream().filter(header.names()::contains).toList();
      return target < 0 ? List.of() : known.isEmpty() ? List.of(name(target)) : known;
    }

    private String name(int column) {
      return Objects.requireNonNull(header.names().get(column));
    }

    /** Known features in their order, then the target. */
    private List<Column> inOrder(List<Column> columns) {
      List<String> wanted = options.featureNames();
      if (wanted == null) {
        return columns;
      }
      List<Column> ordered = new ArrayList<>(columns);
      ordered.sort((a, b) -> Integer.compare(place(wanted, a), place(wanted, b)));
      return ordered;
    }

    private static int place(List<String> wanted, Column column) {
      int place = wanted.indexOf(column.name());
      return place < 0 ? wanted.size() : place;
    }

    private Column column(CsvColumn column, int number, String name) throws IOException {
      boolean target = number == header.target();
      TargetKind kind = target ? options.targetKind() : TargetKind.DETECT;
      boolean numeric = kind == TargetKind.NUMBERS || column.isNumeric();
      if (numeric && kind != TargetKind.CLASSES && column.firstNoNumber() < Integer.MAX_VALUE) {
        CsvRecord row = row(column.firstNoNumber());
        throw error(
            row,
            number,
            (target ? "expected a number to predict, " : "expected a number, ")
                + NumberText.complaint(row.getField(number).strip()));
      }
      if (!numeric || kind == TargetKind.CLASSES) {
        checkLevels(column, number, target);
      }
      return column.toColumn(name, kind == TargetKind.CLASSES);
    }

    private void checkLevels(CsvColumn column, int number, boolean target) throws IOException {
      if (column.levels() > CsvColumn.MOST_LEVELS) {
        throw new InvalidDataException(
            "%s, column %s: over %d different %s. %s"
                .formatted(
                    file,
                    describe(number),
                    CsvColumn.MOST_LEVELS,
                    target ? "classes cannot be told apart" : "words cannot be learnt from",
                    target
                        ? "Is another column the one to predict? Name it as the target."
                        : "If it only names the rows, remove the column."));
      }
      for (String level : column.names()) {
        if (level.length() > OutsideText.NAME) {
          throw error(
              row(column.rowOf(level)),
              number,
              "expected a word of at most %d characters, got %s."
                  .formatted(OutsideText.NAME, OutsideText.quoted(level)));
        }
      }
    }

    private InvalidDataException error(CsvRecord row, int column, String message) {
      return new InvalidDataException(
          "%s, line %d, column %s: %s"
              .formatted(file, row.getStartingLineNumber(), describe(column), message));
    }

    /** A column in a sentence. */
    private String describe(int column) {
      return present ? OutsideText.quoted(name(column)) : Integer.toString(column + 1);
    }

    /** Reads a row once more, 0 being the file's first line, as only its place is known. */
    private CsvRecord row(int number) throws IOException {
      try (CsvRows rows = CsvRows.open(file, options)) {
        CsvRecord row = rows.next();
        for (int i = 0; i < number && row != null; i++) {
          row = rows.next();
        }
        if (row == null) {
          throw new InvalidDataException(file + " has changed while it was read: try again.");
        }
        return row;
      }
    }
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
