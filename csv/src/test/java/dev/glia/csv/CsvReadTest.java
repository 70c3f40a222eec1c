package dev.glia.csv;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.csv.CsvOptions.Header;
import dev.glia.reading.ColumnKind;
import dev.glia.reading.MissingValues;
import dev.glia.reading.Reading;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.task.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReadTest {

  private static final CsvOptions DEFAULTS = CsvOptions.defaults();

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("things.csv"), text);
  }

  private Table read(String text, CsvOptions options) throws IOException {
    return Csv.read(file(text), options);
  }

  private Table read(String text) throws IOException {
    return read(text, DEFAULTS);
  }

  private static String correct(String column) {
    return (" Correct it, or say that it is missing with --columns \"%s:number\", or that all are"
            + " words with --columns \"%s:category\".")
        .formatted(column, column);
  }

  private void assertRefused(String text, CsvOptions options, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> Csv.read(file, options))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(message.replace("FILE", file.toString()));
  }

  @Test
  void readsTheTextOfAFileAsTheFile() throws IOException {
    String text = "\uFEFFa;b;c\n# no row\n1;2;x\n3;4,5;y\n";
    Path file = file(text.replace(',', '.'));
    Table fromText = Csv.read("things.csv", text.replace(',', '.'), DEFAULTS.withTarget("c"));
    Table fromFile = Csv.read(file, DEFAULTS.withTarget("c"));
    assertThat(fromText.name()).isEqualTo(fromFile.name()).isEqualTo("things");
    assertThat(fromText.featureNames()).isEqualTo(fromFile.featureNames());
    assertThat(row(fromText.features(), 1)).isEqualTo(row(fromFile.features(), 1));
    assertThat(labels(fromText)).isEqualTo(labels(fromFile));
    assertThatThrownBy(() -> Csv.read("up/../my.csv", "1,2\n3,4,5\n6,7\n", DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith(
            "up/../my.csv, line 2: expected 2 fields as in the other lines, got 3");
    assertThatThrownBy(() -> Csv.read("empty.csv", "", DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("empty.csv is empty");
  }

  private static List<Double> row(Matrix matrix, int row) {
    return IntStream.range(0, matrix.columns()).mapToObj(c -> matrix.get(row, c)).toList();
  }

  private static List<String> labels(Table data) {
    Categories target = (Categories) data.target();
    return IntStream.range(0, data.rows())
        .mapToObj(r -> target.levels().get(target.code(r)))
        .toList();
  }

  private static List<Double> numbers(Table data) {
    Numbers target = (Numbers) data.target();
    return IntStream.range(0, data.rows()).mapToObj(target::get).toList();
  }

  @Test
  void readsACommentAHeaderAndClasses() throws IOException {
    Table data =
        read(
            """
            # n_samples=3 noise=0.2 shuffle=False random_state=0
            x1,x2,label
            1.3528104691935328,0.08003144167344467,0
            -1e-3,.5,1

            7,+2.,0
            """);
    assertThat(data.name()).isEqualTo("things");
    assertThat(data.featureNames()).containsExactly("x1", "x2");
    assertThat(row(data.features(), 0)).containsExactly(1.3528104691935328, 0.08003144167344467);
    assertThat(row(data.features(), 1)).containsExactly(-0.001, 0.5);
    assertThat(row(data.features(), 2)).containsExactly(7.0, 2.0);
    assertThat(numbers(data)).containsExactly(0.0, 1.0, 0.0);
  }

  /** Excel's own first line. */
  @ParameterizedTest
  @ValueSource(strings = {"sep=;\n", "SEP=;\r\n", "\uFEFFsep=;\r\n# one more\n"})
  void aFirstLineMayNameTheSeparator(String line) throws IOException {
    Table data = read(line + "a,b;c;y\n1;2;0\n3;4;1\n");
    assertThat(data.featureNames()).containsExactly("a,b", "c");
    assertThat(row(data.features(), 1)).containsExactly(3.0, 4.0);
    Table bar = read(line.replace(';', '|') + "1|2|0\n3|4|1\n");
    assertThat(row(bar.features(), 0)).containsExactly(1.0, 2.0);
    assertRefused(
        line + "a;y\n1;2;3\n1;2\n",
        DEFAULTS,
        "FILE, line %d: expected 2 fields as in the other lines, got 3, the last being \"3\". If a field holds the separator, put the field in quotes; else remove what is too much."
            .formatted(line.contains("#") ? 4 : 3));
    for (String other : List.of("sep=\n", "sep=1\n", "sep=\"\n", "sep\n", "sep=")) {
      assertThatThrownBy(() -> read(other + "1\n"))
          .isInstanceOf(InvalidDataException.class)
          .hasMessageContaining("has one column only");
    }
    assertThat(read("sep=;x,z,y\n1,0,1\n2,1,0\n").featureNames()).containsExactly("sep=;x", "z");
  }

  @Test
  void behindASeparatorAtTheEndOfEachLineIsNoColumn() throws IOException {
    Table bare = read("1,2,0,\n3,4,1,\n");
    assertThat(bare.targets()).containsExactly("column 3");
    assertThat(numbers(bare)).containsExactly(0.0, 1.0);
    Table named = read("a,b,y,\n1,2,0,\n3,4,1,\n");
    assertThat(named.targets()).containsExactly("y");
    Table filled = read("a,b,y,\n1,2,0,\n3,4,1,7\n", DEFAULTS.withTarget("y"));
    assertThat(filled.featureNames()).containsExactly("a", "b", "column 4");
  }

  /** A feature that is missing in all rows must not shift the others. */
  @Test
  void aKnownFeatureWithoutValuesIsNoEndOfALine() throws IOException {
    List<String> features = List.of("column 2", "column 3");
    CsvOptions first = DEFAULTS.withColumns(features, List.of("column 1"));
    assertRefused(
        "7,1,\n8,2,\n",
        first,
        "FILE: column 3 has neither a name nor a value. Remove it if it is none, else write a header"
            + " that names the columns.");
    Table alone = read("1,\n2,\n", first.withFeaturesAlone());
    assertThat(row(alone.features(), 1)).containsExactly(2.0, Double.NaN);
    assertThat(numbers(read("7,1,2,\n8,3,4,\n", first))).containsExactly(7.0, 8.0);
    Table named = read("column 1,column 2,column 3\n7,1,\n8,2,\n", first); // as is advised
    assertThat(row(named.features(), 1)).containsExactly(2.0, Double.NaN);
    CsvOptions last = DEFAULTS.withColumns(List.of("a", "b"), List.of("y"));
    assertThat(row(read("1,2,\n3,4,\n", last.withFeaturesAlone()).features(), 1))
        .containsExactly(3.0, 4.0);
  }

  /** Files are read in pieces of 8,192 characters, one of which may end within a line's end. */
  @Test
  void aCommentMayBeOfAnyLength() throws IOException {
    for (int length = 8185; length < 8195; length++) {
      Table data = read("#" + "x".repeat(length) + "\r\nx1,y\r\n1,0\r\n2,1\r\n");
      assertThat(row(data.features(), 1)).containsExactly(2.0);
      assertThat(numbers(data)).containsExactly(0.0, 1.0);
    }
  }

  @Test
  void readsWithoutAHeader() throws IOException {
    Table data = read("5.1,3.5,setosa\n6.2,2.9,virginica\n5.9,3.0,setosa");
    assertThat(data.featureNames()).containsExactly("column 1", "column 2");
    assertThat(data.rows()).isEqualTo(3);
    assertThat(labels(data)).containsExactly("setosa", "virginica", "setosa");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void detectsTheSeparator(String separator) throws IOException {
    String text = "a,b,y\n1,2,yes\n3,4,no\n".replace(",", separator);
    assertThat(row(read(text).features(), 1)).containsExactly(3.0, 4.0);
  }

  @Test
  void takesAGivenSeparator() throws IOException {
    Table data = read("a|b|y\n1|2|0\n3|4|1\n", DEFAULTS.withSeparator('|'));
    assertThat(row(data.features(), 0)).containsExactly(1.0, 2.0);
  }

  @Test
  void readsAByteOrderMarkWindowsLinesAndQuotes() throws IOException {
    Table data = read("\uFEFF\"a,1\",\"b \"\"c\"\"\",y\r\n\"1\", 2 ,\"dog, big\"\r\n3,4,cat\r\n");
    assertThat(data.featureNames()).containsExactly("a,1", "b \"c\"");
    assertThat(row(data.features(), 0)).containsExactly(1.0, 2.0);
    assertThat(((Categories) data.target()).levels()).containsExactly("cat", "dog, big");
  }

  @Test
  void aHeaderCanBeForced() throws IOException {
    String text = "1,2,3\n4,5,6\n";
    assertThat(read(text).rows()).isEqualTo(2);
    Table data = read(text, DEFAULTS.withHeader(Header.PRESENT));
    assertThat(data.rows()).isEqualTo(1);
    assertThat(data.featureNames()).containsExactly("1", "2");
    assertRefused(
        "a,b,y\n1,2,3\n4,5,6\n",
        DEFAULTS.withHeader(Header.ABSENT),
        "FILE, line 1, column \"column 1\": expected a number, got \"a\", all others of 3 are numbers."
            + correct("column 1"));
  }

  @Test
  void theTargetIsGivenByNameOrNumber() throws IOException {
    String text = "y,a,b\nup,1,2\ndown,3,4\n";
    for (String target : List.of("y", "1")) {
      Table data = read(text, DEFAULTS.withTarget(target));
      assertThat(data.featureNames()).containsExactly("a", "b");
      assertThat(labels(data)).containsExactly("up", "down");
    }
    Table bare = read("up,1,2\ndown,3,4\n", DEFAULTS.withTarget("1"));
    assertThat(row(bare.features(), 1)).containsExactly(3.0, 4.0);
    assertThat(labels(bare)).containsExactly("up", "down");
  }

  @Test
  void aNameThatIsANumberWinsOverTheNumber() throws IOException {
    Table data = read("a,b,1\n5,6,0\n7,8,1\n", DEFAULTS.withHeader(Header.PRESENT).withTarget("1"));
    assertThat(data.featureNames()).containsExactly("a", "b");
  }

  @Test
  void refusesATargetThatIsNotThere() throws IOException {
    assertRefused(
        "a,b,y\n1,2,3\n",
        DEFAULTS.withTarget("z"),
        "FILE has no column \"z\" to predict: its columns are a, b, y.");
    assertRefused(
        "1,2,3\n",
        DEFAULTS.withTarget("z"),
        "FILE has no header, so the column to predict must be given by its number, 1 to 3; got "
            + "\"z\".");
    for (String number : List.of("0", "4")) {
      assertRefused(
          "1,2,3\n",
          DEFAULTS.withTarget(number),
          "FILE has the columns 1 to 3: there is no column " + number + " to predict.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 -1 3 -1 | true",
        "0.0 1.0 1.00 | true", // whole numbers, as pandas writes them
        "1 0 | true", // two are classes, however few rows
        "1 2 3 | false", // each only once
        "1 2 3 1 2 3 | false", // each only twice
        "1 2 3 1 2 3 1 2 3 | true",
        "1 2 3 1 2 3.5 | false",
        "7 | true",
        "1.5 2.5 1.5 2.5 | false"
      })
  void tellsNumbersThatNameClasses(String targets, boolean classes) throws IOException {
    String text = "a,y\n1," + targets.replace(" ", "\n1,") + "\n";
    assertThat(((Numbers) read(text).target()).nameClasses()).isEqualTo(classes);
  }

  @Test
  void oneBadCellDoesNotTurnNumbersIntoWords() throws IOException {
    assertRefused(
        "a,y\n1,10.5\n2,x\n3,12\n",
        DEFAULTS,
        "FILE, line 3, column \"y\": expected a number to predict, got \"x\", all others of 3 are numbers."
            + correct("y"));
    Table followed =
        read(
            "a,y\n1,10.5\n2,x\n3,12\n",
            DEFAULTS.withReading(DEFAULTS.reading().withColumns(Map.of("y", ColumnKind.NUMBER))));
    assertThat(numbers(followed)).containsExactly(10.5, 12.0); // a row has no value to predict
  }

  @Test
  void nothingIsLostAmongWords() throws IOException {
    Table data = read("size,y\nbig,1\n\"1,5\",2\ninf,3\nsmall,4\nwide,5\n");
    assertThat(((Categories) data.column("size")).levels())
        .containsExactly("1,5", "big", "inf", "small", "wide");
    Table classes = read("a,y\n1,1\n2,2\n3,x\n4,1\n", DEFAULTS.withTask(Task.Kind.CLASSES));
    assertThat(labels(classes)).containsExactly("1", "2", "x", "1");
  }

  @Test
  void numbersAmongWordsKeepTheirText() throws IOException {
    Table data = read("flat,y\n12A,1\n007,2\n7,3\nB,4\nC,5\n");
    assertThat(((Categories) data.column("flat")).levels())
        .containsExactly("007", "12A", "7", "B", "C");
  }

  @Test
  void aFileOfWordsMayHaveAHeaderOrNot() throws IOException {
    Table named = read("size,colour,sold\nbig,red,yes\nsmall,blue,no\n");
    assertThat(named.rows()).isEqualTo(2);
    assertThat(named.featureNames()).containsExactly("size", "colour");
    Table bare = read("big,red,yes\nsmall,blue,no\nbig,blue,no\n");
    assertThat(bare.rows()).isEqualTo(3); // "big" stands below: so the first line is a row
    assertThat(bare.featureNames()).containsExactly("column 1", "column 2");
  }

  @Test
  void aFirstRowOfWordsAndNumbersIsNoHeader() throws IOException {
    Table data = read("red,1,yes\nblue,2,no\n");
    assertThat(data.rows()).isEqualTo(2);
    assertThat(((Categories) data.column("column 1")).levels()).containsExactly("blue", "red");
  }

  @Test
  void moreThanTwentyWholeNumbersAreNumbers() throws IOException {
    for (int different : new int[] {20, 21}) {
      StringBuilder text = new StringBuilder("a,y\n");
      for (int row = 0; row < 3 * different; row++) {
        text.append("1,").append(row % different).append('\n');
      }
      assertThat(((Numbers) read(text.toString()).target()).nameClasses())
          .isEqualTo(different == 20);
    }
  }

  @Test
  void wholeNumbersAreClassesInNumericOrder() throws IOException {
    Table data =
        read("a,y\n1,10\n1,9\n1,10.0\n1,-2\n1,009\n1,-2\n", DEFAULTS.withTask(Task.Kind.CLASSES));
    assertThat(((Categories) data.target()).levels()).containsExactly("-2", "9", "10");
    assertThat(labels(data)).containsExactly("10", "9", "10", "-2", "9", "-2");
  }

  @Test
  void theKindOfTargetCanBeForced() throws IOException {
    String text = "a,y\n1,0\n2,1\n3,1\n";
    Table numbers = read(text, DEFAULTS.withTask(Task.Kind.NUMBER));
    assertThat(numbers(numbers)).containsExactly(0.0, 1.0, 1.0);
    assertThat(((Numbers) numbers.target()).name()).isEqualTo("y");
    Table classes = read("1,2.5\n2,0.5\n3,10\n", DEFAULTS.withTask(Task.Kind.CLASSES));
    assertThat(((Categories) classes.target()).levels()).containsExactly("0.5", "2.5", "10");
    assertRefused(
        "a,y\n1,2\n3,four\n",
        DEFAULTS.withTask(Task.Kind.NUMBER),
        "FILE, line 3, column \"y\": expected a number to predict, got \"four\", all others of 2 are numbers."
            + correct("y"));
  }

  /** So a model knows where its target stood: MNIST has its labels first or last. */
  @Test
  void columnsWithoutAHeaderAreCalledByTheirPlace() throws IOException {
    String text = "7,1.5,2\n8,2.5,4\n7,0.5,3\n";
    Table last = read(text);
    assertThat(last.targets()).containsExactly("column 3");
    for (String target : List.of("1", "column 1")) {
      Table first = read(text, DEFAULTS.withTarget(target));
      assertThat(first.targets()).containsExactly("column 1");
      assertThat(first.featureNames()).containsExactly("column 2", "column 3");
    }
    CsvOptions model = DEFAULTS.withColumns(List.of("column 2", "column 3"), List.of("column 1"));
    Table again = read(text, model);
    assertThat(row(again.features(), 1)).containsExactly(2.5, 4.0);
    assertThat(numbers(again)).containsExactly(7.0, 8.0, 7.0);
    Table given = read(text, model.withTarget("2")); // in this file it stands elsewhere
    assertThat(row(given.features(), 1)).containsExactly(8.0, 4.0);
    assertRefused(
        "1\n2\n",
        model,
        "FILE has no header and 1 columns: expected the 2 features (column 2, column 3) and the"
            + " target, column 1.");
  }

  @Test
  void noneIsAClassWhereMissingValuesAreOthers() throws IOException {
    String text = "a,y\n1,none\n2,mild\n3,mild\n";
    Reading reading = Csv.reading(file(text), DEFAULTS);
    assertThat(reading.table().rows()).isEqualTo(2);
    assertThat(reading.remarks())
        .contains(
            "Taken for missing: \"none\" (1); --missing names others, --missing \"\" none.",
            "Left out: 1 row without a value to predict (y).");
    CsvOptions none = DEFAULTS.withReading(DEFAULTS.reading().withMissing(MissingValues.parse("")));
    assertThat(labels(read(text, none))).containsExactly("none", "mild", "mild");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NA", "n/a", "NaN", "null", "?", "-", ".", "None", "n.a.", "<NA>"})
  void valuesMayBeMissing(String missing) throws IOException {
    Table data = read("a,b,c,y\n1,2,red,0\n3," + missing + "," + missing + ",1\n");
    assertThat(((Numbers) data.column("b")).values()).containsExactly(2, Double.NaN);
    assertThat(((Categories) data.column("c")).code(1)).isEqualTo(Categories.MISSING);
    Table bare = read("1,2,0\n" + missing + ",4,1\n");
    assertThat(((Numbers) bare.column("column 1")).missing()).isEqualTo(1);
    Table first = read(missing + ",2,0\n3,4,1\n");
    assertThat(first.rows()).isEqualTo(2);
    assertThat(((Numbers) first.column("column 1")).missing()).isEqualTo(1);
  }

  @Test
  void rowsWithoutAValueToPredictAreLeftOutAndCounted() throws IOException {
    Reading reading = Csv.reading(file("a,y\n1,cat\n2,\n3,dog\n"), DEFAULTS);
    assertThat(labels(reading.table())).containsExactly("cat", "dog");
    assertThat(row(reading.table().features(), 1)).containsExactly(3.0);
    assertThat(reading.remarks()).contains("Left out: 1 row without a value to predict (y).");
    assertRefused(
        "a,y\n1,\n2,NA\n",
        DEFAULTS,
        "FILE: no row has a value to predict in the column y. Name another column with --target: there are a, y.");
    CsvOptions alone = DEFAULTS.withColumns(List.of("a"), List.of("y")).withFeaturesAlone();
    assertThat(read("a,y\n1,cat\n2,\n3,dog\n", alone).rows()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "-Infinity", "1e999", "-3.5e38"})
  void numbersThatAreTooLargeAreNone(String number) throws IOException {
    String rows = "1,0.5\n2,1.5\n".repeat(10);
    Reading reading = Csv.reading(file("a,y\n" + rows + number + ",1\n"), DEFAULTS);
    assertThat(((Numbers) reading.table().column("a")).get(20)).isNaN();
    assertThat(reading.remarks())
        .contains(
            "\"a\": 1 value is no number and taken for missing: \"%s\" (line 22); --columns \"a:category\" takes all for words."
                .formatted(number));
    assertRefused(
        "a,y\n" + rows + "1," + number + "\n",
        DEFAULTS,
        "FILE, line 22, column \"y\": expected a number to predict, got \"%s\", all others of 21 are numbers."
                .formatted(number)
            + correct("y"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"red", "0x10", "1d", "1_000", "--1", "1e", "2024-01-01", "1 2"})
  void aFewWordsAmongNumbersAreMissing(String word) throws IOException {
    String rows = "1;0\n2;1\n".repeat(10);
    Reading reading = Csv.reading(file("colour;y\n" + rows + word + ";1\n"), DEFAULTS);
    assertThat(((Numbers) reading.table().column("colour")).missing()).isEqualTo(1);
    assertThat(reading.remarks())
        .contains(
            "\"colour\": 1 value is no number and taken for missing: \"%s\" (line 22); --columns \"colour:category\" takes all for words."
                .formatted(word));
    assertRefused(
        "colour;y\n1;0\n2;1\n" + word + ";1\n",
        DEFAULTS,
        "FILE, line 4, column \"colour\": expected a number, got \"%s\", all others of 3 are numbers."
                .formatted(word)
            + correct("colour"));
  }

  @Test
  void moreWordsAmongManyNumbersAreAnErrorThatShowsThem() throws IOException {
    StringBuilder text = new StringBuilder("a,y\n");
    for (int row = 0; row < 100; row++) {
      text.append(row % 10 == 9 ? row % 20 == 9 ? "low" : "high" : row).append(",1.5\n");
    }
    assertRefused(
        text.toString(),
        DEFAULTS,
        "FILE, line 11, column \"a\": expected a number, got \"low\". Of 100 values 10 are no numbers:"
            + " \"low\" (5 times, first in line 11), \"high\" (5 times, first in line 21). Correct"
            + " them, or say that they are missing with --columns \"a:number\", or that all are words"
            + " with --columns \"a:category\".");
  }

  @Test
  void aRowMayBeginWithAHash() throws IOException {
    Table data = read("# colours\n\n#\ncolour,w,y\n#ff0000,1,0\nblue,2,1\n#00ff00,3,0\n");
    assertThat(data.rows()).isEqualTo(3);
    assertThat(((Categories) data.column("colour")).levels())
        .containsExactly("#00ff00", "#ff0000", "blue");
    Reading reading = Csv.reading(file("# one\r\n# two\r\na,y\r\n1,0\r\n2\r\n3,1\r\n"), DEFAULTS);
    assertThat(reading.remarks())
        .contains(
            "Skipped: 2 lines above the rows that begin with #.",
            "1 line has fewer than 2 fields (first line 5): what is not there is missing.",
            "Left out: 1 row without a value to predict (y).");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$256500 | 256500 | an amount of money",
        "-$5 | -5 | an amount of money",
        "$-5 | -5 | an amount of money",
        "12 € | 12 | an amount of money",
        "5% | 5 | per cent",
        "£1,200.50 | 1200.5 | an amount of money",
        "1,234,567 | 1234567 | signs between thousands",
        "1'234.5 | 1234.5 | signs between thousands",
        "1.234,56 | 1234.56 | decimal comma",
        "0,125 | 0.125 | decimal comma",
        "16,274 | 16274 | signs between thousands); --decimal comma reads it the other way"
      })
  void readsNumbersAsPeopleWriteThem(String text, double number, String how) throws IOException {
    Reading reading =
        Csv.reading(
            file("a,y\n1,\"%s\"\n2,\"%s\"\n3,\"%s\"\n".formatted(text, text, text)), DEFAULTS);
    assertThat(numbers(reading.table())).containsExactly(number, number, number);
    assertThat(reading.remarks())
        .anySatisfy(remark ->
            assertThat(remark).startsWith("\"y\": \"" + text + "\" is read as").contains(how));
  }

  @Test
  void aSemicolonBetweenFieldsLetsACommaStandBeforeDecimals() throws IOException {
    Table data = read("a;b;y\n1,5;1,250;0\n2,5;2,500;1\n0,5;1.234,5;1\n");
    assertThat(row(data.features(), 0)).containsExactly(1.5, 1.25);
    assertThat(row(data.features(), 2)).containsExactly(0.5, 1234.5);
    Table points = read("a;b;y\n1,5;1.250;0\n2,5;2.500;1\n");
    assertThat(row(points.features(), 0)).containsExactly(1.5, 1250.0); // as column a has commas
    assertThat(row(read("1,5;2,5;0\n3,5;4,5;1\n").features(), 0)).containsExactly(1.5, 2.5);
    CsvOptions comma = DEFAULTS.withReading(DEFAULTS.reading().withDecimalComma(true));
    assertThat(row(read("a,y\n\"16,274\",0\n\"1,5\",1\n", comma).features(), 0))
        .containsExactly(16.274);
  }

  @Test
  void readsDates() throws IOException {
    Table data =
        read(
            "day,seen,y\n13/02/2024,2024-02-13T10:30:00Z,1.5\n01/03/2024,,2.5\n31/01/2024,2024-02-13T10:30:01+01:00,1.0\n");
    Dates day = (Dates) data.column("day");
    assertThat(day.text(0)).isEqualTo("2024-02-13");
    assertThat(day.text(1)).isEqualTo("2024-03-01");
    Dates seen = (Dates) data.column("seen");
    assertThat(seen.text(0)).isEqualTo("2024-02-13T10:30");
    assertThat(seen.missing(1)).isTrue();
    assertThat(seen.text(2)).isEqualTo("2024-02-13T09:30:01");
  }

  @Test
  void saysThatDayAndMonthCouldChangePlaces() throws IOException {
    String text = "day,y\n01/02/2024,1.5\n03/04/2024,2.5\n";
    Reading reading = Csv.reading(file(text), DEFAULTS);
    assertThat(((Dates) reading.table().column("day")).text(0)).isEqualTo("2024-01-02");
    assertThat(reading.remarks())
        .contains(
            "\"day\": \"01/02/2024\" is read with the month first; --columns \"day:day_first\" reads it the other way.");
    CsvOptions dayFirst =
        DEFAULTS.withReading(DEFAULTS.reading().withColumns(Map.of("day", ColumnKind.DAY_FIRST)));
    assertThat(((Dates) read(text, dayFirst).column("day")).text(0)).isEqualTo("2024-02-01");
  }

  @Test
  void leavesOutWhatIsOfNoUse() throws IOException {
    StringBuilder text = new StringBuilder(",PassengerId,name,same,none,x,y\n");
    for (int row = 0; row < 30; row++) {
      text.append("%d,%d,name%d,7,,%d,%d\n".formatted(row, 900 - row, row, row * row % 7, row % 2));
    }
    Reading reading = Csv.reading(file(text.toString()), DEFAULTS);
    assertThat(reading.table().featureNames()).containsExactly("x");
    assertThat(reading.remarks())
        .contains(
            "Left out: \"column 1\" (it numbers the rows), \"PassengerId\" (it numbers the rows),"
                + " \"name\" (nearly every row has its own word), \"same\" (the same in all rows),"
                + " \"none\" (no value in any row); --columns \"column 1:number\" keeps it.");
    CsvOptions kept =
        DEFAULTS.withReading(
            DEFAULTS.reading().withColumns(Map.of("PassengerId", ColumnKind.NUMBER)));
    assertThat(read(text.toString(), kept).featureNames()).containsExactly("PassengerId", "x");
  }

  @Test
  void namesAColumnThatGivesTheTargetAway() throws IOException {
    StringBuilder text = new StringBuilder("code,x,y\n");
    for (int row = 0; row < 40; row++) {
      text.append(
          "%s,%d,%s\n".formatted(row % 2 == 0 ? "A" : "B", row % 7, row % 2 == 0 ? "yes" : "no"));
    }
    assertThat(Csv.reading(file(text.toString()), DEFAULTS).remarks())
        .contains(
            "code gives \"y\" away: each value goes with one. If it is not known when you predict,"
                + " leave it out with --columns \"code:ignore\".");
  }

  @Test
  void skipsTitlesAndReadsRowNames() throws IOException {
    Reading titled =
        Csv.reading(file("Sales of 2024\n\nsource: us\na,b,y\n1,2,0\n3,4,1\n"), DEFAULTS);
    assertThat(titled.table().featureNames()).containsExactly("a", "b");
    assertThat(titled.remarks()).contains("Skipped: 2 lines above the first of 3 fields.");
    Table named = read("\"a\" \"y\"\n\"one\" 1 0\n\"two\" 2 1\n"); // as R writes it
    assertThat(named.featureNames()).containsExactly("column 1", "a");
    assertThat(row(named.features(), 1).get(1)).isEqualTo(2.0);
  }

  @Test
  void fieldsMayBePartedByBarsOrBlanks() throws IOException {
    assertThat(row(read("a|b|y\n1|2|0\n3|4|1\n").features(), 1)).containsExactly(3.0, 4.0);
    Table blanks = read(" 0.00632  18.00   2.310\n 0.02731   0.00   7.070\n");
    assertThat(row(blanks.features(), 1)).containsExactly(0.02731, 0.0);
    assertThat(numbers(blanks)).containsExactly(2.31, 7.07);
  }

  @Test
  void aHeaderMayCountItsColumns() throws IOException { // a data frame without names
    Table data = read("0,1,target\n0.5,1.5,2.5\n1.5,2.5,3.5\n");
    assertThat(data.featureNames()).containsExactly("0", "1");
    Table words = read("0,1,2,kind\n0.5,1.5,2,cat\n1.5,2.5,3,dog\n");
    assertThat(words.targets()).containsExactly("kind");
  }

  @Test
  void nothingAboveWordsMakesYearsAHeader() throws IOException {
    Table data = read(",2019,2020\nRome,1.5,2\nOslo,2.5,3\nBern,0.5,1\n");
    assertThat(data.columns().stream().map(Column::name))
        .containsExactly("column 1", "2019", "2020");
    assertThat(data.rows()).isEqualTo(3);
  }

  @Test
  void aColumnMayBeCalledAsAnotherFileBegins() throws IOException {
    assertThat(read("PAR1,PAR2,y\n1,2,0\n3,4,1\n").featureNames()).containsExactly("PAR1", "PAR2");
  }

  @Test
  void readsCompressedFiles() throws IOException {
    byte[] text = "a,y\n1,0\n2,1\n".getBytes(StandardCharsets.UTF_8);
    Path gzip = folder.resolve("packed.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(text);
    }
    assertThat(Csv.read(gzip).name()).isEqualTo("packed");
    assertThat(numbers(Csv.read(gzip))).containsExactly(0.0, 1.0);
    byte[] cut = Arrays.copyOf(Files.readAllBytes(gzip), 20);
    Files.write(gzip, cut);
    assertThatThrownBy(() -> Csv.read(gzip))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("is compressed, and cannot be unpacked");
    Path zip = folder.resolve("packed.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("__MACOSX/x"));
      out.putNextEntry(new ZipEntry("in/side.csv"));
      out.write(text);
    }
    assertThat(numbers(Csv.read(zip))).containsExactly(0.0, 1.0);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("one.csv"));
      out.putNextEntry(new ZipEntry("two.csv"));
    }
    assertThatThrownBy(() -> Csv.read(zip))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(zip + " is a zip archive of 2 files: unpack it and give the one to read.");
  }

  @ParameterizedTest
  @CsvSource({
    "d0cf11e0, is an old spreadsheet: save it as CSV.",
    "89504e47, 'is a picture: CSV files are read, and folders of IDX files.'",
    "ffd8ffe0, 'is a picture: CSV files are read, and folders of IDX files.'",
    "c4000102, 'is not text: a CSV file was expected.'",
    "255044462d, 'is a PDF document: save the table in it as CSV.'"
  })
  void saysWhatAnotherFileIs(String bytes, String sentence) throws IOException {
    Path file = Files.write(folder.resolve("other"), HexFormat.of().parseHex(bytes));
    assertThatThrownBy(() -> Csv.read(file, DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(file + " " + sentence);
  }

  @Test
  void readsManyColumns() throws IOException {
    int columns = 20_000;
    String names = IntStream.range(0, columns).mapToObj(i -> "g" + i).collect(joining(","));
    String row = "1,".repeat(columns - 1);
    Table data = read(names + "\n" + row + "2\n" + row + "3\n");
    assertThat(data.featureNames()).hasSize(columns - 1);
  }

  @Test
  void refusesRowsOfAnotherWidth() throws IOException {
    assertRefused(
        "a,b,y\n# a comment\n1,2,0\n1,2,1\n\n1,2\n3\n",
        DEFAULTS,
        "FILE: 2 of 5 lines have fewer than 3 fields, as the others have; line 6 has 2. A table with as many fields in each line was expected.");
    assertRefused(
        "1,2,0\n1,2,0,4\n1,2,1\n",
        DEFAULTS,
        "FILE, line 2: expected 3 fields as in the other lines, got 4, the last being \"4\". If a field"
            + " holds the separator, put the field in quotes; else remove what is too much.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "\uFEFF"})
  void refusesAnEmptyFile(String text) throws IOException {
    assertRefused(text, DEFAULTS, "FILE is empty: a CSV file with a row an example was expected.");
  }

  @Test
  void refusesAHeaderAlone() throws IOException {
    assertRefused(
        "a,b,y\n", DEFAULTS, "FILE has a header and no rows: at least one example is needed.");
  }

  @Test
  void refusesASingleColumn() throws IOException {
    String rest =
        ": features and a target were expected, with comma, semicolon, tab, bar or blanks between"
            + " them.";
    assertRefused("1\n2\n", DEFAULTS, "FILE has one column only, \"column 1\"" + rest);
    assertRefused("y\n1\n", DEFAULTS, "FILE has one column only, \"y\"" + rest);
  }

  @Test
  void columnsWithoutANameOfTheirOwnGetOne() throws IOException {
    assertThat(read(",a,y\n0,1,2\n").featureNames()).containsExactly("column 1", "a");
    Reading twice = Csv.reading(file("a,b,a\n0,1,2\n"), DEFAULTS);
    assertThat(twice.table().columns().stream().map(Column::name)).containsExactly("a", "b", "a.1");
    assertThat(twice.remarks()).contains("Two columns are called a: the second is called \"a.1\".");
  }

  @Test
  void refusesTooManyClasses() throws IOException {
    StringBuilder text = new StringBuilder("a,y\n");
    for (int row = 0; row < 1001; row++) {
      text.append("1,name").append(row).append('\n');
    }
    assertRefused(
        text.toString(),
        DEFAULTS,
        "FILE: the column \"y\" (the last one is predicted) has over 1000 different words, which"
            + " cannot be learnt. Say with --target which column to predict: there are a.");
  }

  @Test
  void refusesWhatIsNotAFile() {
    Path missing = folder.resolve("missing.csv");
    assertThatThrownBy(() -> Csv.read(missing, DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(missing + " does not exist. A CSV file was expected there.");
    assertThatThrownBy(() -> Csv.read(folder, DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(folder + " is not a file. A CSV file was expected there.");
  }

  @Test
  void readsOtherEncodings() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "a,y\n1,caf\u00e9\n2,b\u00e4r\n".getBytes(StandardCharsets.ISO_8859_1));
    Reading latin = Csv.reading(file, DEFAULTS);
    assertThat(labels(latin.table())).containsExactly("caf\u00e9", "b\u00e4r");
    assertThat(latin.remarks()).contains("Read as text in windows-1252; --encoding names another.");
    assertThatThrownBy(() -> Csv.read(file, DEFAULTS.withEncoding(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            file + " is not text in UTF-8: name its encoding, such as --encoding windows-1252.");
    Files.write(file, "caf\u00e9,y\n1,2\n".getBytes(StandardCharsets.UTF_16));
    assertThat(Csv.read(file, DEFAULTS).featureNames()).containsExactly("caf\u00e9");
    Files.write(file, "caf\u00e9,y\n1,2\n".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> Csv.read(file, DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(file + " is not text: a CSV file was expected."); // without its mark
    assertThat(Csv.read(file, DEFAULTS.withEncoding(StandardCharsets.UTF_16LE)).featureNames())
        .containsExactly("caf\u00e9");
  }

  @Test
  void refusesAFieldWithoutEnd() throws IOException {
    Path file = file("a,y\n1,2\n3,\"" + "x".repeat(17_000_000) + "\n");
    assertThatThrownBy(() -> Csv.read(file, DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith(file + " is not a sound CSV file: ");
  }

  private static CsvOptions alone(String... features) {
    return DEFAULTS.withColumns(List.of(features), List.of()).withFeaturesAlone();
  }

  private Matrix features(String text, CsvOptions options) throws IOException {
    return Csv.read(file(text), options).features();
  }

  @Test
  void readsKnownFeaturesByName() throws IOException {
    Matrix features = features("id,a,y,b\nu,1,no,2\nv,3,,4\n", alone("b", "a"));
    assertThat(features.rows()).isEqualTo(2);
    assertThat(row(features, 0)).containsExactly(2.0, 1.0);
    assertThat(row(features, 1)).containsExactly(4.0, 3.0);
    assertRefused("a,c\n1,2\n", alone("b", "a"), "FILE lacks the column b: its columns are a, c.");
  }

  @Test
  void whatIsWrongInOtherColumnsDoesNotMatter() throws IOException {
    assertThat(row(features("id,a\n1,1\n2,3\nx,5\n", alone("a")), 2)).containsExactly(5.0);
  }

  @Test
  void readsKnownFeaturesByPlace() throws IOException {
    CsvOptions options = alone("a", "b");
    assertThat(row(features("1,2\n3,4\n", options), 1)).containsExactly(3.0, 4.0);
    assertThat(row(features("1,2,yes\n", options), 0)).containsExactly(1.0, 2.0);
    assertThat(row(features("yes,1,2\n", options.withTarget("1")), 0)).containsExactly(1.0, 2.0);
    assertRefused(
        "1,2,3,4\n",
        options,
        "FILE has no header and 4 columns: expected the 2 features (a, b) and then the target.");
  }

  @Test
  void oneFeatureMakesAFileOfOneColumn() throws IOException {
    for (String text : List.of("a\n1\n2\n", "1\n2\n")) {
      Matrix features = features(text, alone("a"));
      assertThat(features.rows()).isEqualTo(2);
      assertThat(row(features, 1)).containsExactly(2.0);
    }
  }

  @Test
  void readsATableForKnownColumns() throws IOException {
    CsvOptions options = DEFAULTS.withColumns(List.of("b", "a"), List.of("y"));
    Table data = read("a,y,b,z\n1,yes,2,\n3,no,4,\n", options);
    assertThat(data.featureNames()).containsExactly("b", "a");
    assertThat(row(data.features(), 1)).containsExactly(4.0, 3.0);
    assertThat(data.targets()).containsExactly("y");
    assertThat(labels(data)).containsExactly("yes", "no");
    assertThat(read("1,2,no\n", options).targets()).containsExactly("y");
    assertThat(read("a,b\n1,2\n", options).targets()).isEmpty();
    assertThat(read("a,b,price\n1,2,3\n", options).targets()).containsExactly("price");
  }

  @Test
  void longListsOfColumnsAreCutInErrors() throws IOException {
    String header = String.join(",", IntStream.range(0, 30).mapToObj(i -> "c" + i).toList());
    assertRefused(
        header + "\n",
        DEFAULTS.withTarget("z"),
        "FILE has no column \"z\" to predict: its columns are "
            + "c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, ... (30 in all).");
  }
}
