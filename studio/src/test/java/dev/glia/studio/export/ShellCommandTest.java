package dev.glia.studio.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.studio.settings.Settings;
import dev.glia.table.Categories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of the command; that it gives the same numbers is tested where the command is. */
class ShellCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data=moons                      | glia train moons",
        "data=moons&epochs=20000&seed=0  | glia train moons",
        "data=moons&shuffle=false&seed=3 | glia train moons --seed 3 --no-shuffle",
        "data=blobs&centers=4&samples=90 | glia train blobs --samples 90 --centers 4",
        "data=xor&stratify=true          | glia train xor --stratify",
        "data=digits&layers=none         | glia train digits --layers none",
        "data=sine&even-batches=true     | glia train sine --even-batches",
        "data=moons&init=normal(-1,1)    | glia train moons --init 'normal(-1,1)'",
      })
  void onlyWhatDiffersIsSaid(String address, String command) {
    assertThat(ShellCommand.of(Runs.settings(address))).isEqualTo(command + "\n");
  }

  private static Settings csv(String name, String target) {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("data", "csv");
    given.put("csv", "x," + target + "\n1,1\n2,3.5\n3,2\n4,9\n");
    given.put("csv-name", name);
    given.put("target", target);
    return Runs.settings(given);
  }

  @Test
  void namesOfTheUsersAreQuotedForTheShell() {
    assertThat(ShellCommand.of(csv("it's $(here).csv", "-a b")))
        .isEqualTo(
            """
            # The data are in the file it's $(here).csv, which the studio gives out too.
            glia train './it'\\''s $(here).csv' --recipe simple '--target=-a b'
            """);
    assertThat(ShellCommand.of(csv("moons", "@file")))
        .contains("train ./moons --recipe simple '--target=@file'");
  }

  @Test
  void howAFileIsReadAndSplitIsSaid() {
    assertThat(ShellCommand.of(Runs.homes("target", "heat", "task", "Classes")))
        .endsWith(
            "glia train ./homes.csv --recipe simple --target heat --task classes --epochs 5\n");
    assertThat(
            ShellCommand.of(
                Runs.homes(
                    "target",
                    "price",
                    "task",
                    "auto",
                    "target-scale",
                    "minmax",
                    "validation-fraction",
                    "0",
                    "test-fraction",
                    "0.25")))
        .endsWith(
            "glia train ./homes.csv --recipe simple --target price --target-scale minmax --epochs 5"
                + " --validation-fraction 0 --test-fraction 0.25\n");
  }

  @Test
  void aNameIsNeverAnotherFolderNorAnotherLine() {
    for (String name : List.of("..", ".", "a\u2028b")) {
      assertThat(DataFile.nameOf(csv(name, "y"))).isEqualTo("data.csv");
    }
  }

  @Test
  void theFileOfPaintedPointsHasThem() throws IOException {
    Settings settings = Runs.settings("data=points&points=0,0.125,1;-3,2,6;1,1,6");
    assertThat(new String(DataFile.contentOf(settings), StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines("x1,x2,label\n0,0.125,1\n-3,2,6\n1,1,6\n");
    assertThat(ShellCommand.of(settings))
        .contains("points.csv, which")
        .endsWith("train ./points.csv --recipe simple\n");
  }

  /** Three classes of one point each would be three numbers to a reader of CSV files. */
  @Test
  void classesOfSinglePointsAreWords() throws IOException {
    Settings settings = Runs.settings("data=points&points=0,0,1;1,2,3;3,4,2;5,6,0");
    assertThat(((Categories) settings.data().target()).levels())
        .containsExactly("0", "1", "2", "3");
    assertThat(new String(DataFile.contentOf(settings), StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            "x1,x2,label\n0,0,class 1\n1,2,class 3\n3,4,class 2\n5,6,class 0\n");
  }
}
