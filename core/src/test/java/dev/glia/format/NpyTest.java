package dev.glia.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.glia.reading.Reading;
import dev.glia.reading.ReadingOptions;
import dev.glia.reading.TableFormat;
import dev.glia.table.Categories;
import dev.glia.table.ImageSize;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that NumPy itself has written: see {@code make.py} beside them. */
class NpyTest {

  @TempDir private Path folder;

  private Path file(String name) throws IOException {
    try (InputStream in = NpyTest.class.getResourceAsStream(name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  private static Reading reading(Path file, ReadingOptions options) throws IOException {
    return Reading.of(TableFormat.of(file).orElseThrow().read(file, options), options);
  }

  private Reading reading(String name) throws IOException {
    return reading(file(name), ReadingOptions.defaults());
  }

  private static double[] numbers(Reading reading) {
    return reading.columns().stream()
        .flatMapToDouble(column -> Arrays.stream(((Numbers) column.column()).values()))
        .toArray();
  }

  private static double[] grid(double scale, boolean positive) {
    return IntStream.range(0, 3)
        .boxed()
        .flatMapToDouble(c ->
            IntStream.range(0, 4)
                .mapToDouble(r -> (r * 3 + c - 3) * scale)
                .map(v -> positive ? Math.abs(v) : v))
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i1",
        "i2",
        "i4-big",
        "i8",
        "u1",
        "u2-big",
        "u4",
        "u8-big",
        "f2",
        "f4-big",
        "f8",
        "fortran",
        "version1",
        "version2",
        "version3"
      })
  void everyTypeOfNumbersIsRead(String name) throws IOException {
    Reading reading = reading(name + ".npy");

    assertThat(numbers(reading))
        .containsExactly(grid(name.matches("f\\d.*") ? 0.5 : 1, name.startsWith("u")));
    assertThat(reading.table().targets()).containsExactly("column 3");
    assertThat(reading.table().name()).isEqualTo(name);
  }

  @Test
  void booleansAreNumbersAndTextsAreWords() throws IOException {
    assertThat(numbers(reading("b1.npy"))).containsExactly(0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1);
    for (String name : List.of("words.npy", "bytes.npy", "big-words.npy")) {
      Reading reading = reading(file(name), ReadingOptions.defaults().withoutTargets());
      Categories words = (Categories) reading.columns().getFirst().column();
      assertThat(words.levels())
          .containsExactlyElementsOf(
              switch (name) {
                case "words.npy" -> List.of("blau", "grün", "rot");
                case "bytes.npy" -> List.of("blue", "red");
                default -> List.of("a", "b");
              });
    }
  }

  @Test
  void numbersThatNoNetworkTakesAreMissingAndSaid() throws IOException {
    Reading reading = reading("infinite.npy");

    assertThat(numbers(reading)).containsExactly(1, Double.NaN, Double.NaN, Double.NaN, 2, 3);
    assertThat(reading.remarks())
        .anyMatch(r ->
            r.endsWith("2 numbers are infinite or beyond what a float holds, taken for missing."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          objects.npy    | holds Python objects, which only Python can read
          structured.npy | is a structured array
          one.npy        | has the shape (5,), one column only: features and a target were expected
          others.npz     | holds the arrays a (10, 2), b (10, 2), c (10, 2): expected x (or X, data) and y
          lengths.npz    | x of
          """)
  void whatCannotBeReadIsSaidInASentence(String name, String message) throws IOException {
    Path file = file(name);
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> reading(file, ReadingOptions.defaults()))
        .withMessageContaining(file.toString())
        .withMessageContaining(message);
  }

  @Test
  void aModelTakesTheColumnsOfAnArrayInTheirOrder() throws IOException {
    ReadingOptions model = ReadingOptions.defaults().withFeatures(List.of("a", "b"), List.of("c"));
    Reading all = reading(file("f8.npy"), model);
    assertThat(all.table().featureNames()).containsExactly("a", "b");
    assertThat(all.table().targets()).containsExactly("c");

    ReadingOptions places =
        ReadingOptions.defaults()
            .withFeatures(List.of("column 1", "column 3"), List.of("column 2"))
            .withoutTargets();
    assertThat(reading(file("f8.npy"), places).table().featureNames())
        .containsExactly("column 1", "column 3");
  }

  @Test
  void archivesHoldFeaturesAndATarget() throws IOException {
    Reading plain = reading("plain.npz");
    assertThat(plain.table().featureNames()).containsExactly("column 1", "column 2");
    assertThat(plain.table().targets()).containsExactly("y");
    assertThat(((Numbers) plain.table().target()).values())
        .containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);

    Reading words = reading("words.npz");
    assertThat(((Categories) words.table().target()).levels()).containsExactly("no", "yes");

    Reading unnamed = reading("unnamed.npz");
    assertThat(unnamed.table().targets()).containsExactly("arr_0");
    assertThat(unnamed.table().featureNames()).containsExactly("column 1", "column 2");

    Reading oneHot = reading("one-hot.npz");
    assertThat(((Categories) oneHot.table().target()).levels()).containsExactly("0", "1");
    assertThat(oneHot.remarks()).anyMatch(r -> r.contains("has one 1 a row"));

    assertThat(reading("several.npz").table().targets()).containsExactly("y1", "y2");
  }

  @Test
  void ofAFileWithPartsATrainingGetsOneAndAModelTheOther() throws IOException {
    Reading training = reading("mnist.npz");
    Pixels pictures = (Pixels) training.table().column("image");
    assertThat(pictures.size()).isEqualTo(new ImageSize(3, 4));
    assertThat(pictures.rows()).isEqualTo(9);
    assertThat(pictures.numbers().get(0, 0)).isEqualTo(255);
    assertThat(training.table().targets()).containsExactly("y");
    assertThat(training.remarks())
        .contains("Taken: the arrays x_train and y_train; left out: x_test, y_test.");

    ReadingOptions model =
        ReadingOptions.defaults().withFeatures(new ImageSize(3, 4).pixelNames(), List.of("y"));
    Reading test = reading(file("mnist.npz"), model);
    assertThat(test.table().rows()).isEqualTo(3);
    assertThat(test.table().image()).isEqualTo(new ImageSize(3, 4));
    assertThat(test.table().column("image").numbers().get(2, 11)).isEqualTo(103);
    assertThat(test.remarks()).anyMatch(r -> r.contains("x_test and y_test"));
  }

  @Test
  void colouredPicturesBecomeGrey() throws IOException {
    Reading reading = reading("coloured.npz");

    assertThat(reading.table().column("image").numbers().get(0, 0)).isEqualTo(255);
    assertThat(reading.table().targets()).containsExactly("labels");
    assertThat(reading.remarks()).anyMatch(r -> r.contains("taken as grey ones"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"f8.npy", "fortran.npy", "words.npy", "plain.npz", "mnist.npz"})
  void cutAndChangedFilesAreReadOrRefused(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(file(name));
    Random random = new Random(1);
    Path changedFile = folder.resolve("changed" + name.substring(name.indexOf('.')));
    for (int i = 0; i < bytes.length + 500; i += i < bytes.length ? 3 : 1) {
      byte[] changed = Arrays.copyOf(bytes, Math.min(i, bytes.length));
      for (int j = 0; i >= bytes.length && j < 2; j++) {
        changed[random.nextInt(Math.min(changed.length, 400))] = (byte) random.nextInt(256);
      }
      Files.write(changedFile, changed);
      try {
        reading(changedFile, ReadingOptions.defaults());
        assertThat(i).isGreaterThanOrEqualTo(bytes.length);
      } catch (InvalidDataException expected) {
        assertThat(expected).hasMessageContaining("changed");
      }
    }
  }

  private static byte[] array(String header, int bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(header.length());
    out.write(0);
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[bytes]);
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <f8  | (2000000000, 2000000000) | more than 2 GiB
          <f8  | (200000000, 1)           | no data are packed so small
          <f8  | (99999999999, 1)         | each length is a number
          <f8  | (1000, 10)               | is cut: its header promises
          <f8  | (-1, 10)                 | without order or shape
          <f8  | (0, 10)                  | has nothing in it
          <f8  | ()                       | is a single value
          <U0  | (2, 2)                   | has nothing in it
          <U2000 | (2, 2)                 | items of the type
          <c16 | (2, 2)                   | items of the type
          <f3  | (2, 2)                   | items of the type
          x    | (2, 2)                   | items of the type
          """)
  void hostileHeadersAreRefused(String type, String shape, String message) throws IOException {
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(type.strip(), shape);
    Path file = Files.write(folder.resolve("hostile.npy"), array(text, 1));
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> reading(file, ReadingOptions.defaults()))
        .withMessageContaining(file.toString())
        .withMessageContaining(message);
  }

  @Test
  void aBombInAnArchiveIsRefused() throws IOException {
    Path file = folder.resolve("bomb.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(array("{'descr': '|u1', 'fortran_order': False, 'shape': (400000, 1000), }\n", 0));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 400_000_000 / zeros.length; i++) {
        zip.write(zeros);
      }
    }
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> reading(file, ReadingOptions.defaults()))
        .withMessageContaining("no data are packed so small");
  }
}
