package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.internal.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that nobody prepared, from the shell. */
class AnyTableTest {

  @TempDir Path folder;

  /** Passengers of a ship: identifiers, words, missing values, a date, a decimal comma. */
  private static String passengers(int from, int to) {
    StringBuilder text = new StringBuilder("PassengerId;Name;Sex;Age;Fare;Boarded;Survived\n");
    for (int row = from; row < to; row++) {
      text.append(
          "%d;Passenger %d;%s;%s;%d,%02d;%02d.%02d.1912;%s\n"
              .formatted(
                  row,
                  row,
                  row % 3 == 0 ? "female" : "male",
                  row % 11 == 0 ? "NA" : String.valueOf(20 + row * 7 % 40),
                  5 + row % 60,
                  row % 100,
                  1 + row % 28,
                  1 + row % 4,
                  row % 3 == 0 ? "yes" : "no"));
    }
    return text.toString();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aDryRunSaysWhatWasFoundAndStops() throws IOException {
    Path file = file("ship.csv", passengers(0, 120));
    Glia.Run run = Glia.run("train", file, "--dry-run", "--out", folder.resolve("m.safetensors"));
    run.ok();
    assertThat(run.err())
        .contains(
            "Taken for missing: \"NA\" (11)",
            "\"Fare\": \"5,00\" is read as 5 (decimal comma)",
            "\"PassengerId\" (it numbers the rows)",
            "\"Name\" (nearly every row has its own word)",
            "To predict: \"Survived\", the last column",
            "4 features, 2 classes");
    assertThat(folder.resolve("m.safetensors")).doesNotExist();
  }

  @Test
  void inspectShowsTheColumns() throws IOException {
    Path file = folder.resolve("ship.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(passengers(0, 120).getBytes(StandardCharsets.UTF_8));
    }
    String shown = Glia.run("inspect", file).ok().out();
    assertThat(shown)
        .contains("ship: 120 rows, 4 features")
        .containsPattern("Age +number +11 +")
        .containsPattern("Boarded +date +0 +\\d+ +1912-01-01 ")
        .containsPattern("Survived +category .* to predict");
    Map<?, ?> json = (Map<?, ?>) Json.read(Glia.run("inspect", file, "--json").ok().out());
    List<?> columns = (List<?>) json.get("columns");
    assertThat(columns).hasSize(7);
    Map<?, ?> age = (Map<?, ?>) columns.get(3);
    assertThat(age.get("name")).isEqualTo("Age");
    assertThat(age.get("kind")).isEqualTo("number");
    assertThat(age.get("role")).isEqualTo("feature");
    assertThat(age.get("missing")).isEqualTo(11L);
    assertThat((List<?>) json.get("remarks")).isNotEmpty();
  }

  @Test
  void partsMayBeFiles() throws IOException {
    Path train = file("train.csv", passengers(0, 120));
    Path test = file("test.csv", passengers(120, 160));
    Path model = folder.resolve("m.safetensors");
    Glia.Run run =
        Glia.run(
                "train",
                train,
                "--test",
                test,
                "--recipe",
                "simple",
                "--epochs",
                30,
                "--class-weights",
                "balanced",
                "--out",
                model)
            .ok();
    assertThat(run.err()).contains("96 rows to train on, 24 to validate, 40 to test");
    assertThat(run.out()).containsPattern("test +loss .* accuracy 100.00%");
    assertThat(Glia.run("evaluate", model, test).ok().out()).contains("accuracy 100.00%");
    Path without = file("without.csv", passengers(120, 160).replace(";Survived", ";Other"));
    Glia.run("train", train, "--test", without, "--out", model)
        .fails(2, "lacks the column Survived");
    Glia.run("train", "moons", "--test", test, "--out", model).fails(2, "are for files");
  }

  @Test
  void severalNumbersCanBePredicted() throws IOException {
    StringBuilder text = new StringBuilder("x,sum,half\n");
    for (int row = 0; row < 60; row++) {
      text.append("%d,%d,%s\n".formatted(row, row + 7, row / 2.0));
    }
    Path file = file("two.csv", text.toString());
    Path model = folder.resolve("m.safetensors");
    Glia.run("train", file, "--target", "sum,half", "--recipe", "simple", "--out", model).ok();
    List<String> lines = Glia.run("predict", model, file).ok().out().lines().toList();
    assertThat(lines).hasSize(61).first().isEqualTo("prediction_sum,prediction_half");
    Glia.run("train", file, "--target", "sum,third", "--out", model)
        .fails(1, "no column \"third\" to predict");
    assertThat(Glia.run("inspect", file, "--target", "sum,half").ok().out())
        .contains("Numbers to predict: sum, half");
  }

  @Test
  void aModelGoesOnWithOtherRows() throws IOException {
    Path first = file("first.csv", passengers(0, 120));
    Path more = file("more.csv", passengers(120, 240));
    Path model = folder.resolve("m.safetensors");
    Path next = folder.resolve("next.safetensors");
    Glia.run("train", first, "--recipe", "simple", "--epochs", 5, "--out", model).ok();
    Glia.run("train", more, "--from", model, "--epochs", 20, "--out", next).ok();
    assertThat(Glia.run("evaluate", next, more).ok().out()).contains("accuracy 100.00%");
    Glia.run("train", more, "--from", model, "--layers", "4:relu", "--out", next)
        .fails(2, "leave out --layers");
    Glia.run("train", more, "--from", more, "--out", next).fails(1, "more.csv");
  }

  @Test
  void aPriceWithABadCellIsNeverTakenForClasses() throws IOException {
    StringBuilder text = new StringBuilder("area,price\n");
    for (int row = 0; row < 40; row++) {
      text.append(row).append(',').append(row == 7 ? "24O000" : String.valueOf(row * 1000.5));
      text.append('\n');
    }
    Path file = file("homes.csv", text.toString());
    Glia.run("train", file, "--out", folder.resolve("m.safetensors"))
        .fails(1, "line 9, column \"price\": expected a number to predict, got \"24O000\"");
    // what is advised, followed, works
    assertThat(Glia.run("inspect", file, "--columns", "price:number").ok().out())
        .contains("homes: 39 rows", "Numbers to predict: price");
  }
}
