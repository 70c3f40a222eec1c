package dev.glia.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A format of files that hold tables, such as Parquet.
 *
 * <p>Programs find those on the module path or the class path by {@link java.util.ServiceLoader}.
 * CSV is what is read where no format claims a file.
 */
public interface TableFormat {

  /**
   * The format that claims a file, if one does.
   *
   * @throws IOException if the file's first bytes cannot be read
   */
  static Optional<TableFormat> of(Path file) throws IOException {
    byte[] start = new byte[0];
    if (Files.isRegularFile(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        start = in.readNBytes(START);
      }
    }
    for (TableFormat format : ServiceLoader.load(TableFormat.class)) {
      if (format.reads(file, start)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** How many first bytes tell a format. */
  int START = 16;

  /** What it is called in sentences, such as {@code Parquet}. */
  String name();

  /**
   * Whether a file is of this format.
   *
   * @param start its first bytes, {@value #START} or fewer
   */
  boolean reads(Path file, byte[] start);

  /**
   * Reads a file.
   *
   * @throws dev.glia.table.InvalidDataException if it is not sound, saying what and where
   * @throws IOException if reading fails
   */
  RawTable read(Path file, ReadingOptions options) throws IOException;
}
