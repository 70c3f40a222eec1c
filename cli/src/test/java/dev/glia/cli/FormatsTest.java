package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets that are neither CSV files nor made by Glia, from the file to predictions. */
class FormatsTest {

  private static final String ADDRESS = "jdbc:h2:mem:shop";

  @TempDir private Path folder;

  private void trainsAndPredicts(Object... data) throws IOException {
    Path model = folder.resolve("model.safetensors");
    Run trained =
        Glia.run(with(data, "train", "--epochs", "1", "--layers", "4:relu", "--out", model));
    assertThat(trained.status()).as(trained.err()).isZero();
    Path predictions = folder.resolve("predictions.csv");
    Run predicted = Glia.run(with(data, "predict", model, "--out", predictions));
    assertThat(predicted.status()).as(predicted.err()).isZero();
    assertThat(Files.readAllLines(predictions)).hasSizeGreaterThan(30);
    Run inspected = Glia.run(with(data, "inspect"));
    assertThat(inspected.status()).as(inspected.err()).isZero();
  }

  private static Object[] with(Object[] data, Object... args) {
    Object[] all = java.util.Arrays.copyOf(args, args.length + data.length);
    System.arraycopy(data, 0, all, args.length, data.length);
    return all;
  }

  @Test
  void arff() throws IOException {
    StringBuilder text = new StringBuilder("@relation r\n@attribute a real\n@attribute b {x,y}\n");
    text.append("@attribute y {no,yes}\n@data\n");
    for (int row = 0; row < 60; row++) {
      text.append(row).append(row % 2 == 0 ? ",x" : ",y").append(row < 30 ? ",no\n" : ",yes\n");
    }
    trainsAndPredicts(Files.writeString(folder.resolve("data.arff"), text));
  }

  @Test
  void parquet() throws IOException {
    Path file = Checkout.ROOT.resolve("parquet/src/test/resources/dev/glia/parquet/zstd.parquet");
    trainsAndPredicts(file, "--target", "after");
  }

  @Test
  void databases() throws IOException {
    trainsAndPredicts(
        ADDRESS + ";USER=ann;PASSWORD=s3cret",
        "--query",
        "select x as a, mod(x, 7) as b, 2 * x + 1 as y from system_range(1, 60)");
  }

  @Test
  void aDatabaseWantsAQuery() {
    Run run = Glia.run("train", ADDRESS + ";PASSWORD=s3cret");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("jdbc:h2:mem:shop is a database: say with --query what to ask it")
        .doesNotContain("s3cret");
    Run other = Glia.run("train", "moons", "--query", "select 1");
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("--query and --driver-path are for databases");
    Run wrong = Glia.run("train", ADDRESS, "--query", "selekt");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("jdbc:h2:mem:shop refuses the query");
  }

  @Test
  void theStudioShowsCsvAlone() {
    Run run = Glia.run("train", ADDRESS, "--query", "select 1", "--studio");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--studio shows data sets by name and CSV files");
  }
}
