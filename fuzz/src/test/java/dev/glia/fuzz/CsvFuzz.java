package dev.glia.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glia.csv.Csv;
import dev.glia.csv.CsvOptions;
import dev.glia.csv.CsvOptions.Header;
import dev.glia.reading.ColumnKind;
import dev.glia.reading.ReadingOptions;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import dev.glia.task.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSV files: no row and no column is lost, a file and its text give the same, and what is written
 * is read back the same.
 */
public final class CsvFuzz {

  private static final String OPTIONS = "#!";

  /** What is said of lines that are no rows of the table. */
  private static final Pattern COUNT =
      Pattern.compile("(?s)(?:Skipped|Left out): ([\\d,]+) (?:lines? above|rows? without).*");

  private CsvFuzz() {}

  /**
   * An input is the file. Its first line may be a comment that says how it is to be read: {@code
   * #!header=absent&target=3&kind=numbers&separator=;&features=a|b&targets=x|y}.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = text(input);
    CsvOptions options = options(text == null ? "" : text);
    Path file = Scratch.file("data.csv", input);
    Optional<dev.glia.reading.Reading> ofFile =
        Reading.of(input.length, () -> Csv.reading(file, options));
    Reading.of(input.length, () -> Csv.reading(file, options.withFeaturesAlone()));
    if (text == null || text.indexOf(0) >= 0 || text.startsWith("PK\u0003\u0004")) {
      return; // text in another encoding, or none, or packed
    }
    Optional<dev.glia.reading.Reading> ofText =
        Reading.of(input.length, () -> Csv.reading("data.csv", text, options));
    Reading.checkSame("The data set", ofFile.map(CsvFuzz::all), ofText.map(CsvFuzz::all));
    ofText.ifPresent(reading -> {
      checkAgainstLines(reading, text, options);
      if (options.reading().features() == null) { // else they are whatever the options call them
        checkBackAndForth(reading.table());
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
                known(options, List.of(value.split("\\|", -1)), options.reading().targetNames());
            case "targets=" ->
                known(options, options.reading().features(), List.of(value.split("\\|", -1)));
            default -> options;
          };
    }
    return options;
  }

  private static CsvOptions known(
      CsvOptions options, @Nullable List<String> features, List<String> targets) {
    return features == null ? options : options.withColumns(features, targets);
  }

  /** No row is lost without a word, and numbers that need no word are those that stand there. */
  private static void checkAgainstLines(
      dev.glia.reading.Reading reading, String text, CsvOptions options) {
    if (text.contains("\"")) {
      return;
    }
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<String> lines =
        Arrays.stream(unmarked.split("\r\n|\r|\n", -1)).filter(line -> !line.isEmpty()).toList();
    int blank = (int) lines.stream().filter(String::isBlank).count(); // tabs may part nothing
    boolean named = unmarked.matches("(?is)sep=[,;\t|:~^ ](\r|\n|$).*");
    int said = named && options.separator() == null ? 1 : 0;
    for (String remark : reading.remarks()) {
      Matcher matcher = COUNT.matcher(remark);
      said += matcher.matches() ? Integer.parseInt(matcher.group(1).replace(",", "")) : 0;
    }
    int header = lines.size() - said - reading.table().rows();
    if (named && options.separator() != null) {
      header -= 1; // the line may be taken for one that names the separator all the same
    }
    if (header < -1 || header - blank > 1) {
      throw new AssertionError(
          "%d lines gave %d rows, of %d others it was said."
              .formatted(lines.size(), reading.table().rows(), said));
    }
  }

  /** The number, or the word; NaN where it is missing. */
  private static Object value(Column column, int row) {
    return switch (column) {
      case Numbers numbers -> (Object) numbers.get(row);
      case Dates dates -> (Object) (Math.rint(dates.get(row) * 1e5) / 1e5);
      case Categories words when words.code(row) == Categories.MISSING -> (Object) Double.NaN;
      case Categories words -> words.levels().get(words.code(row));
      case Pixels pixels -> throw new AssertionError("No file has pictures.");
    };
  }

  private static void checkBackAndForth(Table data) {
    Map<String, ColumnKind> kinds = new HashMap<>();
    for (Column column : data.columns()) {
      kinds.put(
          column.name(),
          switch (column) {
            case Numbers numbers -> ColumnKind.NUMBER;
            case Dates dates -> ColumnKind.DATE;
            default -> ColumnKind.CATEGORY;
          });
    }
    List<String> features = data.featureColumns().stream().map(Column::name).toList();
    CsvOptions options =
        CsvOptions.defaults()
            .withHeader(Header.PRESENT)
            .withSeparator(',')
            .withReading(
                ReadingOptions.defaults()
                    .withColumns(kinds)
                    .withFeatures(features, data.targets()));
    Table again = Reading.again(() -> Csv.read(data.name(), written(data), options));
    Reading.checkSame("The data set", values(data), values(again));
    Reading.checkSame("The columns", data.featureNames(), again.featureNames());
  }

  private static String written(Table data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Csv.write(data, out);
    return out.toString(UTF_8);
  }

  private static List<Object> all(dev.glia.reading.Reading reading) {
    Table data = reading.table();
    return List.of(data.name(), data.featureNames(), values(data), reading.remarks());
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
