package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same seed gives the same losses and the same bytes, whatever computes them. */
class SameBitsTest {

  @TempDir Path folder;

  private Object[] training(Path model, int threads, String kernel) {
    return new Object[] {
      "train",
      "digits",
      "--samples",
      200,
      "--epochs",
      2,
      "--layers",
      "33:relu,17:gelu",
      "--batch-size",
      48,
      "--threads",
      threads,
      "--kernel",
      kernel,
      "--json",
      "--out",
      model
    };
  }

  @Test
  void everyNumberOfThreadsAndEveryKernelWriteTheSameModel() throws IOException {
    Path expected = folder.resolve("expected.safetensors");
    Run reference = Glia.run(training(expected, 1, "scalar")).ok();
    Path model = folder.resolve("model.safetensors");
    for (String kernel : List.of("scalar", "vector")) {
      for (int threads : new int[] {1, 2, 3}) {
        Run run = Glia.run(training(model, threads, kernel)).ok();
        Map<?, ?> start = run.events("start").getFirst();
        assertThat(String.valueOf(start.get("kernel"))).startsWith(kernel);
        assertThat(start.get("threads")).isEqualTo((long) threads);
        assertThat(run.losses()).isEqualTo(reference.losses());
        assertThat(model).hasSameBinaryContentAs(expected);
        Files.delete(model);
      }
    }
  }

  @Test
  void everyVectorWidthWritesTheSameModel() throws IOException, InterruptedException {
    Path expected = folder.resolve("expected.safetensors");
    Run reference = Glia.run(training(expected, 1, "scalar")).ok();
    List<String> limits =
        List.of("-XX:MaxVectorSize=16", "-XX:MaxVectorSize=32", "-XX:UseAVX=2", "-XX:UseAVX=1");
    List<Process> processes = new ArrayList<>();
    for (String limit : limits) {
      Path model = folder.resolve(limit.replaceAll("\\W", "_") + ".safetensors");
      List<String> command = Glia.command(List.of(limit), training(model, 2, "vector"));
      processes.add(new ProcessBuilder(command).start());
    }
    for (int i = 0; i < limits.size(); i++) {
      Run run = Glia.finish(processes.get(i)).ok();
      assertThat(run.losses()).as(limits.get(i)).isEqualTo(reference.losses());
      Path model = folder.resolve(limits.get(i).replaceAll("\\W", "_") + ".safetensors");
      assertThat(model).hasSameBinaryContentAs(expected);
      if (limits.get(i).equals("-XX:MaxVectorSize=16")) {
        assertThat(run.values("start", "kernel")).containsExactly("vector 128 bit");
      }
    }
  }
}
