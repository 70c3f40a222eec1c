package dev.glia.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glia.source.Blobs;
import dev.glia.table.ByteMatrix;
import dev.glia.table.Categories;
import dev.glia.table.DenseMatrix;
import dev.glia.table.ImageSize;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriteTest {

  @TempDir Path folder;

  private static Table numbers(double feature, double target) {
    return Table.of(
        "few",
        List.of("width, cm"),
        DenseMatrix.of(new double[] {feature}),
        new Numbers("weight", target));
  }

  @Test
  void writesAHeaderAndShortNumbers() throws IOException {
    Path file = folder.resolve("a.csv");
    Table data =
        Table.of(
            "few",
            List.of("width", "a \"b\", c"),
            DenseMatrix.of(new double[] {1, 0.1}, new double[] {-2.5, 1e-7}),
            new Categories("label", new int[] {1, 0}, List.of("cat", "dog, big")));
    Csv.write(data, file);
    assertThat(file)
        .hasContent(
            """
            width,"a ""b"", c",label
            1,0.1,"dog, big"
            -2.5,1.0E-7,cat
            """);
    Csv.write(numbers(3, 4.5), file); // in place of the first
    assertThat(file).hasContent("\"width, cm\",weight\n3,4.5\n");
  }

  @Test
  void classesReadBackAreTheSame() throws IOException {
    Path file = folder.resolve("blobs.csv");
    Table blobs = new Blobs(500, 12, 1, true, 3).generate();
    Csv.write(blobs, file);
    Table read = Csv.read(file, CsvOptions.defaults());
    Categories written = (Categories) blobs.target();
    Categories target = Categories.of((Numbers) read.target());
    assertThat(read.name()).isEqualTo("blobs");
    assertThat(target.levels()).isEqualTo(written.levels());
    for (int row = 0; row < blobs.rows(); row++) {
      assertThat(target.code(row)).isEqualTo(written.code(row));
      for (int column = 0; column < 2; column++) {
        assertThat(read.features().get(row, column)).isEqualTo(blobs.features().get(row, column));
      }
    }
  }

  @Test
  void wordsAndMissingValuesReadBackAsThemselves() throws IOException {
    Path file = folder.resolve("homes.csv");
    Table homes =
        new Table(
            "homes",
            List.of(
                new Categories("city", new int[] {1, 0, -1}, List.of("Oslo", "Rome")),
                new Numbers("area", 80, Double.NaN, 120.5),
                new Numbers("price", 1, 2, 3)),
            List.of("price"));
    Csv.write(homes, file);
    assertThat(file).hasContent("city,area,price\nRome,80,1\nOslo,,2\n,120.5,3\n");
    Table read = Csv.read(file);
    Categories city = (Categories) read.column("city");
    assertThat(city.levels()).containsExactly("Oslo", "Rome");
    assertThat(new int[] {city.code(0), city.code(1), city.code(2)}).containsExactly(1, 0, -1);
    assertThat(((Numbers) read.column("area")).values()).containsExactly(80, Double.NaN, 120.5);
    assertThat(read.targets()).containsExactly("price");
  }

  @Test
  void aTargetCalledAsAPixelGetsANameOfItsOwn() throws IOException {
    Path file = folder.resolve("dots.csv");
    Pixels dots = new Pixels("image", new ByteMatrix(1, 2, new byte[] {1, 2}), new ImageSize(2, 1));
    Csv.write(Table.of("dots", dots, new Numbers("pixel1", 7)), file);
    assertThat(file).hasContent("pixel1,pixel2,pixel1_\n1,2,7\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFFx", "#x", "a \"b\", c", "two\nlines", ";x", "x;y;z", "x\ty\tz"})
  void aNameReadsBackAsItself(String name) throws IOException {
    Path file = folder.resolve("things.csv");
    DenseMatrix features = DenseMatrix.of(new double[] {1}, new double[] {3});
    Numbers numbers = new Numbers("y", 0.5, 7);
    Csv.write(Table.of("things", List.of(name), features, numbers), file);
    assertThat(Csv.read(file, CsvOptions.defaults()).featureNames()).containsExactly(name);
  }

  @Test
  void everyDoubleReadsBackAsItself() throws IOException {
    long seed = 20260101;
    Random random = new Random(seed);
    double[] values =
        Stream.concat(
                Stream.of(0.0, -0.0, Double.MIN_VALUE, (double) Float.MAX_VALUE, 1 / 3.0, 1e15),
                Stream.generate(() -> Double.longBitsToDouble(random.nextLong()))
                    .filter(value -> Math.abs(value) <= Float.MAX_VALUE)
                    .limit(10_000))
            .mapToDouble(Double::doubleValue)
            .toArray();
    Table data =
        Table.of(
            "many",
            List.of("x"),
            new DenseMatrix(values.length, 1, values),
            new Numbers("y", values));
    Path file = folder.resolve("many.csv");
    Csv.write(data, file);
    Table read = Csv.read(file, CsvOptions.defaults());
    for (int row = 0; row < values.length; row++) {
      assertThat(Double.doubleToRawLongBits(read.features().get(row, 0)))
          .as("seed %d, row %d", seed, row)
          .isEqualTo(Double.doubleToRawLongBits(values[row]));
      assertThat(((Numbers) read.target()).get(row)).isEqualTo(values[row]);
    }
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("kept.csv");
    Files.writeString(file, "before");
    for (Table bad :
        List.of(numbers(Double.POSITIVE_INFINITY, 1), numbers(1, Double.NEGATIVE_INFINITY))) {
      assertThatThrownBy(() -> Csv.write(bad, file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("A CSV file of numbers cannot hold -?Infinity: .*");
    }
    assertThat(file).hasContent("before");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFullDiskIsAnIOException() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Table data = new Blobs(10, 2, 1, true, 3).generate();
    assertThatThrownBy(
            () -> {
              try (var out = Files.newOutputStream(full)) {
                Csv.write(data, out);
              }
            })
        .isInstanceOf(IOException.class);
  }
}
