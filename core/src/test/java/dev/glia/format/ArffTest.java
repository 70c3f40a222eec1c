package dev.glia.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.glia.reading.ColumnKind;
import dev.glia.reading.Reading;
import dev.glia.reading.ReadingOptions;
import dev.glia.reading.TableFormat;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArffTest {

  private static final String WEATHER =
      """
      % 1. Title: weather
      %
      @RELATION 'the weather'

      @attribute outlook {sunny, overcast, rainy}
      @Attribute "air temperature" REAL % in degrees
      @attribute humidity integer
      @attribute	windy	{TRUE,FALSE}
      @attribute seen date "yyyy-MM-dd HH:mm"
      @attribute 'it''s' numeric
      @attribute play {yes,no}

      @DATA
      sunny,85,85,FALSE,"2024-03-01 12:30",1,no
      % a comment
      sunny , 80.5 , 90 , TRUE , '2024-03-02 00:00' , ? , no

      overcast,?,86,?,?,-1e3,yes
      rainy,70,96,FALSE,"2024-03-03 00:00",2,yes % the last
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.arff"), text);
  }

  private Reading reading(String text) throws IOException {
    return reading(file(text), ReadingOptions.defaults());
  }

  private static Reading reading(Path file, ReadingOptions options) throws IOException {
    return Reading.of(TableFormat.of(file).orElseThrow().read(file, options), options);
  }

  private static List<Object> values(Column column) {
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < column.rows(); row++) {
      values.add(
          switch (column) {
            case Numbers numbers -> (Object) numbers.get(row);
            case Categories words -> words.missing(row) ? "" : words.levels().get(words.code(row));
            case Dates dates -> dates.text(row);
            default -> throw new AssertionError(column);
          });
    }
    return values;
  }

  @Test
  void aHeaderSaysWhatTheColumnsHold() throws IOException {
    String text = WEATHER.replace("'it''s'", "'it\\'s'");
    Reading reading = reading(text);

    assertThat(reading.table().name()).isEqualTo("the weather");
    assertThat(reading.table().columns())
        .extracting(Column::name)
        .containsExactly("outlook", "air temperature", "humidity", "windy", "seen", "it's", "play");
    assertThat(reading.table().targets()).containsExactly("play");
    assertThat(values(reading.table().column("outlook")))
        .containsExactly("sunny", "sunny", "overcast", "rainy");
    assertThat(((Categories) reading.table().column("outlook")).levels())
        .containsExactly("sunny", "overcast", "rainy");
    assertThat(values(reading.table().column("air temperature")))
        .containsExactly(85.0, 80.5, Double.NaN, 70.0);
    assertThat(values(reading.table().column("windy")))
        .containsExactly("FALSE", "TRUE", "", "FALSE");
    assertThat(values(reading.table().column("seen")).getFirst().toString())
        .startsWith("2024-03-01T12:30");
    assertThat(values(reading.table().column("it's")))
        .containsExactly(1.0, Double.NaN, -1000.0, 2.0);
  }

  @Test
  void stringsAreReadAsThoseOfACsvFile() throws IOException {
    Reading reading =
        reading(
            """
            @relation r
            @attribute a string
            @attribute b string
            @attribute y numeric
            @data
            'x, y',1,1
            "say ""hi",2,2
            """
                .replace("\"say \"\"hi\"", "\"say \\\"hi\""));

    assertThat(values(reading.table().column("a"))).containsExactly("x, y", "say \"hi");
    assertThat(reading.table().column("b")).isInstanceOf(Numbers.class);
  }

  @Test
  void sparseRowsHaveZerosWhereNothingIsSaid() throws IOException {
    Reading reading =
        reading(
            """
            @relation sparse
            @attribute a numeric
            @attribute b {none,some}
            @attribute c numeric
            @attribute y {no,yes}
            @data
            {0 2, 1 some, 3 yes}
            {2 ?}
            { }
            {1 'some' , 3 "yes"}
            """);

    assertThat(values(reading.table().column("a"))).containsExactly(2.0, 0.0, 0.0, 0.0);
    assertThat(values(reading.table().column("b"))).containsExactly("some", "none", "none", "some");
    assertThat(values(reading.table().column("y"))).containsExactly("yes", "no", "no", "yes");
  }

  @Test
  void blanksMayPartTheValuesAndWeightsAreLeftOut() throws IOException {
    assertThat(
            values(
                reading("@relation r\n@attribute a real\n@attribute y real\n@data\n1 2\n3\t4\n")
                    .table()
                    .column("y")))
        .containsExactly(2.0, 4.0);
    assertThat(
            reading("@relation r\n@attribute a real\n@attribute y real\n@data\n1,2,{5}\n3,4\n")
                .remarks())
        .contains("The weights of 1 rows are left out.");
  }

  @Test
  void valuesThatStandInNoRowAreNoClasses() throws IOException {
    Reading reading =
        reading("@relation r\n@attribute a real\n@attribute y {a,b,c}\n@data\n1,c\n2,a\n");

    assertThat(((Categories) reading.table().target()).levels()).containsExactly("a", "c");
    assertThat(reading.remarks()).contains("\"y\": 1 of its 3 declared values stand in no row: b.");
  }

  @Test
  void numbersThatNoNetworkTakesAreMissingAndSaid() throws IOException {
    Reading reading =
        reading(
            "@relation r\n@attribute a real\n@attribute y real\n@data\n1e300,1\nInf,2\nNaN,3\n4,4\n");

    assertThat(values(reading.table().column("a")))
        .containsExactly(Double.NaN, Double.NaN, Double.NaN, 4.0);
    assertThat(reading.remarks())
        .contains("\"a\": 2 numbers are infinite or beyond what a float holds, taken for missing.");
  }

  @Test
  void aUserOverrulesTheHeader() throws IOException {
    Path file = file(WEATHER.replace("'it''s'", "its"));
    Reading reading =
        reading(
            file,
            ReadingOptions.defaults()
                .withTargets(List.of("humidity"))
                .withColumns(Map.of("its", ColumnKind.CATEGORY, "windy", ColumnKind.IGNORE)));

    assertThat(reading.table().targets()).containsExactly("humidity");
    assertThat(values(reading.table().column("its"))).containsExactly("1", "", "-1000", "2");
    assertThat(reading.table().find("windy")).isEmpty();
  }

  @Test
  void aFileMayBePackedAndInTheEncodingOfWindows() throws IOException {
    String text =
        "@relation r\n@attribute größe {klein,groß}\n@attribute y real\n@data\ngroß,1\nklein,2\n";
    for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
        packed.write(text.getBytes(charset));
      }
      Path file = Files.write(folder.resolve("data.arff.gz"), bytes.toByteArray());

      Reading reading = reading(file, ReadingOptions.defaults());

      assertThat(values(reading.table().column("größe"))).containsExactly("groß", "klein");
      Path cut = Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 20));
      assertThatExceptionOfType(InvalidDataException.class)
          .isThrownBy(() -> reading(cut, ReadingOptions.defaults()))
          .withMessageContaining("it may be cut");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          @relation r                                        | ends before @data: it may be cut
          @relation r;@data;1                                | line 2: no @attribute stands above @data
          @relation r;hello;@data                            | line 2: expected @relation, @attribute or @data, got "hello"
          @relation r;@attribute                             | line 2: an @attribute needs a name and what it holds
          @relation r;@attribute a                           | line 2: the attribute "a" is to hold ""; expected numeric
          @relation r;@attribute a complex                   | line 2: the attribute "a" is to hold "complex"; expected numeric
          @relation r;@attribute a relational                | which cannot be learnt from
          @relation r;@attribute 'a numeric                  | line 2: a quote is not closed
          @relation r;@attribute 'a'b numeric                | line 2: something follows a closing quote
          @relation r;@attribute a {x,y                      | line 2: the values of the attribute "a" are not closed by }
          @relation r;@attribute a {x,x}                     | has the value "x" twice
          @relation r;@attribute a date "QQ"                 | which is none of Java's
          @relation r;@attribute a real;@data                | has no row below @data
          @relation r;@attribute a real;@data;x              | line 4: column "a": expected a number, got "x"
          @relation r;@attribute a {x,y};@data;z             | line 4: column "a": expected one of x, y, got "z"
          @relation r;@attribute a date;@data;z              | line 4: column "a": expected a date such as 2024-03-01T12:30:00, got "z"
          @relation r;@attribute a date yyyy;@data;z         | line 4: column "a": expected a date such as 1970, got "z"
          @relation r;@attribute a real;@data;1,2            | line 4: more values than the 1 of the header
          @relation r;@attribute a real;@data;1 2            | line 4: more values than the 1 of the header
          @relation r;@attribute a real;@attribute b real;@data;1 | line 5: expected 2 values, as the header has attributes, got 1
          @relation r;@attribute a real;@data;{1 2}          | line 4: expected the number of an attribute, 0 to 0
          @relation r;@attribute a real;@data;{0 2           | line 4: a row that begins with { is not closed by }
          @relation r;@attribute a real;@data;{x 2}          | line 4: expected the number of an attribute
          """)
  void whatIsWrongIsSaidInASentence(String text, String message) throws IOException {
    String lines = text.replace(';', '\n');
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> reading(lines))
        .withMessageStartingWith(folder.resolve("data.arff").toString())
        .withMessageContaining(message);
  }

  @Test
  void fewBytesDoNotTakeMuchMemory() throws IOException {
    StringBuilder text = new StringBuilder("@relation r\n");
    for (int i = 0; i < 100_000; i++) {
      text.append("@attribute a").append(i).append(" real\n");
    }
    text.append("@data\n").append("{}\n".repeat(100_000));

    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> reading(text.toString()))
        .withMessageContaining("of memory");
  }

  @Test
  void cutAndChangedFilesAreReadOrRefused() throws IOException {
    byte[] bytes = WEATHER.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(1);
    for (int i = 0; i < 1_200; i++) {
      byte[] changed = Arrays.copyOf(bytes, i < bytes.length ? i : bytes.length);
      for (int j = 0; i >= bytes.length && j < 3; j++) {
        changed[random.nextInt(changed.length)] = bytes[random.nextInt(bytes.length)];
      }
      Path file = Files.write(folder.resolve("data.arff"), changed);
      try {
        reading(file, ReadingOptions.defaults());
      } catch (InvalidDataException expected) {
        assertThat(expected).hasMessageContaining("data.arff");
      }
    }
  }
}
