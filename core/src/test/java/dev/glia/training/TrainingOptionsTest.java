package dev.glia.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.compute.Compute;
import dev.glia.loss.Huber;
import dev.glia.metric.Metric;
import dev.glia.metric.Outcomes;
import dev.glia.optimizer.Optimizer;
import dev.glia.optimizer.Sgd;
import dev.glia.penalty.L2;
import dev.glia.schedule.Cosine;
import dev.glia.stopping.Patience;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingOptionsTest {

  private static final TrainingOptions DEFAULTS = TrainingOptions.defaults();

  /** Every setting, set by its own method, without another one changing. */
  @Test
  void eachWithChangesItsSettingAlone() {
    TrainingOptions changed =
        new TrainingOptions(
            new Huber(2),
            new Sgd(),
            0.5,
            new Cosine(0.5),
            new Batching(7, true),
            3,
            false,
            List.of(new L2(0.25)),
            1.5,
            2.5,
            NanPolicy.ZERO,
            4,
            new Patience(3),
            List.of(new Named("f1")));
    TrainingOptions built =
        DEFAULTS
            .withLoss(new Huber(2))
            .withOptimizer(new Sgd())
            .withLearningRate(0.5)
            .withBatching(new Batching(7, true))
            .withEpochs(3)
            .withShuffle(false)
            .withL2(0.25)
            .withClipValue(1.5)
            .withClipNorm(2.5)
            .withNanPolicy(NanPolicy.ZERO)
            .withLogEvery(4)
            .withSchedule(new Cosine(0.5))
            .withStopping(new Patience(3))
            .withMetrics(new Named("f1"));
    assertThat(built).isEqualTo(changed);
    assertThat(DEFAULTS).isEqualTo(TrainingOptions.defaults());
  }

  private record Named(String name) implements Metric {
    @Override
    public double of(Outcomes outcomes) {
      return 1;
    }
  }

  /** Each is a column of the history: no two of a name, and none that needs quotes. */
  @Test
  void metricsHaveNamesOfTheirOwn() {
    assertRefused(
        options -> options.withMetrics(new Named("f1"), new Named("f1")),
        "There is more than one metric named f1: give it another name.");
    assertRefused(
        options -> options.withMetrics(new Named("mae")),
        "There is more than one metric named mae: give it another name.");
    assertRefused(
        options -> options.withMetrics(new Named("a,b")),
        "A metric's name has letters, digits, _ and -, got \"a,b\".");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aLearningRateMustBeANumberOverZero(double rate) {
    assertRefused(
        o -> o.withLearningRate(rate), "must be a number over 0, such as 0.1, got " + rate);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void limitsMustBeOverZero(double limit) {
    assertRefused(o -> o.withClipValue(limit), "clipped to a value over 0, got " + limit);
    assertRefused(o -> o.withClipNorm(limit), "clipped to a norm over 0, got " + limit);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void anL2FactorMustNotBeNegative(double l2) {
    assertRefused(o -> o.withL2(l2), "L2 factor must be at least 0, got " + l2);
  }

  @Test
  void countsHaveALeast() {
    assertRefused(o -> o.withEpochs(-1), "number of epochs must be at least 0, got -1.");
    assertRefused(o -> o.withLogEvery(0), "between two log entries must be at least 1, got 0.");
    assertThatThrownBy(() -> Compute.onThreads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The number of threads must be at least 1, got 0.");
  }

  private static void assertRefused(UnaryOperator<TrainingOptions> change, String message) {
    assertThatThrownBy(() -> change.apply(DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd",
        "momentum(0.9)",
        "nesterov(0.5)",
        "adam",
        "adam(0.8,0.99,1.0E-6)",
        "adamw(0.01,0.9,0.999,1.0E-8)",
        "rmsprop(0.9,1.0E-6)",
        "adagrad(1.0E-6)"
      })
  void anOptimizersNameIsReadBack(String name) {
    assertThat(Optimizer.parse(name).name()).isEqualTo(name);
    assertThat(Optimizer.parse(Optimizer.parse(name).name())).isEqualTo(Optimizer.parse(name));
  }

  /** PyTorch's defaults. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          adam     | adam(0.9,0.999,1e-8)
          adamw    | adamw(0.01,0.9,0.999,1e-8)
          rmsprop  | rmsprop(0.99,1e-8)
          adagrad  | adagrad(1e-10)
          momentum | momentum(0.9)
          nesterov | nesterov(0.9)
          """)
  void optimizersHaveTorchsDefaults(String name, String spelledOut) {
    assertThat(Optimizer.parse(name)).isEqualTo(Optimizer.parse(spelledOut));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lion           | There is no optimizer "lion". There are: sgd, momentum, nesterov, adam
          sgd(0.9)       | sgd takes nothing in parentheses
          momentum(1)    | momentum's momentum must be at least 0 and under 1, got 1.0.
          nesterov(-0.1) | nesterov's momentum must be at least 0 and under 1, got -0.1.
          adam(1)        | adam's beta1 must be at least 0 and under 1
          adam(0.9,1)    | adam's beta2 must be at least 0 and under 1
          adam(0.9,0.9,0)| adam's epsilon must be over 0
          adamw(-1)      | adamw's weight_decay must be at least 0, got -1.0.
          rmsprop(2)     | rmsprop's alpha must be at least 0 and under 1
          adagrad(1e-50) | adagrad's epsilon must be over 0 in single precision, got 1.0E-50.
          adagrad(1,2)   | adagrad takes at most 1 (epsilon) in parentheses
          """)
  void aWrongOptimizerGetsASentence(String text, String message) {
    assertThatThrownBy(() -> Optimizer.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
