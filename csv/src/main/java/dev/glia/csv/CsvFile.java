package dev.glia.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.glia.data.ClassTarget;
import dev.glia.data.Dataset;
import dev.glia.data.InvalidDataException;
import dev.glia.data.Matrix;
import dev.glia.data.NumberTarget;
import dev.glia.data.Target;
import dev.glia.internal.io.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * CSV files of numbers as data sets, and data sets as CSV files.
 *
 * <p>A file may have a header, comma, semicolon or tab between its fields, quotes around them, a
 * byte order mark, either kind of line end, empty lines, and comments: lines that begin with {@code
 * #}. All columns but the target must be numbers with a decimal point; categories and missing
 * values are refused.
 */
public final class CsvFile {

  private CsvFile() {}

  /**
   * Reads features and target.
   *
   * @throws InvalidDataException if the file does not exist or is not as described above, saying
   *     line and column
   * @throws IOException if reading fails
   */
  public static Dataset readDataset(Path file, CsvOptions options) throws IOException {
    return readDataset(CsvText.of(file), options);
  }

  /**
   * Reads features and target from the text of a file: the same data set as from the file itself.
   *
   * @param name the file's name, for messages and for the data set's
   * @throws InvalidDataException if the text is not as described above, saying line and column
   */
  public static Dataset readDataset(String name, String text, CsvOptions options)
      throws IOException {
    return readDataset(CsvText.of(name, text), options);
  }

  private static Dataset readDataset(CsvText file, CsvOptions options) throws IOException {
    CsvTable table = CsvTable.read(file, options, true);
    Target target = new TargetColumn(file, table.targetName(), table.target()).toTarget(options);
    return new Dataset(file.title(), table.featureNames(), table.features(), target);
  }

  /**
   * Reads features alone, such as for a prediction.
   *
   * <p>With a header the columns are found by name and others are ignored. Without one the file has
   * the features in their order, and may have the target too, which is ignored.
   *
   * @param options with {@code featureNames}
   * @throws InvalidDataException if the file does not exist or is not as described above, saying
   *     line and column
   * @throws IOException if reading fails
   * @throws IllegalArgumentException if the options have no feature names
   */
  public static Matrix readFeatures(Path file, CsvOptions options) throws IOException {
    if (options.featureNames() == null) {
      throw new IllegalArgumentException(
          "Reading features alone needs their names: give them with withFeatureNames.");
    }
    return CsvTable.read(CsvText.of(file), options, false).features();
  }

  /**
   * Writes a data set with a header: the features' names, then the target's, which is {@code label}
   * for classes, and ends in underscores where a feature has that name. Numbers are as short as can
   * be and read back as the same double.
   *
   * @throws IOException if the file cannot be written; then it is as it was before
   * @throws IllegalArgumentException if the data set has a number that is NaN or infinite
   */
  public static void write(Dataset data, Path file) throws IOException {
    WholeFile.write(file, out -> write(data, out));
  }

  /**
   * Writes what {@link #write(Dataset, Path)} writes to a file.
   *
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if the data set has a number that is NaN or infinite
   */
  public static void write(Dataset data, OutputStream out) throws IOException {
    try {
      String[] fields = data.featureNames().toArray(new String[data.features().columns() + 1]);
      fields[fields.length - 1] = targetName(data);
      CsvWriter writer = CsvWriter.builder().quoteStrategy(quotes(fields)).build(out);
      writer.writeRecord(fields);
      for (int row = 0; row < data.rows(); row++) {
        for (int column = 0; column < data.features().columns(); column++) {
          fields[column] = NumberText.of(data.features().get(row, column));
        }
        fields[fields.length - 1] =
            switch (data.target()) {
              case ClassTarget classes -> classes.names().get(classes.classOf(row));
              case NumberTarget numbers -> NumberText.of(numbers.value(row));
            };
        writer.writeRecord(fields);
      }
      writer.flush();
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  /** No two columns may have the same name. */
  private static String targetName(Dataset data) {
    String name =
        switch (data.target()) {
          case ClassTarget classes -> "label";
          case NumberTarget numbers -> numbers.name();
        };
    while (data.featureNames().contains(name)) {
      name += "_";
    }
    return name;
  }

  /**
   * Quotes the first name where a name holds what could be taken for the file's mark or separator:
   * behind a quote there is no mark, and after the closing one only the separator.
   */
  private static QuoteStrategy quotes(String[] names) {
    boolean ambiguous =
        Arrays.stream(names)
            .anyMatch(name -> name.chars().anyMatch(c -> "\uFEFF;\t".indexOf(c) >= 0));
    return new QuoteStrategy() {
      @Override
      public boolean quoteValue(int line, int field, String value) {
        return ambiguous && line == 1 && field == 0;
      }
    };
  }
}
