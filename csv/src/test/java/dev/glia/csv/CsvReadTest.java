package dev.glia.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.csv.CsvOptions.Header;
import dev.glia.csv.CsvOptions.TargetKind;
import dev.glia.data.ClassTarget;
import dev.glia.data.Dataset;
import dev.glia.data.InvalidDataException;
import dev.glia.data.Matrix;
import dev.glia.data.NumberTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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

  private Dataset read(String text, CsvOptions options) throws IOException {
    return CsvFile.readDataset(file(text), options);
  }

  private Dataset read(String text) throws IOException {
    return read(text, DEFAULTS);
  }

  private void assertRefused(String text, CsvOptions options, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> CsvFile.readDataset(file, options))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(message.replace("FILE", file.toString()));
  }

  @Test
  void readsTheTextOfAFileAsTheFile() throws IOException {
    String text = "\uFEFFa;b;c\n# no row\n1;2;x\n3;4,5;y\n";
    Path file = file(text.replace(',', '.'));
    Dataset fromText =
        CsvFile.readDataset("things.csv", text.replace(',', '.'), DEFAULTS.withTarget("c"));
    Dataset fromFile = CsvFile.readDataset(file, DEFAULTS.withTarget("c"));
    assertThat(fromText.name()).isEqualTo(fromFile.name()).isEqualTo("things");
    assertThat(fromText.featureNames()).isEqualTo(fromFile.featureNames());
    assertThat(row(fromText.features(), 1)).isEqualTo(row(fromFile.features(), 1));
    assertThat(labels(fromText)).isEqualTo(labels(fromFile));
    assertThatThrownBy(() -> CsvFile.readDataset("up/../my.csv", "1,2\n3\n", DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage("up/../my.csv, line 2: expected 2 fields as in the first row, got 1.");
    assertThatThrownBy(() -> CsvFile.readDataset("empty.csv", "", DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("empty.csv is empty");
  }

  private static List<Double> row(Matrix matrix, int row) {
    return IntStream.range(0, matrix.columns()).mapToObj(c -> matrix.get(row, c)).toList();
  }

  private static List<String> labels(Dataset data) {
    ClassTarget target = (ClassTarget) data.target();
    return IntStream.range(0, data.rows())
        .mapToObj(r -> target.names().get(target.classOf(r)))
        .toList();
  }

  private static List<Double> numbers(Dataset data) {
    NumberTarget target = (NumberTarget) data.target();
    return IntStream.range(0, data.rows()).mapToObj(target::value).toList();
  }

  @Test
  void readsACommentAHeaderAndClasses() throws IOException {
    Dataset data =
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
    assertThat(((ClassTarget) data.target()).names()).containsExactly("0", "1");
    assertThat(labels(data)).containsExactly("0", "1", "0");
  }

  @Test
  void readsWithoutAHeader() throws IOException {
    Dataset data = read("5.1,3.5,setosa\n6.2,2.9,virginica\n5.9,3.0,setosa");
    assertThat(data.featureNames()).containsExactly("x1", "x2");
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
    Dataset data = read("a|b|y\n1|2|0\n3|4|1\n", DEFAULTS.withSeparator('|'));
    assertThat(row(data.features(), 0)).containsExactly(1.0, 2.0);
  }

  @Test
  void readsAByteOrderMarkWindowsLinesAndQuotes() throws IOException {
    Dataset data = read("\uFEFF\"a,1\",\"b \"\"c\"\"\",y\r\n\"1\", 2 ,\"dog, big\"\r\n3,4,cat\r\n");
    assertThat(data.featureNames()).containsExactly("a,1", "b \"c\"");
    assertThat(row(data.features(), 0)).containsExactly(1.0, 2.0);
    assertThat(((ClassTarget) data.target()).names()).containsExactly("cat", "dog, big");
  }

  @Test
  void aHeaderCanBeForced() throws IOException {
    String text = "1,2,3\n4,5,6\n";
    assertThat(read(text).rows()).isEqualTo(2);
    Dataset data = read(text, DEFAULTS.withHeader(Header.PRESENT));
    assertThat(data.rows()).isEqualTo(1);
    assertThat(data.featureNames()).containsExactly("1", "2");
    assertRefused(
        "a,b,y\n1,2,3\n",
        DEFAULTS.withHeader(Header.ABSENT),
        "FILE, line 1, column 1: expected a number, got \"a\". Categories are not supported yet: "
            + "turn them into numbers or remove the column.");
  }

  @Test
  void theTargetIsGivenByNameOrNumber() throws IOException {
    String text = "y,a,b\nup,1,2\ndown,3,4\n";
    for (String target : List.of("y", "1")) {
      Dataset data = read(text, DEFAULTS.withTarget(target));
      assertThat(data.featureNames()).containsExactly("a", "b");
      assertThat(labels(data)).containsExactly("up", "down");
    }
    Dataset bare = read("up,1,2\ndown,3,4\n", DEFAULTS.withTarget("1"));
    assertThat(row(bare.features(), 1)).containsExactly(3.0, 4.0);
    assertThat(labels(bare)).containsExactly("up", "down");
  }

  @Test
  void aNameThatIsANumberWinsOverTheNumber() throws IOException {
    Dataset data =
        read("a,b,1\n5,6,0\n7,8,1\n", DEFAULTS.withHeader(Header.PRESENT).withTarget("1"));
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
        "1 2 3 1 2 3 | true",
        "1 2 3 1 2 3.5 | false",
        "1 2 3 1 2 x | true",
        "7 | true",
        "1.5 2.5 1.5 2.5 | false"
      })
  void decidesBetweenClassesAndNumbers(String targets, boolean classes) throws IOException {
    String text = "a,y\n1," + targets.replace(" ", "\n1,") + "\n";
    assertThat(read(text).target() instanceof ClassTarget).isEqualTo(classes);
  }

  @Test
  void moreThanTwentyWholeNumbersAreNumbers() throws IOException {
    for (int different : new int[] {20, 21}) {
      StringBuilder text = new StringBuilder("a,y\n");
      for (int row = 0; row < 3 * different; row++) {
        text.append("1,").append(row % different).append('\n');
      }
      assertThat(read(text.toString()).target() instanceof ClassTarget).isEqualTo(different == 20);
    }
  }

  @Test
  void wholeNumbersAreClassesInNumericOrder() throws IOException {
    Dataset data = read("a,y\n1,10\n1,9\n1,10.0\n1,-2\n1,009\n1,-2\n");
    assertThat(((ClassTarget) data.target()).names()).containsExactly("-2", "9", "10");
    assertThat(labels(data)).containsExactly("10", "9", "10", "-2", "9", "-2");
  }

  @Test
  void theKindOfTargetCanBeForced() throws IOException {
    String text = "a,y\n1,0\n2,1\n3,1\n";
    Dataset numbers = read(text, DEFAULTS.withTargetKind(TargetKind.NUMBERS));
    assertThat(numbers(numbers)).containsExactly(0.0, 1.0, 1.0);
    assertThat(((NumberTarget) numbers.target()).name()).isEqualTo("y");
    Dataset classes = read("1,2.5\n2,0.5\n3,10\n", DEFAULTS.withTargetKind(TargetKind.CLASSES));
    assertThat(((ClassTarget) classes.target()).names()).containsExactly("0.5", "2.5", "10");
    assertRefused(
        "a,y\n1,2\n3,four\n",
        DEFAULTS.withTargetKind(TargetKind.NUMBERS),
        "FILE, line 3, column \"y\": expected a number to predict, got \"four\".");
  }

  @Test
  void aTargetWithoutAHeaderIsCalledTarget() throws IOException {
    assertThat(((NumberTarget) read("1,2.5\n2,0.5\n").target()).name()).isEqualTo("target");
  }

  @Test
  void noneAndASignAreClassesButNoNumbers() throws IOException {
    assertThat(labels(read("a,y\n1,none\n2,-\n"))).containsExactly("none", "-");
    assertRefused(
        "a,y\n1,0\n-,1\n",
        DEFAULTS,
        "FILE, line 3, column \"a\": expected a number, got \"-\". "
            + "Missing values are not supported yet: fill them in or remove the row.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NA", "n/a", "NaN", "null", "None", "?"})
  void refusesMissingValues(String missing) throws IOException {
    String got = missing.isEmpty() ? "nothing" : '"' + missing + '"';
    assertRefused(
        "a,b,y\n1,2,0\n3," + missing + ",1\n",
        DEFAULTS,
        "FILE, line 3, column \"b\": expected a number, got "
            + got
            + ". Missing values are not supported yet: fill them in or remove the row.");
  }

  @Test
  void aMissingValueInTheFirstRowIsNoHeader() throws IOException {
    assertRefused(
        ",2,0\n3,4,1\n",
        DEFAULTS,
        "FILE, line 1, column 1: expected a number, got nothing. "
            + "Missing values are not supported yet: fill them in or remove the row.");
  }

  @Test
  void refusesAMissingTarget() throws IOException {
    assertRefused(
        "a,y\n1,cat\n2,\n",
        DEFAULTS,
        "FILE, line 3, column \"y\": expected what is to be predicted, got nothing. "
            + "Missing values are not supported yet: fill them in or remove the row.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "-Infinity", "1e999", "-3.5e38"})
  void refusesNumbersThatAreTooLarge(String number) throws IOException {
    assertRefused(
        "a,y\n1,0\n" + number + ",1\n",
        DEFAULTS,
        "FILE, line 3, column \"a\": expected a number, got "
            + number
            + ". Numbers must lie between -3.4e38 and 3.4e38.");
    assertRefused(
        "a,y\n1,0.5\n2," + number + "\n",
        DEFAULTS,
        "FILE, line 3, column \"y\": expected a number to predict, got \"" + number + "\".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"red", "0x10", "1d", "1_000", "--1", "1e", "2024-01-01", "1 2"})
  void refusesWords(String word) throws IOException {
    assertRefused(
        "colour;y\n1;0\n" + word + ";1\n",
        DEFAULTS,
        "FILE, line 3, column \"colour\": expected a number, got \""
            + word
            + "\". Categories are not supported yet: "
            + "turn them into numbers or remove the column.");
  }

  @Test
  void saysThatACommaIsNoDecimalPoint() throws IOException {
    assertRefused(
        "1,5;2,5;0\n",
        DEFAULTS,
        "FILE, line 1, column 1: expected a number, got \"1,5\". "
            + "Write a decimal point, not a comma.");
  }

  @Test
  void refusesRowsOfAnotherWidth() throws IOException {
    assertRefused(
        "a,b,y\n# a comment\n1,2,0\n\n1,2\n",
        DEFAULTS,
        "FILE, line 5: expected 3 fields as in the first row, got 2.");
    assertRefused(
        "1,2,0\n1,2,0,4\n",
        DEFAULTS,
        "FILE, line 2: expected 3 fields as in the first row, got 4.");
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
        ": features and a target were expected, with comma, semicolon or tab between them.";
    assertRefused("1\n2\n", DEFAULTS, "FILE has one column only, \"1\"" + rest);
    assertRefused("y\n1\n", DEFAULTS, "FILE has one column only, \"y\"" + rest);
  }

  @Test
  void refusesColumnsWithoutANameOfTheirOwn() throws IOException {
    assertRefused(
        ",a,y\n0,1,2\n",
        DEFAULTS,
        "FILE: column 1 has no name in the header: give it one, or remove the column.");
    assertRefused(
        "a,b,a\n0,1,2\n", DEFAULTS, "FILE: two columns have the name \"a\": rename or remove one.");
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
        "FILE, column \"y\": 1001 different classes, at most 1000 can be told apart. "
            + "Is another column the one to predict? Name it as the target.");
  }

  @Test
  void refusesWhatIsNotAFile() {
    Path missing = folder.resolve("missing.csv");
    assertThatThrownBy(() -> CsvFile.readDataset(missing, DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(missing + " does not exist. A CSV file was expected there.");
    assertThatThrownBy(() -> CsvFile.readDataset(folder, DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(folder + " is not a file. A CSV file was expected there.");
  }

  @Test
  void refusesAnotherEncoding() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "a,y\n1,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> CsvFile.readDataset(file, DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(file + " is not text in UTF-8: save it in that encoding.");
    Files.write(file, "caf\u00e9,y\n1,2\n".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> CsvFile.readDataset(file, DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(file + " is not text in UTF-8: save it in that encoding.");
  }

  @Test
  void refusesAFieldWithoutEnd() throws IOException {
    Path file = file("a,y\n1,2\n3,\"" + "x".repeat(17_000_000) + "\n");
    assertThatThrownBy(() -> CsvFile.readDataset(file, DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith(file + " is not a sound CSV file: ");
  }

  @Test
  void readsKnownFeaturesByName() throws IOException {
    CsvOptions options = DEFAULTS.withFeatureNames(List.of("b", "a"));
    Matrix features = CsvFile.readFeatures(file("id,a,y,b\nu,1,no,2\nv,3,,4\n"), options);
    assertThat(features.rows()).isEqualTo(2);
    assertThat(row(features, 0)).containsExactly(2.0, 1.0);
    assertThat(row(features, 1)).containsExactly(4.0, 3.0);
    Path lacking = file("a,c\n1,2\n");
    assertThatThrownBy(() -> CsvFile.readFeatures(lacking, options))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(lacking + " lacks the column b: its columns are a, c.");
  }

  @Test
  void readsKnownFeaturesByPlace() throws IOException {
    CsvOptions options = DEFAULTS.withFeatureNames(List.of("a", "b"));
    assertThat(row(CsvFile.readFeatures(file("1,2\n3,4\n"), options), 1)).containsExactly(3.0, 4.0);
    assertThat(row(CsvFile.readFeatures(file("1,2,yes\n"), options), 0)).containsExactly(1.0, 2.0);
    assertThat(row(CsvFile.readFeatures(file("yes,1,2\n"), options.withTarget("1")), 0))
        .containsExactly(1.0, 2.0);
    Path wide = file("1,2,3,4\n");
    assertThatThrownBy(() -> CsvFile.readFeatures(wide, options))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            wide
                + " has no header and 4 columns: expected the 2 features (a, b) and then the "
                + "target.");
  }

  @Test
  void oneFeatureMakesAFileOfOneColumn() throws IOException {
    CsvOptions options = DEFAULTS.withFeatureNames(List.of("a"));
    for (String text : List.of("a\n1\n2\n", "1\n2\n")) {
      Matrix features = CsvFile.readFeatures(file(text), options);
      assertThat(features.rows()).isEqualTo(2);
      assertThat(row(features, 1)).containsExactly(2.0);
    }
  }

  @Test
  void featuresAloneNeedTheirNames() {
    assertThatThrownBy(() -> CsvFile.readFeatures(folder, DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Reading features alone needs their names: give them with withFeatureNames.");
  }

  @Test
  void readsADatasetForKnownFeaturesAndClasses() throws IOException {
    CsvOptions options =
        DEFAULTS.withFeatureNames(List.of("b", "a")).withClassNames(List.of("no", "yes", "2"));
    Dataset data = read("a,y,b\n1,yes,2\n3,2.0,4\n", options);
    assertThat(data.featureNames()).containsExactly("b", "a");
    assertThat(row(data.features(), 1)).containsExactly(4.0, 3.0);
    assertThat(((ClassTarget) data.target()).names()).containsExactly("no", "yes", "2");
    assertThat(labels(data)).containsExactly("yes", "2");
    assertThat(labels(read("1,2,no\n", options))).containsExactly("no");
    assertRefused(
        "a,y,b\n1,yes,2\n3,maybe,4\n",
        options,
        "FILE, line 3, column \"y\": expected one of the classes no, yes, 2, got \"maybe\".");
    assertRefused(
        "a,b\n1,2\n",
        options,
        "FILE has the features alone (a, b): a target column was expected too.");
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
