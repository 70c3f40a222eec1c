package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import dev.glia.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code glia train FILE} with the recipe for tables, which is a file's default. */
class TabularTest {

  @TempDir Path folder;

  private Path classes() throws IOException {
    return TestData.table(folder.resolve("t.csv"), row -> TestData.a(row) > 0 ? "yes" : "no");
  }

  private Path model() {
    return folder.resolve("m.safetensors");
  }

  private Run train(Object... more) throws IOException {
    Object[] args = new Object[more.length + 6];
    args[0] = "train";
    args[1] = classes();
    args[2] = "--out";
    args[3] = model();
    args[4] = "--epochs";
    args[5] = 3;
    System.arraycopy(more, 0, args, 6, more.length);
    return Glia.run(args).ok();
  }

  @Test
  void aFileIsTrainedWithSeveralNetworks() throws IOException {
    Run run = train("--members", 3);
    assertThat(run.err())
        .contains("t: 48 rows to train on, 12 to test, 2 features, 2 classes")
        .contains("3 networks ", " parameters each;")
        .contains("Training 3 networks side by side with the ")
        .contains(
            "The model averages 3 networks: its predictions and these figures are of the average");
    for (int member = 1; member <= 3; member++) {
      assertThat(run.out()).containsPattern("network " + member + "/3  best epoch \\d/3  loss ");
    }
    assertThat(
            run.out()
                .lines()
                .filter(line -> line.matches("(training  |validation|test      )  loss .*")))
        .hasSize(3);
    Model model = Model.load(model());
    assertThat(model.members()).hasSize(3);
    Run inspect = Glia.run("inspect", model()).ok();
    assertThat(inspect.out()).contains("Averages 3 networks, each as below");
    assertThat(Glia.run("inspect", model(), "--json").ok().objects().getFirst().get("members"))
        .isEqualTo(3L);
  }

  @Test
  void jsonSaysWhichNetworkItIsOf() throws IOException {
    Run run = train("--members", 2, "--json");
    assertThat(run.events("start").getFirst().get("members")).isEqualTo(2L);
    for (long member : new long[] {1, 2}) {
      assertThat(run.events("epoch").stream().filter(e -> e.get("member").equals(member)))
          .hasSize(4);
    }
    assertThat(run.values("member", "members")).containsExactly(2L, 2L);
    Map<?, ?> result = run.objects().getLast();
    assertThat(result.get("event")).isEqualTo("result");
    Map<?, ?> again =
        Glia.run("evaluate", model(), classes(), "--part", "test", "--json")
            .ok()
            .objects()
            .getFirst();
    assertThat(again.get("loss")).isEqualTo(result.get("test_loss"));
    assertThat(again.get("accuracy")).isEqualTo(result.get("test_accuracy"));
    assertThat(again.get("rows")).isEqualTo(12L);
    Map<?, ?> train =
        Glia.run("evaluate", model(), classes(), "--part", "train", "--json")
            .ok()
            .objects()
            .getFirst();
    assertThat(train.get("loss")).isEqualTo(result.get("loss"));
    Glia.run("evaluate", model(), classes(), "--part", "validation")
        .fails(Failures.USAGE, "Each of the model's 2 networks has other rows to validate on");
  }

  @Test
  void everyNumberOfThreadsWritesTheSameModel() throws IOException {
    train("--members", 3, "--threads", 1, "--kernel", "scalar");
    byte[] expected = Files.readAllBytes(model());
    for (int threads : new int[] {2, 5}) {
      train("--members", 3, "--threads", threads);
      assertThat(Files.readAllBytes(model())).isEqualTo(expected);
    }
  }

  @Test
  void theSimpleRecipeIsOneSmallNetwork() throws IOException {
    Run run = train("--recipe", "simple", "--json");
    assertThat(run.events("start").getFirst().get("network")).isEqualTo("2-32-32-1");
    assertThat(run.events("start").getFirst().get("members")).isEqualTo(1L);
    assertThat(Model.load(model()).network().architecture().sizes()).isEqualTo("2-32-32-1");
  }

  @Test
  void settingsThatAreGivenOverruleTheRecipe() throws IOException {
    Run run = train("--members", 1, "--layers", "5:tanh", "--bins", 0, "--json");
    assertThat(run.events("start").getFirst().get("network")).isEqualTo("2-5-1");
    assertThat(run.events("epoch").getFirst().containsKey("member")).isFalse();
  }

  @Test
  void aRunHasItsHistoryAndPicturesOfTheAverage() throws IOException, InterruptedException {
    Glia.runIn(folder, "train", classes(), "--members", 2, "--epochs", 2, "-q").ok();
    assertThat(Files.readAllLines(folder.resolve("runs/t/history.csv"))).hasSize(4);
    assertThat(Glia.files(folder)).contains("runs/t/model.safetensors");
  }

  @Test
  void timeEndsATraining() throws IOException {
    Run run =
        Glia.run("train", classes(), "--out", model(), "--time", 1, "--epochs", 100_000_000).ok();
    assertThat(run.err()).contains("Training was cancelled");
    assertThat(Model.load(model()).members()).isNotEmpty();
  }

  @Test
  void whatMakesNoSenseIsRefused() throws IOException {
    Path file = classes();
    Glia.run("train", "moons", "--recipe", "tabular")
        .fails(Failures.USAGE, "--recipe tabular is for files; moons has a recipe of its own.");
    Glia.run("train", file, "--members", 0).fails(Failures.USAGE, "from 1 to 1000 members, got 0.");
    Glia.run("train", file, "--time", 0).fails(Failures.USAGE, "--time must be a number over 0");
    for (List<Object> option :
        List.<List<Object>>of(
            List.of("--members", 2), List.of("--recipe", "tabular"), List.of("--time", 5))) {
      Glia.run("train", file, "--studio", option.get(0), option.get(1))
          .fails(Failures.USAGE, "--studio shows one network");
    }
  }
}
