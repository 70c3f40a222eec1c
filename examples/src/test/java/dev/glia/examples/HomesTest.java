package dev.glia.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's program of the README. */
class HomesTest {

  @TempDir private Path folder;

  @Test
  void aTableOfWordsAndNumbersIsLearntAndPredictedByNames()
      throws IOException, InterruptedException {
    List<String> lines = new Program("Homes").run(folder);
    assertThat(lines.get(0)).isEqualTo("R2 over 0.9: true");
    assertThat(lines.get(1)).matches("A home of 120 m2 in Rome costs about (39|40|41|42)\\d,000");
    assertThat(lines.get(2)).isEqualTo("a record says the same: true");
    assertThat(folder.resolve("runs/homes/model.safetensors")).isNotEmptyFile();
  }
}
