package dev.glia.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.glia.table.InvalidDataException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file one by one, with errors that say file and line. */
final class CsvRows implements Closeable {

  /** In the order of precedence: a field may have a decimal comma in it. */
  private static final List<Character> SEPARATORS = List.of('\t', ';', ',');

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final CsvText file;
  private final CloseableIterator<CsvRecord> records;

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
        .commentStrategy(CommentStrategy.SKIP)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // the width is checked with the rows
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(text);
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

  /** The next row, or null after the last one. */
  @Nullable CsvRecord next() throws IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw new InvalidDataException(
          "%s is not a sound CSV file: %s.".formatted(file, reason(e)), e);
    } catch (UncheckedIOException e) {
      throw translate(file, Objects.requireNonNull(e.getCause()));
    }
  }

  private static IOException translate(CsvText file, IOException e) {
    return e instanceof CharacterCodingException
        ? new InvalidDataException(file + " is not text in UTF-8: save it in that encoding.", e)
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
