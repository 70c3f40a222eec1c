package dev.glia.cli.option;

import dev.glia.csv.Csv;
import dev.glia.csv.CsvOptions;
import dev.glia.reading.Reading;
import dev.glia.reading.TableFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A file with a table, whatever its format: CSV where no other claims it. */
final class TableFile {

  private TableFile() {}

  static Reading read(Path file, CsvOptions options) throws IOException {
    Optional<TableFormat> format = TableFormat.of(file);
    return format.isPresent()
        ? Reading.of(format.get().read(file, options.reading()), options.reading())
        : Csv.reading(file, options);
  }
}
