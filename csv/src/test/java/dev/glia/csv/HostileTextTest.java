package dev.glia.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.glia.table.InvalidDataException;
import dev.glia.table.Matrix;
import dev.glia.table.Table;
import dev.glia.task.Task;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A megabyte of anything in a CSV file is read or refused at once. */
class HostileTextTest {

  private static final Duration SOON = Duration.ofSeconds(10); // linear takes milliseconds
  private static final int LONG = 1 << 20;
  private static final CsvOptions DEFAULTS = CsvOptions.defaults();

  @TempDir private Path folder;

  /** Something that reads. */
  @FunctionalInterface
  interface Parser {
    void parse(String text) throws IOException;
  }

  static Stream<Arguments> parsers() {
    return Stream.of(
        parser("a file", text -> read(text, DEFAULTS)),
        parser("a header", text -> read("a," + text + "\n1,2\n3,4\n", DEFAULTS)),
        parser("a row", text -> read("a,b\n1,2\n" + text + "\n", DEFAULTS)),
        parser("a number", text -> read("a,b\n1,2\n\"" + text + "\",2\n", DEFAULTS)),
        parser("a class", text -> read("a,b\n1,x\n2,\"" + text + "\"\n", DEFAULTS)),
        parser("a word", text -> read("a,b\nx,1\n\"" + text + "\",2\n", DEFAULTS)),
        parser(
            "a number to predict",
            text -> read("a,b\n1,x\n2,\"" + text + "\"\n", DEFAULTS.withTask(Task.Kind.NUMBER))),
        parser("a target's name", text -> read("a,b\n1,2\n", DEFAULTS.withTarget(text))),
        parser("a target's number", text -> read("1,2\n3,4\n", DEFAULTS.withTarget(text))));
  }

  private static Arguments parser(String name, Parser parser) {
    return Arguments.argumentSet(name, parser);
  }

  private static void read(String text, CsvOptions options) throws IOException {
    Csv.read("data.csv", text, options);
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void aMegabyteOfAnythingIsReadOrRefusedAtOnce(Parser parser) {
    for (String text : texts()) {
      String shown = text.substring(0, 20).replace('\n', ' ') + "...";
      assertTimeoutPreemptively(
          SOON,
          () -> {
            try {
              parser.parse(text);
            } catch (IllegalArgumentException | IOException refused) {
              assertThat(refused.getMessage()).as(shown).isNotEmpty().hasSizeLessThan(1000);
            }
          },
          shown);
    }
  }

  /** Each thing that the grammar knows again and again. */
  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (String part :
        List.of(
            ",", ";", "\t", "\"", "\",", "\n", "\r", "#", "#\n", " ", "\0", ".", "-", "e", "0", "9",
            "1,", "1\n", "1,2\n", "a", "a,", "a\n", "a,b\n", "😀", "\uFEFF")) {
      String much = part.repeat(LONG / part.length());
      texts.add(much);
      texts.add("1" + much + "!");
    }
    return texts;
  }

  /** As many as FastCSV takes, in another order than they are asked for. */
  @Test
  void sixteenThousandColumnsAreFoundByTheirNames() throws IOException {
    List<String> names = IntStream.range(0, 16_000).mapToObj(i -> "column" + i).toList();
    String header = String.join(",", names.reversed());
    String row = "1" + ",2".repeat(names.size() - 1);
    Path file = Files.writeString(folder.resolve("wide.csv"), header + "\n" + row + "\n");
    assertTimeoutPreemptively(
        SOON,
        () -> {
          CsvOptions known = DEFAULTS.withColumns(names, List.of()).withFeaturesAlone();
          Matrix features = Csv.read(file, known).features();
          assertThat(features.columns()).isEqualTo(names.size());
          assertThat(features.get(0, names.size() - 1)).isEqualTo(1);
          Table data = Csv.read(file, DEFAULTS.withTarget("column0"));
          assertThat(data.featureNames().getFirst()).isEqualTo("column15999");
        });
    Path twice =
        Files.writeString(folder.resolve("twice.csv"), header + ",column7\n" + row + ",1\n");
    assertThatThrownBy(() -> Csv.read(twice, DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(twice + ": two columns have the name \"column7\": rename or remove one.");
  }

  @Test
  void namesThatNoSentenceHoldsAreRefused() {
    String longest = "x".repeat(1000);
    assertThatThrownBy(() -> read("a," + longest + "x,b\n1,2,3\n", DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            "data.csv: the name of column 2 is \""
                + "x".repeat(60)
                + "...\" (1,001 characters), at most 1000 are possible: shorten it.");
    assertThatThrownBy(() -> read("a,b\n1,y\n2,x" + longest + "\n", DEFAULTS))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith(
            "data.csv, line 3, column \"b\": expected a word of at most 1000 characters, got \"xxx");
  }

  @Test
  void aNumberMayBeWrittenInFull() throws IOException {
    String least = new BigDecimal(Double.MIN_VALUE).toPlainString();
    Table data = Csv.read("data.csv", "a,b\n" + least + ",1\n0,2\n", DEFAULTS);
    assertThat(data.features().get(0, 0)).isEqualTo(Double.MIN_VALUE);
  }
}
