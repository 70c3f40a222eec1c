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
   * What follows the comments at the beginning, which become empty lines: so lines keep their
   * number.
   */
  private static Reader skipComments(BufferedReader text) throws IOException {
    int lines = 0;
    while (true) {
      text.mark(2); // behind \r a \n is passed over
      int next = text.read();
      text.reset();
      if (next != COMMENT && next != '\n' && next != '\r') {
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

  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  private static char detectSeparator(CsvText file) throws IOException {
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
