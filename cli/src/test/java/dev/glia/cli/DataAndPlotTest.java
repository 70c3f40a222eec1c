package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glia.cli.Glia.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataAndPlotTest {

  @TempDir Path folder;

  @Test
  void listTellsWhereEachDataSetComesFrom() {
    Run run = Glia.run("data", "list", "--data-dir", folder).ok();
    assertThat(run.out())
        .containsPattern("(?m)^moons .*made by Glia$")
        .containsPattern("(?m)^mnist .*not downloaded yet$");
    List<Object> names = List.copyOf(Glia.run("data", "list", "--json").ok().objects());
    assertThat(names).hasSize(10);
  }

  @Test
  void fetchFindsWhatIsThere() {
    Path mnist = Glia.shared("data/mnist");
    Run run = Glia.run("data", "fetch", "mnist", "--data-dir", mnist.getParent()).ok();
    assertThat(run.out().strip()).isEqualTo(mnist.toString());
    assertThat(run.err()).isEmpty();
    Run json = Glia.run("data", "fetch", "mnist", "--json", "--data-dir", mnist.getParent()).ok();
    assertThat(json.objects().getFirst().get("folder")).isEqualTo(mnist.toString());
    assertThat(Glia.run("data", "list", "--data-dir", mnist.getParent()).ok().out())
        .containsPattern("(?m)^mnist .* downloaded$");
  }

  @ParameterizedTest
  @CsvSource({
    "make_moons_0.csv, 200,  0.2, --no-shuffle, 0",
    "make_moons_1.csv, 1000, 0.1, --shuffle,    7",
    "make_moons_2.csv, 101,  0,   --no-shuffle, 3"
  })
  void writeGivesTheMoonsOfScikitLearn(
      String golden, int samples, double noise, String shuffle, int seed) throws IOException {
    List<String> expected = Files.readAllLines(Glia.shared("golden/" + golden));
    Path file = folder.resolve("moons.csv");
    Object[] args = {
      "data",
      "write",
      "moons",
      "--samples",
      samples,
      "--noise",
      noise,
      shuffle,
      "--data-seed",
      seed,
      "--out",
      file
    };
    Glia.run(args).ok();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(samples + 1);
    for (int row = 0; row < samples; row++) {
      String[] theirs = expected.get(row + 2).split(",", 3);
      String[] ours = lines.get(row + 1).split(",", 3);
      assertThat(Double.parseDouble(ours[0]))
          .isCloseTo(Double.parseDouble(theirs[0]), within(1e-12));
      assertThat(Double.parseDouble(ours[1]))
          .isCloseTo(Double.parseDouble(theirs[1]), within(1e-12));
      assertThat(ours[2]).isEqualTo(theirs[2]);
    }
  }

  @Test
  void theDefaultMoonsAreTheArticles() throws IOException {
    Path plain = folder.resolve("plain.csv");
    Path full = folder.resolve("full.csv");
    Run run = Glia.run("data", "write", "moons", "--out", plain).ok();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("200 rows: " + plain);
    Object[] args = {
      "data",
      "write",
      "moons",
      "--samples",
      200,
      "--noise",
      0.2,
      "--no-shuffle",
      "--data-seed",
      0,
      "--json",
      "--out",
      full
    };
    assertThat(Glia.run(args).ok().objects().getFirst().get("file")).isEqualTo(full.toString());
    assertThat(plain).hasSameTextualContentAs(full);
  }

  @ParameterizedTest
  @ValueSource(strings = {"moons", "circles", "blobs", "spirals", "xor", "sine", "hills", "digits"})
  void everyGeneratorWritesWhatItIsAsked(String name) throws IOException {
    Path file = folder.resolve("d.csv");
    String[] texts = new String[4];
    String[][] options = {{}, {"--noise", "0.06"}, {"--data-seed", "5"}, {"--shuffle"}};
    for (int i = 0; i < options.length; i++) {
      Object[] args = new Object[options[i].length + 7];
      System.arraycopy(
          new Object[] {"data", "write", name, "--samples", 30, "--out", file}, 0, args, 0, 7);
      System.arraycopy(options[i], 0, args, 7, options[i].length);
      Glia.run(args).ok();
      texts[i] = Files.readString(file);
      assertThat(texts[i].lines()).hasSize(31);
    }
    assertThat(texts[1]).isNotEqualTo(texts[0]);
    assertThat(texts[2]).isNotEqualTo(texts[0]);
  }

  @Test
  void blobsHaveAsManyCentresAsAsked() throws IOException {
    Path file = folder.resolve("blobs.csv");
    Glia.run("data", "write", "blobs", "--centers", 5, "--out", file).ok();
    try (Stream<String> lines = Files.lines(file)) {
      assertThat(lines.skip(1).map(line -> line.substring(line.lastIndexOf(',') + 1)).distinct())
          .containsExactlyInAnyOrder("0", "1", "2", "3", "4");
    }
  }

  @Test
  void aTableThatWasWrittenTrainsLikeItsGenerator() throws IOException {
    Path table = folder.resolve("moons.csv");
    Glia.run("data", "write", "moons", "--out", table).ok();
    Path model = folder.resolve("m.safetensors");
    Object[] network = {
      "--layers",
      "4:relu",
      "--epochs",
      5,
      "--batch-size",
      "full",
      "--optimizer",
      "sgd",
      "--scale",
      "none",
      "--learning-rate",
      0.25,
      "--log-every",
      1,
      "--validation-fraction",
      0, // a file would have one otherwise, and the same share of each class
      "--no-stratify",
      "--test-fraction",
      0.25,
      "--json",
      "--out",
      model
    };
    assertThat(train(table, network).losses()).isEqualTo(train("moons", network).losses());
  }

  private static Run train(Object data, Object... args) {
    return Glia.run(Glia.simply(data, args).toArray()).ok();
  }

  @Test
  void plotDrawsEveryKindAsPngAndSvg() throws IOException {
    Path moons = folder.resolve("moons.safetensors");
    train("moons", "-q", "--epochs", 20, "--out", moons);
    Path digits = folder.resolve("digits.safetensors");
    train("digits", "-q", "--samples", 100, "--epochs", 1, "--out", digits);
    Path history = folder.resolve("history.csv");
    Files.writeString(
        history, "epoch,loss,accuracy,val_loss,val_accuracy,seconds\n0,2,.5,2,.4,0\n1,1,.9,1,.8,1");
    for (String ending : List.of("png", "svg")) {
      plot(ending, "loss", history);
      plot(ending, "boundary", moons, "moons");
      plot(ending, "predictions", moons, "moons");
      plot(ending, "confusion", moons, "moons");
      plot(ending, "digits", digits, "digits");
      plot(ending, "confusion", digits, "digits");
    }
  }

  private void plot(String ending, Object... args) throws IOException {
    Path picture = folder.resolve("picture." + ending);
    Object[] all = new Object[args.length + 3];
    all[0] = "plot";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--out";
    all[args.length + 2] = picture;
    Run run = Glia.run(all).ok();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Picture: " + picture);
    byte[] bytes = Files.readAllBytes(picture);
    if (ending.equals("png")) {
      assertThat(bytes).startsWith(0x89, 'P', 'N', 'G');
    } else {
      assertThat(new String(bytes, StandardCharsets.UTF_8)).endsWith("</svg>\n");
    }
    Files.delete(picture);
  }
}
