package dev.glia.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.glia.reading.RawTable;
import dev.glia.reading.RawTable.RawColumn;
import dev.glia.reading.Reading;
import dev.glia.reading.ReadingOptions;
import dev.glia.reading.TableFormat;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pyarrow has written, and what they hold as Python has it: see {@code make.py}. */
class ParquetTest {

  @TempDir private Path folder;

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ParquetTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private Path file(String name) throws IOException {
    return Files.write(folder.resolve(name), resource(name));
  }

  private static Reading reading(Path file, ReadingOptions options) throws IOException {
    return Reading.of(TableFormat.of(file).orElseThrow().read(file, options), options);
  }

  /** All columns as texts, by their names. */
  private static Map<String, List<String>> values(Path file) throws IOException {
    Reading reading = reading(file, ReadingOptions.defaults().withoutTargets());
    Map<String, List<String>> values = new LinkedHashMap<>();
    reading.columns().forEach(column -> values.put(column.name(), texts(column.column())));
    return values;
  }

  private static List<String> texts(Column column) {
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < column.rows(); row++) {
      texts.add(column.missing(row) ? "" : text(column, row));
    }
    return texts;
  }

  private static String text(Column column, int row) {
    return switch (column) {
      case Numbers numbers -> Double.toString(numbers.get(row) + 0.0);
      case Dates dates -> Double.toString(dates.get(row));
      case Categories words -> words.levels().get(words.code(row));
      default -> throw new AssertionError(column);
    };
  }

  /** What Python says, in Java's spelling. */
  private static Map<String, List<String>> expected() throws IOException {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    for (String line :
        new String(resource("values.txt"), StandardCharsets.UTF_8).lines().toList()) {
      List<String> fields = List.of(line.split("\\|", -1));
      expected.put(
          fields.getFirst(),
          fields.stream()
              .skip(1)
              .map(field -> field.matches("-?[0-9.]+(e[-+]?[0-9]+)?") ? java(field) : field)
              .toList());
    }
    return expected;
  }

  private static String java(String number) {
    return Double.toString(Double.parseDouble(number) + 0.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "gzip", "zstd", "lz4", "groups", "int96", "encodings"})
  void everyTypeIsReadAsPythonReadsIt(String name) throws IOException {
    Map<String, List<String>> expected = expected();
    if (name.equals("encodings")) {
      expected.remove("words"); // whose dictionary has no other encoding
    }

    Map<String, List<String>> values = values(file(name + ".parquet"));

    assertThat(values.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach((column, texts) -> assertThat(values).containsEntry(column, texts));
  }

  @Test
  void columnsAreWhatTheFileSaysTheyAre() throws IOException {
    Path file = file("snappy.parquet");
    RawTable raw = new Parquet().read(file, ReadingOptions.defaults());

    assertThat(raw.title()).isEqualTo("snappy");
    assertThat(raw.remarks())
        .containsExactly("Left out: list (nested), struct (nested), bytes (bytes).");
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    for (RawColumn column : raw.columns()) {
      kinds.put(column.name(), column.known() == null ? String.class : column.known().getClass());
    }
    assertThat(kinds)
        .containsEntry("int8", Numbers.class)
        .containsEntry("decimal", Numbers.class)
        .containsEntry("bool", Categories.class)
        .containsEntry("date", Dates.class)
        .containsEntry("micros", Dates.class)
        .containsEntry("time", Dates.class)
        .containsEntry("text", String.class);
    Reading reading = reading(file, ReadingOptions.defaults().withTargets(List.of("bool")));
    assertThat(reading.table().targets()).containsExactly("bool");
    assertThat(reading.table().rows()).isEqualTo(34);
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "lz4", "zstd", "zstd-1", "zstd-9", "zstd-19"})
  void eachPackerGivesWhatGzipGives(String codec) throws IOException {
    assertThat(values(file("large-" + codec + ".parquet")))
        .isEqualTo(values(file("large-gzip.parquet")));
  }

  @Test
  void whatIsNotReadIsSaidInASentence() throws IOException {
    refused(file("brotli.parquet"), "is packed by BROTLI, which is not read");
    refused(file("empty.parquet"), "has no rows");
    refused(Files.write(folder.resolve("no.parquet"), new byte[0]), "bytes were expected");
    refused(
        Files.writeString(folder.resolve("text.parquet"), "a,b\n1,2\n"), "does not end with PAR1");
    refused(
        Files.writeString(folder.resolve("mark.parquet"), "PAR1\0\0\0\0PARE"), "it is encrypted");
    refused(folder.resolve("none.parquet"), "does not exist");
  }

  private static void refused(Path file, String message) {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> reading(file, ReadingOptions.defaults()))
        .withMessageStartingWith(file.toString())
        .withMessageContaining(message);
  }

  /** No cut or changed file may end in anything but a table or a sentence, nor take long. */
  @ParameterizedTest
  @ValueSource(
      strings = {"none", "snappy", "gzip", "zstd", "lz4", "groups", "encodings", "large-zstd-19"})
  void cutAndChangedFilesAreReadOrRefused(String name) throws IOException {
    byte[] bytes = resource(name + ".parquet");
    Random random = new Random(1);
    Path changedFile = folder.resolve("changed.parquet");
    for (int i = 0; i < 400; i++) {
      byte[] changed =
          i % 4 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
      for (int j = 0; i % 4 != 0 && j <= i % 3; j++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      Files.write(changedFile, changed);
      try {
        new Parquet().read(changedFile, ReadingOptions.defaults());
      } catch (InvalidDataException expected) {
        assertThat(expected).hasMessageContaining("changed.parquet");
      }
    }
  }
}
