package dev.glia.reading;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A format of files that hold tables, such as Parquet.
 *
 * <p>Programs find those on the module path or the class path by {@link java.util.ServiceLoader}.
 * CSV is what is read where no format claims a file.
 */
public interface TableFormat {

  /** What it is called in sentences, such as {@code Parquet}. */
  String name();

  /**
   * Whether a file is of this format.
   *
   * @param start its first bytes, 16 or fewer
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
