package dev.glia.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glia.csv.Csv;
import dev.glia.csv.CsvOptions;
import dev.glia.csv.CsvOptions.Header;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CSV files: no row and no column is lost, a file and its text give the same, and what is written
 * is read back the same.
 */
public final class CsvFuzz {

  private static final String OPTIONS = "#!";
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "?");

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
    Reading.of(input.length, () -> Csv.read(file, options.withFeaturesAlone()));
    if (text == null) {
      if (ofFile.isPresent()) {
        throw new AssertionError("A file was read that is not UTF-8.");
      }
      return;
    }
    Optional<Table> ofText = Reading.of(input.length, () -> Csv.read("data.csv", text, options));
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
                options.withTask(value.equals("numbers") ? Task.Kind.NUMBER : Task.Kind.CLASSES);
            case "separator=" ->
                value.matches("[;,|]") ? options.withSeparator(value.charAt(0)) : options;
            case "features=" ->
                known(options, List.of(value.split("\\|", -1)), options.targetNames());
            case "targets=" ->
                known(options, options.featureNames(), List.of(value.split("\\|", -1)));
            default -> options;
          };
    }
    return options;
  }

  private static CsvOptions known(
      CsvOptions options, @Nullable List<String> features, List<String> targets) {
    return features == null ? options : options.withColumns(features, targets);
  }

  /** Counts what a text without quotes holds, and reads its numbers, in the plainest way. */
  private static void checkAgainstLines(Table data, String text, CsvOptions options) {
    if (text.contains("\"")) {
      return;
    }
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<String> lines =
        Arrays.stream(unmarked.split("\r\n|\r|\n", -1))
            .filter(line -> !line.isEmpty())
            .collect(Collectors.toCollection(ArrayList::new));
    String naming =
        lines.isEmpty() || !unmarked.startsWith(lines.getFirst()) ? "" : lines.getFirst();
    boolean names = naming.matches("(?i)sep=[,;\t|:~^ ]");
    if (names) {
      lines.removeFirst();
    }
    while (!lines.isEmpty() && lines.getFirst().startsWith("#")) {
      lines.removeFirst();
    }
    String separator =
        names && options.separator() == null
            ? Pattern.quote(naming.substring(4))
            : separator(lines.getFirst(), options);
    int width = lines.getFirst().split(separator, -1).length;
    while (width > 1
        && lines.size() > 1
        && lines.get(1).startsWith("#")
        && lines.get(1).split(separator, -1).length == 1) {
      lines.remove(1);
    }
    int header = lines.size() - data.rows();
    if (header < (options.header() == Header.PRESENT ? 1 : 0)
        || header > (options.header() == Header.ABSENT ? 0 : 1)) {
      throw new AssertionError("%d lines gave %d rows.".formatted(lines.size(), data.rows()));
    }
    if (options.featureNames() != null) {
      return; // which are some of the columns, in another order
    }
    int columns = endsEmpty(lines, separator, width) ? width - 1 : width;
    Reading.checkSame("The number of columns", columns, data.columns().size());
    for (int row = 0; row < data.rows(); row++) {
      String[] fields = lines.get(header + row).split(separator, -1);
      for (int column = 0; column < columns; column++) {
        if (!isValue(fields[column].strip(), value(data.columns().get(column), row))) {
          throw new AssertionError(
              "Row %d, column %d is %s: %s"
                  .formatted(
                      row,
                      column,
                      value(data.columns().get(column), row),
                      lines.get(header + row)));
        }
      }
    }
  }

  /** Whether each line ends with a separator, so that behind it is no column. */
  private static boolean endsEmpty(List<String> lines, String separator, int width) {
    return width > 1
        && lines.getFirst().split(separator, -1)[width - 1].isBlank()
        && lines.stream()
            .map(line -> line.split(separator, -1)[width - 1].strip().toLowerCase(Locale.ROOT))
            .allMatch(MISSING::contains);
  }

  /** The number, or the word; NaN where it is missing. */
  private static Object value(Column column, int row) {
    return switch (column) {
      case Numbers numbers -> (Object) numbers.get(row);
      case Categories words when words.code(row) == Categories.MISSING -> (Object) Double.NaN;
      case Categories words -> words.levels().get(words.code(row));
      case Pixels pixels -> throw new AssertionError("No file has pictures.");
    };
  }

  private static boolean isValue(String field, Object value) {
    if (value instanceof Double number) {
      return number.isNaN()
          ? MISSING.contains(field.toLowerCase(Locale.ROOT))
          : isNumber(field, number);
    }
    String word = (String) value; // a class that is a number may be written otherwise
    return word.equals(field) || isNumber(word, numberOr(field, Double.NaN));
  }

  private static double numberOr(String field, double otherwise) {
    try {
      return Double.parseDouble(field);
    } catch (NumberFormatException e) {
      return otherwise;
    }
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

  private static void checkBackAndForth(Table data) {
    if (data.targets().isEmpty()) {
      return;
    }
    boolean numbers = data.target() instanceof Numbers;
    CsvOptions options =
        CsvOptions.defaults()
            .withHeader(Header.PRESENT)
            .withTask(numbers ? Task.Kind.NUMBER : Task.Kind.CLASSES);
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
    return List.of(data.name(), data.featureNames(), values(data));
  }

  /** Each column's numbers or words: features, then targets. */
  private static List<Object> values(Table data) {
    List<Column> columns = new ArrayList<>(data.featureColumns());
    data.targets().forEach(target -> columns.add(data.column(target)));
    List<Object> values = new ArrayList<>();
    for (Column column : columns) {
      for (int row = 0; row < data.rows(); row++) {
        values.add(value(column, row));
      }
    }
    return values;
  }
}
