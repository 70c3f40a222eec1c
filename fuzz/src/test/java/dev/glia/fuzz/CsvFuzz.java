package dev.glia.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glia.csv.Csv;
import dev.glia.csv.CsvOptions;
import dev.glia.csv.CsvOptions.Header;
import dev.glia.csv.CsvOptions.TargetKind;
import dev.glia.data.Categories;
import dev.glia.data.Column;
import dev.glia.data.Numbers;
import dev.glia.data.Pixels;
import dev.glia.data.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * CSV files: no row and no column is lost, a file and its text give the same, and what is written
 * is read back the same.
 */
public final class CsvFuzz {

  private static final String OPTIONS = "#!";

  /** What stands for a value that is not there, in small letters. */
  private static final Set<String> MARKS = Set.of("", "na", "n/a", "nan", "null", "?");

  /** In the place of a word that is missing: no field is so long. */
  private static final String MISSING = "missing".repeat(200);

  private CsvFuzz() {}

  /**
   * An input is the file. Its first line may be a comment that says how it is to be read: {@code
   * #!header=absent&target=3&kind=numbers&separator=;&features=a|b&targets=x|y}.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = text(input);
    CsvOptions options = options(text == null ? "" : text);
    Path file = Scratch.file("data.csv", input);
    Optional<Table> ofFile = Reading.of(input.length, () -> Csv.read(file, options));
    if (options.featureNames() != null) {
      Reading.of(input.length, () -> Csv.read(file, options.withFeaturesAlone()));
    }
    if (text == null) {
      if (ofFile.isPresent()) {
        throw new AssertionError("A file was read that is not UTF-8.");
      }
      return;
    }
    Optional<Table> ofText =
        Reading.of(input.length, () -> Csv.read("data.csv", text, options));
    Reading.checkSame("The data set", ofFile.map(CsvFuzz::all), ofText.map(CsvFuzz::all));
    ofText.ifPresent(data -> {
      checkAgainstLines(data, text, options);
      if (options.featureNames() == null) { // else they are whatever the options call them
        checkBackAndForth(data);
      }
    });
  }

  /** The text in UTF-8, or null. */
  private static String text(byte[] input) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(input)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static CsvOptions options(String text) {
    CsvOptions options = CsvOptions.defaults();
    String first = text.lines().findFirst().orElse("");
    if (!first.startsWith(OPTIONS)) {
      return options;
    }
    for (String option : first.substring(OPTIONS.length()).split("&", -1)) {
      String value = option.substring(option.indexOf('=') + 1);
      options =
          switch (option.substring(0, option.length() - value.length())) {
            case "header=" ->
                options.withHeader(value.equals("absent") ? Header.ABSENT : Header.PRESENT);
            case "target=" -> options.withTarget(value);
            case "kind=" ->
                options.withTargetKind(
                    value.equals("numbers") ? TargetKind.NUMBERS : TargetKind.CLASSES);
            case "separator=" ->
                value.matches("[;,|]") ? options.withSeparator(value.charAt(0)) : options;
            case "features=" ->
                options.withColumns(List.of(value.split("\\|", -1)), options.targetNames());
            case "targets=" -> {
              List<String> features = options.featureNames();
              yield features == null
                  ? options
                  : options.withColumns(features, List.of(value.split("\\|", -1)));
            }
            default -> options;
          };
    }
    return options;
  }

  /** Counts what a text without quotes holds, and reads its fields, in the plainest way. */
  private static void checkAgainstLines(Table data, String text, CsvOptions options) {
    if (text.contains("\"")) {
      return;
    }
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<String> lines =
        Arrays.stream(unmarked.split("\r\n|\r|\n", -1))
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
    int header = lines.size() - data.rows();
    if (header < (options.header() == Header.PRESENT ? 1 : 0)
        || header > (options.header() == Header.ABSENT ? 0 : 1)) {
      throw new AssertionError("%d lines gave %d rows.".formatted(lines.size(), data.rows()));
    }
    if (options.featureNames() != null) {
      return; // which are some of the columns, in another order
    }
    String separator = separator(lines.getFirst(), options);
    int columns = lines.getFirst().split(separator, -1).length;
    Reading.checkSame("The number of columns", columns, data.columns().size());
    for (int row = 0; row < data.rows(); row++) {
      String[] fields = lines.get(header + row).split(separator, -1);
      for (int column = 0; column < columns; column++) {
        String field = fields[column].strip();
        if (!says(field, data.columns().get(column), row)) {
          throw new AssertionError(
              "Row %d, column %d is %s: %s"
                  .formatted(row, column, value(data.columns().get(column), row), field));
        }
      }
    }
  }

  /** Whether a field says what was read of it: nothing is lost, and nothing made up. */
  private static boolean says(String field, Column column, int row) {
    Object value = value(column, row);
    return switch (value) {
      case String level when !level.equals(MISSING) ->
          level.equals(field) || isNumber(field, number(level));
      case Double number when !number.isNaN() -> isNumber(field, number);
      default -> MARKS.contains(field.toLowerCase(Locale.ROOT));
    };
  }

  private static String separator(String line, CsvOptions options) {
    if (options.separator() != null) {
      return "[" + options.separator() + "]";
    }
    String best = ",";
    int most = 1;
    for (String separator : List.of("\t", ";", ",")) { // in the order of precedence
      int fields = line.split(separator, -1).length;
      best = fields > most ? separator : best;
      most = Math.max(fields, most);
    }
    return best;
  }

  private static boolean isNumber(String field, double number) {
    try {
      return Double.parseDouble(field.strip()) == number;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static void checkBackAndForth(Table data) {
    boolean numbers = data.target() instanceof Numbers;
    CsvOptions options =
        CsvOptions.defaults()
            .withHeader(Header.PRESENT)
            .withTargetKind(numbers ? TargetKind.NUMBERS : TargetKind.CLASSES);
    Table again = Reading.again(() -> Csv.read(data.name(), written(data), options));
    Reading.checkSame("The data set", values(data), values(again));
    Reading.checkSame("The columns", data.featureNames(), again.featureNames());
  }

  private static String written(Table data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Csv.write(data, out);
    return out.toString(UTF_8);
  }

  private static List<Object> all(Table data) {
    List<String> names = data.columns().stream().map(Column::name).toList();
    return List.of(data.name(), names, data.targets(), values(data));
  }

  /** Each row's features, then what is to be predicted. */
  private static List<Object> values(Table data) {
    List<Column> columns = new ArrayList<>(data.featureColumns());
    data.targets().forEach(target -> columns.add(data.column(target)));
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < data.rows(); row++) {
      for (Column column : columns) {
        values.add(value(column, row));
      }
    }
    return values;
  }

  /** A number, NaN where it is missing, or a word. */
  private static Object value(Column column, int row) {
    return switch (column) {
      case Categories words ->
          words.code(row) == Categories.MISSING ? MISSING : words.levels().get(words.code(row));
      case Numbers numbers -> numbers.get(row);
      case Pixels pixels -> throw new AssertionError("A CSV file has no pictures.");
    };
  }
}
