package dev.glia.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.glia.table.InvalidDataException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file one by one, with errors that say file and line. */
final class CsvRows implements Closeable {

  /** In the order of precedence: a field may have a decimal comma in it. */
  private static final List<Character> SEPARATORS = List.of('\t', ';', ',');

  private static final char COMMENT = '#';

  /** What stands before the separator in a first line for Excel. */
  private static final String NAMING = "sep=";

  /** The separators that such a line may name. */
  private static final String NAMED = ",;\t|:~^ ";

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** What a record may have: more than a model file has room for. */
  private static final int MOST_FIELDS = 1 << 17;

  private final CsvText file;
  private final CloseableIterator<CsvRecord> records;
  private int firstWidth = -1; // -1 before the first row
  private boolean below; // whether a row after the first has been read

  private CsvRows(CsvText file, char separator) throws IOException {
    this.file = file;
    try {
      this.records = open(file, separator).iterator();
    } catch (IOException e) {
      throw translate(file, e);
    }
  }

  static CsvRows open(CsvText file, CsvOptions options) throws IOException {
    file.checkExists();
    Character separator = options.separator();
    return new CsvRows(file, separator == null ? detectSeparator(file) : separator);
  }

  private static CsvReader<CsvRecord> open(CsvText file, char separator) throws IOException {
    BufferedReader text = file.open();
    skipByteOrderMark(text);
    return CsvReader.builder()
        .fieldSeparator(separator)
        .commentStrategy(CommentStrategy.NONE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // the width is checked with the rows
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .build(CsvRecordHandler.builder().maxFields(MOST_FIELDS).build(), skipComments(text));
  }

  /**
   * What follows the comments at the beginning, and a line that names the separator, which become
   * empty lines: so lines keep their number.
   */
  private static Reader skipComments(BufferedReader text) throws IOException {
    int lines = skipNaming(text) == null ? 0 : 1;
    while (true) {
      text.mark(2); // behind \r a \n is passed over
      int next = text.read();
      text.reset();
      if (next != COMMENT && !isLineEnd(next)) {
        break;
      }
      text.readLine();
      lines++;
    }
    if (lines == 0) {
      return text;
    }
    PushbackReader padded = new PushbackReader(text, lines);
    padded.unread("\n".repeat(lines).toCharArray());
    return padded;
  }

  /** The separator that a first line for Excel names, such as {@code sep=;}; null without one. */
  private static @Nullable Character namedSeparator(CsvText file) throws IOException {
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

  private static char detectSeparator(CsvText file) throws IOException {
    Character named = namedSeparator(file);
    if (named != null) {
      return named;
    }
    char best = ',';
    int most = 1;
    for (char separator : SEPARATORS) {
      int fields = fieldsOfFirstRow(file, separator);
      if (fields > most) {
        best = separator;
        most = fields;
      }
    }
    return best;
  }

  private static int fieldsOfFirstRow(CsvText file, char separator) throws IOException {
    try (CsvRows rows = new CsvRows(file, separator)) {
      CsvRecord first = rows.next();
      return first == null ? 0 : first.getFieldCount();
    } catch (InvalidDataException e) {
      return 0; // with another separator the quotes may stand where they should
    }
  }

  /**
   * The next row, or null after the last one. Comments stand above all rows, or between the first,
   * which may be the header, and the second; below, a line that begins with # is a row.
   */
  @Nullable CsvRecord next() throws IOException {
    CsvRecord row = record();
    while (row != null && firstWidth > 1 && !below && isComment(row)) {
      row = record();
    }
    below |= firstWidth >= 0;
    if (row != null && firstWidth < 0) {
      firstWidth = row.getFieldCount();
    }
    return row;
  }

  /** Whether a line looks like a comment: a single field that begins with #. */
  static boolean isComment(CsvRecord row) {
    String first = row.getField(0);
    return row.getFieldCount() == 1 && !first.isEmpty() && first.charAt(0) == COMMENT;
  }

  private @Nullable CsvRecord record() throws IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw new InvalidDataException(
          "%s is not a sound CSV file: %s.".formatted(file, reason(e)), e);
    } catch (UncheckedIOException e) {
      throw translate(file, Objects.requireNonNull(e.getCause()));
    }
  }

  private static IOException translate(CsvText file, IOException e) throws IOException {
    return e instanceof CharacterCodingException
        ? new InvalidDataException(file + " " + file.kind(), e)
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
