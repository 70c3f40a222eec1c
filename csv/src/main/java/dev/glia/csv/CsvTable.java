package dev.glia.csv;

import dev.glia.internal.text.Format;
import dev.glia.internal.text.OutsideText;
import dev.glia.reading.RawTable;
import dev.glia.reading.ReadingOptions;
import dev.glia.reading.TextColumn;
import dev.glia.table.InvalidDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A CSV file whose rows have been read, and of whose columns nothing is known but their names. */
final class CsvTable implements RawTable {

  private static final int SHOWN = 3; // names in a sentence

  private final CsvText file;
  private final CsvOptions options;
  private final CsvDialect dialect;
  private final boolean named;
  private final List<String> names;
  private final List<RawColumn> columns;
  private final List<String> remarks;

  private CsvTable(
      CsvText file,
      CsvOptions options,
      CsvDialect dialect,
      boolean named,
      List<String> names,
      List<TextColumn> texts,
      List<String> remarks) {
    this.file = file;
    this.options = options;
    this.dialect = dialect;
    this.named = named;
    this.names = names;
    this.columns = columns(texts);
    this.remarks = remarks;
  }

  /** The lines of a file while they are read. */
  private static final class Lines {
    final List<String> first = new ArrayList<>(); // fields of the first line
    final List<TextColumn> below = new ArrayList<>(); // the lines below it
    int comments;
    @Nullable String remark;
  }

  static CsvTable read(CsvText file, CsvOptions options) throws IOException {
    CsvDialect dialect = CsvDialect.of(file, options);
    Lines lines = read(file, dialect, options, Set.of());
    boolean named = CsvHeader.isPresent(lines.first, lines.below, options);
    List<String> names =
        named ? lines.first : CsvHeader.withoutHeader(file, lines.first.size(), options.reading());
    List<String> remarks = remarks(file, dialect, lines);
    if (!named) {
      addFirst(lines);
      if (options.header() == CsvOptions.Header.DETECT && options.reading().features() == null) {
        remarks.add(
            "No header was found: the columns are called by their places, %s; --header takes the first row for one."
                .formatted(OutsideText.list(names.subList(0, Math.min(SHOWN, names.size())))));
      }
    }
    return new CsvTable(file, options, dialect, named, names, lines.below, remarks);
  }

  private static List<String> remarks(CsvText file, CsvDialect dialect, Lines lines)
      throws IOException {
    List<String> remarks = new ArrayList<>();
    if (file.encoding() != null && !file.encoding().equals(StandardCharsets.UTF_8)) {
      remarks.add(
          "Read as text in %s; --encoding names another.".formatted(file.encoding().name()));
    }
    int comments = CsvRows.commentsAbove(file) + lines.comments;
    if (comments > 0) {
      remarks.add(
          "Skipped: %s above the rows that %s with #."
              .formatted(Format.count(comments, "line"), comments == 1 ? "begins" : "begin"));
    }
    if (dialect.above() > 0) {
      remarks.add(
          "Skipped: %s above the first of %d fields."
              .formatted(Format.count(dialect.above(), "line"), dialect.width()));
    }
    if (lines.remark != null) {
      remarks.add(lines.remark);
    }
    return remarks;
  }

  private static void addFirst(Lines lines) {
    for (int column = 0; column < lines.below.size(); column++) {
      lines.below.get(column).addFirst(lines.first.get(column));
    }
  }

  /**
   * Reads all lines.
   *
   * @param asText columns whose numbers' texts are kept
   */
  private static Lines read(
      CsvText file, CsvDialect dialect, CsvOptions options, Set<Integer> asText)
      throws IOException {
    try (CsvRows rows = CsvRows.open(file, dialect)) {
      Lines lines = new Lines();
      List<String> row = rows.next();
      if (row == null) {
        throw new InvalidDataException(
            file + " is empty: a CSV file with a row an example was expected.");
      }
      lines.first.addAll(row);
      for (int column = 0; column < row.size(); column++) {
        lines.below.add(new TextColumn(options.reading().missing(), asText.contains(column)));
      }
      while ((row = rows.next()) != null) {
        for (int column = 0; column < row.size(); column++) {
          lines.below.get(column).add(row.get(column));
        }
      }
      lines.comments = rows.comments();
      lines.remark = rows.remark();
      if (lines.first.size() > 1
          && lines.first.getLast().isEmpty()
          && lines.below.getLast().isEmpty()
          && !isFeature(file, lines.first.size(), options.reading())) {
        lines.first.removeLast(); // each line ends with a separator: behind it is no column
        lines.below.removeLast();
      }
      return lines;
    }
  }

  /**
   * Whether a last column without name and values is a known feature that is missing in all rows.
   *
   * @throws InvalidDataException if it may be one or none: all would be read a place off
   */
  private static boolean isFeature(CsvText file, int width, ReadingOptions options)
      throws InvalidDataException {
    List<String> features = options.features();
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

  @Override
  public String file() {
    return file.name();
  }

  @Override
  public String title() {
    return file.title();
  }

  @Override
  public List<RawColumn> columns() {
    return columns;
  }

  private List<RawColumn> columns(List<TextColumn> texts) {
    List<RawColumn> columns = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      columns.add(RawColumn.of(names.get(column), texts.get(column)));
    }
    return columns;
  }

  @Override
  public List<String> remarks() {
    return remarks;
  }

  @Override
  public char separator() {
    return dialect.separator();
  }

  @Override
  public boolean named() {
    return named;
  }

  @Override
  public List<RawColumn> asTexts(Set<Integer> numbers) throws IOException {
    Lines lines = read(file, dialect, options, numbers);
    if (!named) {
      addFirst(lines);
    }
    return columns(lines.below);
  }

  @Override
  public String place(int row) throws IOException {
    try (CsvRows rows = CsvRows.open(file, dialect)) {
      int number = named ? row + 1 : row;
      for (int i = 0; i <= number; i++) {
        Objects.requireNonNull(
            rows.next(), "The file has changed while it was read."); // it had as many rows
      }
      return "line " + rows.line();
    }
  }
}
