package dev.glia.format;

import dev.glia.reading.RawTable;
import dev.glia.reading.ReadingOptions;
import dev.glia.reading.TableFormat;
import dev.glia.table.InvalidDataException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnmappableCharacterException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * ARFF, the format of Weka and of OpenML: a header that names each attribute and says what it
 * holds, and a row a line below it.
 *
 * <p>Nominal attributes become categories in the order in which they were declared, dates dates;
 * strings are read as those of a CSV file. A question mark is a missing value. Sparse rows are
 * read, too; attributes that hold tables are not. The file may be packed by gzip.
 */
public final class Arff implements TableFormat {

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  /** Made by {@link java.util.ServiceLoader}, or by whoever reads such a file. */
  public Arff() {}

  @Override
  public String name() {
    return "ARFF";
  }

  @Override
  public boolean reads(Path file, byte[] start) {
    String path = file.toString().toLowerCase(Locale.ROOT);
    String text = new String(start, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    return path.endsWith(".arff")
        || path.endsWith(".arff.gz")
        || (text.startsWith("@relation") && !path.endsWith(".csv"));
  }

  @Override
  public RawTable read(Path file, ReadingOptions options) throws IOException {
    try {
      return read(file, options, StandardCharsets.UTF_8);
    } catch (MalformedInputException | UnmappableCharacterException e) {
      return read(file, options, WINDOWS); // what Weka writes on Windows
    }
  }

  private static RawTable read(Path file, ReadingOptions options, Charset charset)
      throws IOException {
    try (ArffLines lines = ArffLines.open(file, charset)) {
      return new ArffReader(file, lines, options).read();
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      throw new InvalidDataException(
          "%s is packed, and cannot be unpacked (%s): it may be cut. Fetch it again."
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
