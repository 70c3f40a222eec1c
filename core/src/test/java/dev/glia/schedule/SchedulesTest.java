package dev.glia.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.internal.json.Json;
import dev.glia.metric.EvaluatedEpoch;
import dev.glia.metric.Scores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every schedule is PyTorch's (see {@code src/test/golden/schedules.py}). */
class SchedulesTest {

  private static Map<?, ?> golden() throws IOException {
    try (InputStream in = SchedulesTest.class.getResourceAsStream("/dev/glia/schedules.json")) {
      return (Map<?, ?>) Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static double number(Object json) {
    return ((Number) json).doubleValue();
  }

  private static List<EvaluatedEpoch> history(List<?> losses, int epochs) {
    List<EvaluatedEpoch> history = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      Scores scores = Scores.ofLoss(number(losses.get(epoch - 1)));
      history.add(new EvaluatedEpoch(epoch, epoch, scores, scores));
    }
    return history;
  }

  /** PyTorch multiplies step by step: some roundings a step. */
  @Test
  void factorsAreTorchs() throws IOException {
    Map<?, ?> golden = golden();
    int epochs = (int) number(golden.get("epochs"));
    int batches = (int) number(golden.get("batches"));
    List<?> losses = (List<?>) golden.get("losses");
    Map<?, ?> factors = (Map<?, ?>) golden.get("factors");
    assertThat(factors.keySet().stream().map(name -> name.toString().replaceFirst("\\(.*", "")))
        .containsAll(Schedule.names().stream().filter(n -> !n.equals("coslog")).toList());
    factors.forEach((name, expected) -> {
      Schedule schedule = Schedule.parse((String) name);
      for (int update = 0; update < epochs * batches; update++) {
        Progress progress = Progress.of(update, batches, epochs, history(losses, update / batches));
        assertThat(schedule.factor(progress))
            .as("%s, update %d", name, update)
            .isCloseTo(number(((List<?>) expected).get(update)), within(1e-12));
      }
    });
  }

  /** PyTorch has none: the formula of RealMLP's paper, with the library's cosine. */
  @Test
  void coslogIsThePapers() {
    Schedule coslog = Schedule.parse("coslog");
    for (int update = 0; update < 200; update++) {
      double t = (update + 0.5) / 200;
      double expected = 0.5 * (1 - Math.cos(2 * Math.PI * Math.log(1 + 15 * t) / Math.log(2)));
      assertThat(coslog.factor(Progress.of(update, 10, 20, List.of())))
          .isCloseTo(expected, within(1e-12));
    }
    assertThat(coslog).isEqualTo(new CosLog(4));
  }

  /** What is not evaluated counts as an epoch, too: a patience of 4 epochs is over at the 6th. */
  @Test
  void aPlateauCountsEpochsNotEvaluations() {
    Schedule plateau = new Plateau(0.5, 4, 0, 0);
    Scores same = Scores.ofLoss(1);
    List<EvaluatedEpoch> history = new ArrayList<>();
    List<Double> factors = new ArrayList<>();
    for (int epoch = 2; epoch <= 14; epoch += 2) {
      history.add(new EvaluatedEpoch(epoch, epoch, same, same));
      factors.add(plateau.factor(Progress.of(epoch, 1, 20, history)));
    }
    assertThat(factors).containsExactly(1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.25);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constant",
        "step(10,0.1)",
        "exponential(0.9)",
        "cosine",
        "cosine(0.01)",
        "coslog",
        "coslog(2)",
        "one_cycle",
        "one_cycle(0.5,10,100)",
        "inv_scaling(0.5)",
        "plateau(0.1,10,1.0E-4,0)",
        "warm_up(5,cosine)",
        "warm_up(0.5,step(10,0.1))",
        "warm_up(1,warm_up(2,constant))"
      })
  void aNameIsReadBack(String name) {
    assertThat(Schedule.parse(name).name()).isEqualTo(name);
    assertThat(Schedule.parse(Schedule.parse(name).name())).isEqualTo(Schedule.parse(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          linear            | There is no schedule "linear". There are: constant, step, exponential
          constant(1)       | constant takes nothing in parentheses
          step(0)           | step's epochs must be a number over 0, got 0.0.
          step(1.5)         | step's epochs must be a whole number of epochs, got 1.5.
          step(1,0)         | step's factor must be a number over 0, got 0.0.
          exponential(-1)   | exponential's factor must be a number over 0, got -1.0.
          coslog(0)         | coslog's cycles must be from 1 to 20, got 0.
          coslog(21)        | coslog's cycles must be from 1 to 20, got 21.
          cosine(1)         | cosine's least must be at least 0 and under 1, got 1.0.
          one_cycle(1)      | one_cycle's rise must be at least 0 and under 1, got 1.0.
          inv_scaling(0)    | inv_scaling's power must be a number over 0, got 0.0.
          plateau(1)        | plateau's factor must be at least 0 and under 1, got 1.0.
          plateau(0.1,-1)   | plateau's patience must be a whole number of epochs, got -1.0.
          warm_up(0)        | warm_up's epochs must be a number over 0, got 0.0.
          warm_up(1,cosin)  | There is no schedule "cosin".
          warm_up(1,step(a))| step(...) expects a number, got "a".
          warm_up(1,step(1) | Expected a name, or a name with arguments
          """)
  void aWrongScheduleGetsASentence(String text, String message) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
