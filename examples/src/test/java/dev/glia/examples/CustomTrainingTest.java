package dev.glia.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one adds to a training in a page of code: the same bits on every machine. */
class CustomTrainingTest {

  @TempDir private Path folder;

  @Test
  void anActivationLearnsWithTheRightGradients() throws IOException, InterruptedException {
    List<String> lines = new Program("CustomActivation").run(folder);
    assertThat(lines).hasSize(7);
    assertThat(lines.subList(0, 6)).allMatch(line -> line.matches("layer [123] \\w+ true"));
    assertThat(lines.getLast()).isEqualTo("test accuracy 0.98");
  }

  @Test
  void aLossFindsAQuantile() throws IOException, InterruptedException {
    List<String> lines = new Program("CustomLoss").run(folder);
    assertThat(lines).hasSize(2);
    assertThat(share(lines.getFirst())).isBetween(48, 52);
    assertThat(share(lines.getLast())).isBetween(88, 92);
  }

  private static int share(String line) {
    return Integer.parseInt(line.split(" ", -1)[0]);
  }

  @Test
  void aMetricCountsARareClassAsMuch() throws IOException, InterruptedException {
    List<String> lines = new Program("CustomMetric").run(folder);
    assertThat(lines).hasSize(3).startsWith("[test_loss, test_accuracy, test_f1]");
    assertThat(lines.get(1)).matches("accuracy 0\\.9\\d");
    assertThat(lines.get(2)).matches("F1 0\\.[89]\\d");
  }

  @Test
  void aListenerHearsOfEachEvaluation() throws IOException, InterruptedException {
    List<String> lines = new Program("CustomListener").run(folder);
    assertThat(lines).hasSize(13); // the start, epoch 0 and ten more, the end
    assertThat(lines.getFirst()).isEqualTo("337 parameters learn from 150 rows, 50 are kept back");
    assertThat(lines.get(1)).startsWith("   0 " + "#".repeat(40));
    assertThat(lines.getLast()).startsWith("after 2000 updates: 0.9");
  }

  @Test
  void aScheduleRestarts() throws IOException, InterruptedException {
    List<String> lines = new Program("CustomSchedule").run(folder);
    assertThat(lines)
        .startsWith(
            "epoch 0: 1.0000",
            "epoch 50: 0.5000",
            "epoch 99: 0.0002",
            "epoch 100: 1.0000",
            "epoch 200: 0.5000",
            "epoch 299: 0.0001",
            "epoch 300: 1.0000");
    assertThat(lines.getLast()).startsWith("test accuracy 0.9");
  }

  @Test
  void aRuleStops() throws IOException, InterruptedException {
    List<String> lines = new Program("CustomStopping").run(folder);
    assertThat(lines.getFirst()).matches("stopped true after epoch \\d+0");
    assertThat(lines.get(1)).matches("weights of epoch \\d+0");
    assertThat(lines.get(2)).isEqualTo("test loss below 0.3: true");
  }

  @Test
  void anElasticNetMakesWeightsSmall() throws IOException, InterruptedException {
    List<String> lines = new Program("CustomPenalty").run(folder);
    int plain = Integer.parseInt(lines.getFirst().split(" ", -1)[0]);
    int net = Integer.parseInt(lines.getLast().split(" ", -1)[0]);
    assertThat(net).isGreaterThan(plain + 100);
    assertThat(lines.getLast()).contains("test accuracy 0.9");
  }
}
