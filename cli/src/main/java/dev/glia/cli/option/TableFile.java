package dev.glia.cli.option;

import dev.glia.csv.Csv;
import dev.glia.csv.CsvOptions;
import dev.glia.reading.Reading;
import dev.glia.reading.TableFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** A file with a table, whatever its format: CSV where no other claims it. */
final class TableFile {

  private static final int START = 16; // bytes that tell a format

  private TableFile() {}

  static Reading read(Path file, CsvOptions options) throws IOException {
    byte[] start = new byte[0];
    if (Files.isRegularFile(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        start = in.readNBytes(START);
      }
    }
    for (TableFormat format : ServiceLoader.load(TableFormat.class)) {
      if (format.reads(file, start)) {
        return Reading.of(format.read(file, options.reading()), options.reading());
      }
    }
    return Csv.reading(file, options);
  }
}
