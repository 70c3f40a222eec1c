package dev.glia.format;

import dev.glia.reading.RawTable;
import dev.glia.reading.ReadingOptions;
import dev.glia.reading.TableFormat;
import dev.glia.table.InvalidDataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An array that {@code numpy.save} wrote: rows and columns, the last of which is to be predicted.
 *
 * <p>Columns are called by their places, {@code column 1} and on; a model with other names takes
 * them in their order.
 */
public final class Npy implements TableFormat {

  /** Made by {@link java.util.ServiceLoader}, or by whoever reads such a file. */
  public Npy() {}

  @Override
  public String name() {
    return "NumPy";
  }

  @Override
  public boolean reads(Path file, byte[] start) {
    return NpyHeader.begins(start) || file.toString().endsWith(".npy");
  }

  @Override
  public RawTable read(Path file, ReadingOptions options) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidDataException(
          file
              + (Files.exists(file) ? " is not a file." : " does not exist.")
              + " A file that numpy.save wrote was expected there.");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      NpyArray array = NpyArray.read(file.toString(), in, Files.size(file));
      return new NpyTable(file, options).of(array, null, "");
    }
  }
}
