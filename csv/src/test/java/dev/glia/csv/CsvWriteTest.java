package dev.glia.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glia.data.Blobs;
import dev.glia.data.ClassTarget;
import dev.glia.data.Dataset;
import dev.glia.data.DenseMatrix;
import dev.glia.data.NumberTarget;
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

  private static Dataset numbers(double feature, double target) {
    return new Dataset(
        "few",
        List.of("width, cm"),
        DenseMatrix.of(new double[] {feature}),
        new NumberTarget(new double[] {target}, "weight"));
  }

  @Test
  void writesAHeaderAndShortNumbers() throws IOException {
    Path file = folder.resolve("a.csv");
    Dataset data =
        new Dataset(
            "few",
            List.of("width", "a \"b\", c"),
            DenseMatrix.of(new double[] {1, 0.1}, new double[] {-2.5, 1e-7}),
            new ClassTarget(new int[] {1, 0}, List.of("cat", "dog, big")));
    CsvFile.write(data, file);
    assertThat(file)
        .hasContent(
            """
            width,"a ""b"", c",label
            1,0.1,"dog, big"
            -2.5,1.0E-7,cat
            """);
    CsvFile.write(numbers(3, 4.5), file); // in place of the first
    assertThat(file).hasContent("\"width, cm\",weight\n3,4.5\n");
  }

  @Test
  void classesReadBackAreTheSame() throws IOException {
    Path file = folder.resolve("blobs.csv");
    Dataset blobs = new Blobs(500, 12, 1, true, 3).generate();
    CsvFile.write(blobs, file);
    Dataset read = CsvFile.readDataset(file, CsvOptions.defaults());
    ClassTarget written = (ClassTarget) blobs.target();
    ClassTarget target = (ClassTarget) read.target();
    assertThat(read.name()).isEqualTo("blobs");
    assertThat(target.names()).isEqualTo(written.names());
    for (int row = 0; row < blobs.rows(); row++) {
      assertThat(target.classOf(row)).isEqualTo(written.classOf(row));
      for (int column = 0; column < 2; column++) {
        assertThat(read.features().get(row, column)).isEqualTo(blobs.features().get(row, column));
      }
    }
  }

  @Test
  void aFeatureMayHaveTheTargetsName() throws IOException {
    Path file = folder.resolve("things.csv");
    List<String> names = List.of("label", "label_");
    DenseMatrix features = DenseMatrix.of(new double[] {1, 2}, new double[] {3, 4});
    ClassTarget kinds = new ClassTarget(new int[] {1, 0}, List.of("a", "b"));
    CsvFile.write(new Dataset("things", names, features, kinds), file);
    Dataset read = CsvFile.readDataset(file, CsvOptions.defaults());
    assertThat(read.featureNames()).isEqualTo(names);
    assertThat(((ClassTarget) read.target()).classOf(0)).isEqualTo(1);

    NumberTarget numbers = new NumberTarget(new double[] {0.5, 7}, "label");
    CsvFile.write(new Dataset("things", names, features, numbers), file);
    assertThat(((NumberTarget) CsvFile.readDataset(file, CsvOptions.defaults()).target()).name())
        .isEqualTo("label__");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFFx", "#x", "a \"b\", c", "two\nlines", ";x", "x;y;z", "x\ty\tz"})
  void aNameReadsBackAsItself(String name) throws IOException {
    Path file = folder.resolve("things.csv");
    DenseMatrix features = DenseMatrix.of(new double[] {1}, new double[] {3});
    NumberTarget numbers = new NumberTarget(new double[] {0.5, 7}, "y");
    CsvFile.write(new Dataset("things", List.of(name), features, numbers), file);
    assertThat(CsvFile.readDataset(file, CsvOptions.defaults()).featureNames())
        .containsExactly(name);
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
    Dataset data =
        new Dataset(
            "many",
            List.of("x"),
            new DenseMatrix(values.length, 1, values),
            new NumberTarget(values, "y"));
    Path file = folder.resolve("many.csv");
    CsvFile.write(data, file);
    Dataset read = CsvFile.readDataset(file, CsvOptions.defaults());
    for (int row = 0; row < values.length; row++) {
      assertThat(Double.doubleToRawLongBits(read.features().get(row, 0)))
          .as("seed %d, row %d", seed, row)
          .isEqualTo(Double.doubleToRawLongBits(values[row]));
      assertThat(((NumberTarget) read.target()).value(row)).isEqualTo(values[row]);
    }
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("kept.csv");
    Files.writeString(file, "before");
    for (Dataset bad : List.of(numbers(Double.NaN, 1), numbers(1, Double.NEGATIVE_INFINITY))) {
      assertThatThrownBy(() -> CsvFile.write(bad, file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("A CSV file of numbers cannot hold (NaN|-Infinity): .*");
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
    Dataset data = new Blobs(10, 2, 1, true, 3).generate();
    assertThatThrownBy(
            () -> {
              try (var out = Files.newOutputStream(full)) {
                CsvFile.write(data, out);
              }
            })
        .isInstanceOf(IOException.class);
  }
}
