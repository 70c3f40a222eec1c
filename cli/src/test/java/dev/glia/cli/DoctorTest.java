package dev.glia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.cli.Glia.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code glia train} says is wrong. */
class DoctorTest {

  @TempDir Path folder;

  private Run train(String command, Object... more) {
    List<Object> args = new ArrayList<>(List.of("train"));
    args.addAll(List.of(command.split(" ", -1)));
    args.addAll(List.of(more));
    args.addAll(List.of("--out", folder.resolve("m.safetensors")));
    return Glia.run(args.toArray());
  }

  private static List<String> doctors(Run run) {
    return run.err().lines().filter(line -> line.startsWith("doctor: ")).toList();
  }

  @Test
  void aFindingIsALineWithTheOptionsToTry() {
    Run run = train("xor --learning-rate 1e-8 --epochs 30").ok();
    assertThat(doctors(run)).hasSize(1);
    assertThat(doctors(run).getFirst())
        .matches(
            "doctor: The loss does not fall: it was 0\\.6\\d+ at first and is 0\\.6\\d+ after \\d+"
                + " updates\\. Take longer steps\\. \\(--learning-rate 0\\.001\\)");
    assertThat(run.out()).doesNotContain("doctor");
    assertThat(doctors(train("xor --epochs 30").ok())).isEmpty();
    assertThat(train("xor --learning-rate 1e-8 --epochs 30 -q").ok().err()).isEmpty();
  }

  @Test
  void parenthesesAreQuotedForTheShell() {
    String bad =
        "xor --layers 16:relu,16:relu,16:relu --optimizer momentum(0.95) --learning-rate 0.1"
            + " --epochs 100";
    assertThat(doctors(train(bad).ok()))
        .anyMatch(line ->
            line.endsWith(
                "(--layers \"16:leaky_relu(0.05),16:leaky_relu(0.05),16:leaky_relu(0.05)\")"));
  }

  /** The names and values of a change are those that the parser takes, and they help. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "circles --learning-rate 0.2",
        "moons --layers 16:tanh,16:tanh --init normal(0,20) --epochs 500",
        "digits --samples 500 --layers 16:sigmoid --scale none --epochs 5",
        "xor --layers none --epochs 100",
        "moons --layers 16:sigmoid,16:sigmoid,16:sigmoid,16:sigmoid,16:sigmoid --epochs 500"
      })
  void theChangeOfAFindingCanBeTyped(String bad) {
    List<Map<?, ?>> findings = train(bad, "--json").ok().events("finding");
    assertThat(findings).isNotEmpty();
    Map<?, ?> finding = findings.getFirst();
    assertThat(finding.keySet().stream().map(String::valueOf))
        .containsExactly("event", "rule", "severity", "sentence", "advice", "layer", "change");
    assertThat(String.valueOf(finding.get("severity"))).isIn("problem", "warning");
    Map<?, ?> change = (Map<?, ?>) finding.get("change");
    List<String> args = new ArrayList<>(List.of(bad.split(" ", -1)));
    change.forEach((name, value) -> set(args, "--" + name, String.valueOf(value)));
    assertThat(train(String.join(" ", args), "--json").ok().events("finding"))
        .noneMatch(again -> again.get("rule").equals(finding.get("rule")));
  }

  private static void set(List<String> args, String option, String value) {
    int at = args.indexOf(option);
    if (at < 0) {
      args.addAll(List.of(option, value));
    } else {
      args.set(at + 1, value);
    }
  }

  @Test
  void layersCountFromOneAsInTheSentence() {
    Run run =
        train("digits --samples 500 --layers 16:sigmoid --scale none --epochs 2", "--json").ok();
    Map<?, ?> finding = run.events("finding").getFirst();
    assertThat(finding.get("rule")).isEqualTo("saturated-units");
    assertThat(finding.get("layer")).isEqualTo(1L);
    assertThat(String.valueOf(finding.get("sentence"))).contains("layer 1 of 2 (16:sigmoid)");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aTrainingThatDivergesSaysWhyBeforeItsError() {
    Run run =
        train(
            "moons --layers 32:leaky_relu,32:leaky_relu,32:leaky_relu,32:leaky_relu"
                + " --learning-rate 3");
    run.fails(1, "diverged");
    assertThat(doctors(run))
        .contains(
            "doctor: The loss is no longer a finite number: the training diverged. Take shorter"
                + " steps. (--learning-rate 0.1)");
    assertThat(run.err().indexOf("doctor: The loss is no longer"))
        .isLessThan(run.err().indexOf("glia: Training diverged"));
  }
}
