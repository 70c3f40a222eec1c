package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import dev.glia.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Labels, cells and names of files reach the terminal as text, whatever they hold. */
class ShownTextTest {

  private static final String ESC = "\u001b";
  private static final String TITLE = ESC + "]0;pwned\u0007";

  @TempDir Path folder;

  /** Two classes, one with a name that retitles a terminal, and a feature that turns text round. */
  private Path table(String name) throws IOException {
    List<String> lines = new ArrayList<>(List.of("a\u202eb,c\u009b,y"));
    for (int row = 0; row < 40; row++) {
      lines.add("%d,%d,%s".formatted(row, row % 7, row % 2 == 0 ? "dog" + TITLE : "cat\u007f"));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private static void assertFit(Run run) {
    for (String text : List.of(run.out(), run.err())) {
      assertThat(text)
          .doesNotContain(ESC, "\u0007", "\u007f", "\u009b", "\u202e")
          .satisfies(all -> assertThat(all.lines()).allMatch(line -> line.length() < 20_000));
    }
  }

  @Test
  void labelsAndNamesOfColumnsAreShownNotObeyed() throws IOException {
    Path table = table("t.csv");
    Path model = folder.resolve("m.safetensors");
    Run train = Glia.run("train", table, "--epochs", 2, "--out", model).ok();
    assertFit(train);
    Run evaluate = Glia.run("evaluate", model, table).ok();
    assertFit(evaluate);
    assertThat(evaluate.out()).contains("dog\\u001b]0;pwned\\u0007  ", "cat\\u007f  ");
    for (Object what : List.of(table, model)) {
      Run inspect = Glia.run("inspect", what).ok();
      assertFit(inspect);
      assertThat(inspect.out()).contains("dog\\u001b]0;pwned\\u0007");
    }
    Run gradcheck = Glia.run("gradcheck", table);
    assertFit(gradcheck);
  }

  @Test
  void jsonKeepsEveryCharacterAsAnEscape() throws IOException {
    Path table = table("t.csv");
    Path model = folder.resolve("m.safetensors");
    Glia.run("train", table, "--epochs", 2, "-q", "--out", model).ok();
    Run inspect = Glia.run("inspect", table, "--json").ok();
    assertFit(inspect);
    Map<?, ?> found = inspect.objects().getFirst();
    assertThat(String.valueOf(found.get("classes"))).contains("dog" + TITLE, "cat\u007f");
    assertThat(found.get("features")).isEqualTo(List.of("a\u202eb", "c\u009b"));
    Run predict = Glia.run("predict", model, table, "--json").ok();
    assertFit(predict);
    Object first = Json.read(predict.out().lines().findFirst().orElseThrow());
    assertThat(String.valueOf(first)).contains("probability_dog" + TITLE);
    // CSV is data: unchanged.
    assertThat(Glia.run("predict", model, table).ok().out()).contains("probability_dog" + TITLE);
  }

  @Test
  void aLongCellIsCutInItsMiddle() throws IOException {
    Path table = folder.resolve("t.csv");
    String cell = "x".repeat(1_000_000) + TITLE + "x".repeat(1_000_000);
    Files.writeString(table, "a,y\n1,2\n" + cell + ",3\n4,5.5\n");
    Run run = Glia.run("train", table, "--epochs", 1);
    run.fails(1, "t.csv", "(2,000,");
    assertFit(run);
    assertThat(run.err()).hasSizeLessThan(5_000);
    assertFit(Glia.run("train", table, "--epochs", 1, "--debug"));

    String label = "x".repeat(600) + TITLE + "x".repeat(300); // as long as a name may be
    Files.writeString(table, "a,y\n1,cat\n2," + label + "\n3,cat\n4," + label + "\n");
    Run inspect = Glia.run("inspect", table).ok();
    assertFit(inspect);
    assertThat(inspect.out()).contains("characters left out").hasSizeLessThan(5_000);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void namesOfFilesAreShownNotObeyed() throws IOException {
    Path table = table("t" + TITLE + "\nglia: all is well.csv");
    Run missing = Glia.run("inspect", table + "x");
    missing.fails(2, "\\u001b]0;pwned\\u0007\\nglia: all is well.csvx");
    assertFit(missing);
    Path model = folder.resolve("m" + TITLE + "\n.safetensors");
    Run train = Glia.run("train", table, "--epochs", 1, "--out", model).ok();
    assertFit(train);
    assertThat(train.err()).contains("Model: " + folder + "/m\\u001b]0;pwned\\u0007\\n.safeten");
    assertThat(model).exists();
    Run option = Glia.run("train", "moons", "--epochs", TITLE + "x".repeat(100_000));
    option.fails(2, "--epochs", "\\u001b]0;pwned", "(100,010 characters)");
    assertFit(option);
    Run unknown = Glia.run("train", "moons", "--" + TITLE);
    assertFit(unknown);
    assertThat(unknown.status()).isEqualTo(2);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aNameThatTheLocaleCannotHoldIsASentence() throws IOException, InterruptedException {
    String name = folder.resolve("m\u00f6del.safetensors").toString();
    for (List<String> args :
        List.of(
            List.of("train", "moons", "--epochs", "1", "--out", name),
            List.of("predict", name, "moons"),
            List.of("inspect", name))) {
      ProcessBuilder builder = new ProcessBuilder(Glia.command(List.of(), args.toArray()));
      builder.environment().put("LC_ALL", "C");
      Glia.finish(builder.start())
          .fails(2, "No file here can have the name", "LC_ALL=C.UTF-8", "names are in");
    }
  }
}
