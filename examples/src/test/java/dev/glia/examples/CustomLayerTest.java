package dev.glia.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomLayerTest {

  @TempDir private Path folder;

  @Test
  void itsGradientsAreRightAndItLearns() throws IOException, InterruptedException {
    List<String> lines = new Program("CustomLayer").run(folder);
    assertThat(lines).hasSize(7);
    assertThat(lines.subList(0, 6))
        .containsExactly(
            "layer 1 weights true",
            "layer 1 biases true",
            "layer 3 weights true",
            "layer 3 biases true",
            "layer 4 weights true",
            "layer 4 biases true");
    assertThat(lines.getLast()).startsWith("test accuracy 0.9"); // the same bits on every machine
  }
}
