package dev.glia.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.glia.internal.text.Format;
import dev.glia.internal.text.OutsideText;
import dev.glia.table.InvalidDataException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file one by one, with errors that say file and line. */
final class CsvRows implements Closeable {

  private static final char COMMENT = '#';

  /** What stands before the separator in a first line for Excel. */
  private static final String NAMING = "sep=";

  /** The separators that such a line may name. */
  private static final String NAMED = ",;\t|:~^ ";

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** What a record may have: more than a model file has room for. */
  private static final int MOST_FIELDS = 1 << 17;

  /** One of so many rows may be short. */
  private static final int FEW = 10;

  private final CsvText file;
  private final CsvDialect dialect;
  private final CloseableIterator<CsvRecord> records;
  private int width; // fields of a row; 0 before the first where the dialect does not say
  private int rows; // so far
  private long line; // of the last row
  private int comments; // between the first row and the second
  private int shortRows;
  private long firstShort; // its line
  private int firstShortFields;

  private CsvRows(CsvText file, CsvDialect dialect) throws IOException {
    this.file = file;
    this.dialect = dialect;
    width = dialect.width();
    try {
      this.records = open(file, dialect.separator()).iterator();
    } catch (IOException e) {
      throw translate(file, e);
    }
  }

  /** All records as they are, for {@link #record}. */
  static CsvRows all(CsvText file, char separator) throws IOException {
    return new CsvRows(file, new CsvDialect(separator, 0, 0, false));
  }

  static CsvRows open(CsvText file, CsvDialect dialect) throws IOException {
    CsvRows rows = new CsvRows(file, dialect);
    for (int above = 0; above < dialect.above(); above++) {
      rows.record();
    }
    return rows;
  }

  private static CsvReader<CsvRecord> open(CsvText file, char separator) throws IOException {
    BufferedReader text = file.open();
    skipByteOrderMark(text);
    Reader data = skipComments(text);
    return CsvReader.builder()
        .fieldSeparator(separator)
        .commentStrategy(CommentStrategy.NONE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // the width is checked with the rows
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .build(
            CsvRecordHandler.builder().maxFields(MOST_FIELDS).build(),
            separator == CsvDialect.BLANKS
                ? new BlankReader(data instanceof BufferedReader b ? b : new BufferedReader(data))
                : data);
  }

  /**
   * What follows the comments at the beginning, and a line that names the separator, which become
   * empty lines: so lines keep their number.
   */
  private static Reader skipComments(BufferedReader text) throws IOException {
    int lines = skipNaming(text) == null ? 0 : 1;
    lines += skipLines(text)[0];
    if (lines == 0) {
      return text;
    }
    PushbackReader padded = new PushbackReader(text, lines);
    padded.unread("\n".repeat(lines).toCharArray());
    return padded;
  }

  /** Skips comments and empty lines; returns how many, and how many of them are comments. */
  private static int[] skipLines(BufferedReader text) throws IOException {
    int lines = 0;
    int comments = 0;
    while (true) {
      text.mark(2); // behind \r a \n is passed over
      int next = text.read();
      text.reset();
      if (next != COMMENT && !isLineEnd(next)) {
        return new int[] {lines, comments};
      }
      text.readLine();
      lines++;
      comments += next == COMMENT ? 1 : 0;
    }
  }

  /** How many comments stand above all rows. */
  static int commentsAbove(CsvText file) throws IOException {
    try (BufferedReader text = file.open()) {
      skipByteOrderMark(text);
      skipNaming(text);
      return skipLines(text)[1];
    } catch (IOException e) {
      throw translate(file, e);
    }
  }

  /** The separator that a first line for Excel names, such as {@code sep=;}; null without one. */
  static @Nullable Character namedSeparator(CsvText file) throws IOException {
    try (BufferedReader text = file.open()) {
      skipByteOrderMark(text);
      return skipNaming(text);
    } catch (IOException e) {
      throw translate(file, e);
    }
  }

  /** Skips a first line that names the separator, and returns that; null if it is another line. */
  private static @Nullable Character skipNaming(BufferedReader text) throws IOException {
    char[] start = new char[NAMING.length() + 2];
    text.mark(start.length);
    int length = 0;
    int read;
    while (length < start.length && (read = text.read()) >= 0) {
      start[length++] = (char) read;
    }
    text.reset();
    if (length <= NAMING.length()
        || (length == start.length && !isLineEnd(start[length - 1]))
        || !new String(start, 0, NAMING.length()).equalsIgnoreCase(NAMING)
        || NAMED.indexOf(start[NAMING.length()]) < 0) {
      return null;
    }
    text.readLine();
    return start[NAMING.length()];
  }

  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  private static boolean isLineEnd(int character) {
    return character == '\n' || character == '\r';
  }

  /**
   * The fields of the next row, without blanks around them and as many as a row has; null after the
   * last one. Comments stand above all rows, or between the first, which may be the header, and the
   * second; below, a line that begins with # is a row.
   *
   * @throws InvalidDataException if there are more fields, or the text is no CSV
   */
  @Nullable List<String> next() throws IOException {
    CsvRecord row = record();
    while (row != null && width > 1 && (isBlank(row) || (rows == 1 && isComment(row)))) {
      comments += isBlank(row) ? 0 : 1;
      row = record();
    }
    if (row == null) {
      checkShortRows();
      return null;
    }
    line = row.getStartingLineNumber();
    List<String> fields = new ArrayList<>();
    if (rows == 0 && dialect.rowNames()) {
      fields.add("");
    }
    for (String field : row.getFields()) {
      fields.add(field.strip());
    }
    rows++;
    if (width == 0) {
      width = fields.size();
    }
    while (fields.size() > width && fields.getLast().isEmpty()) {
      fields.removeLast(); // a separator at the end of the line
    }
    if (fields.size() > width) {
      throw new InvalidDataException(
          "%s, line %d: expected %d fields as in the other lines, got %d, the last being %s. If a field holds the separator, put the field in quotes; else remove what is too much."
              .formatted(file, line, width, fields.size(), OutsideText.quoted(fields.getLast())));
    }
    if (fields.size() < width) {
      if (shortRows++ == 0) {
        firstShort = line;
        firstShortFields = fields.size();
      }
      while (fields.size() < width) {
        fields.add("");
      }
    }
    return fields;
  }

  private void checkShortRows() throws InvalidDataException {
    if (shortRows > 1 && shortRows > rows / FEW) {
      throw new InvalidDataException(
          "%s: %s of %s have fewer than %d fields, as the others have; line %d has %d. A table with as many fields in each line was expected."
              .formatted(
                  file,
                  Format.count(shortRows),
                  Format.count(rows, "line"),
                  width,
                  firstShort,
                  firstShortFields));
    }
  }

  /** What a user should know of the rows that have been read; null if all is well. */
  @Nullable String remark() {
    return shortRows == 0
        ? null
        : "%s fewer than %d fields (first line %d): what is not there is missing."
            .formatted(
                shortRows == 1 ? "1 line has" : Format.count(shortRows) + " lines have",
                width,
                firstShort);
  }

  /** The comments that were skipped below the first row. */
  int comments() {
    return comments;
  }

  /** The line of the last row, from 1. */
  long line() {
    return line;
  }

  /** Whether a line looks like a comment: a single field that begins with #. */
  static boolean isComment(CsvRecord row) {
    String first = row.getField(0);
    return row.getFieldCount() == 1 && !first.isEmpty() && first.charAt(0) == COMMENT;
  }

  @Nullable CsvRecord record() throws IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw new InvalidDataException(
          "%s is not a sound CSV file: %s.".formatted(file, reason(e)), e);
    } catch (UncheckedIOException e) {
      throw translate(file, Objects.requireNonNull(e.getCause()));
    }
  }

  /** Whether a line holds nothing but blanks. */
  static boolean isBlank(CsvRecord record) {
    return record.getFieldCount() == 1 && record.getField(0).isBlank();
  }

  /** Whether an exception is about quotes and fields, so that another separator may mend it. */
  static boolean isNoCsv(InvalidDataException e) {
    return e.getCause() instanceof CsvParseException;
  }

  private static IOException translate(CsvText file, IOException e) throws IOException {
    if (e instanceof InvalidDataException) {
      return e;
    }
    return e instanceof CharacterCodingException
        ? new InvalidDataException(
            "%s is not text in %s: name its encoding, such as --encoding windows-1252."
                .formatted(file, file.encoding() == null ? "UTF-8" : file.encoding().name()),
            e)
        : e;
  }

  private static String reason(CsvParseException e) {
    Throwable cause = e.getCause();
    String message = String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
