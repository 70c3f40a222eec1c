package dev.glia.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glia.FloatErrors;
import dev.glia.GoldenNetwork;
import dev.glia.NetworkCase;
import dev.glia.loss.Loss;
import dev.glia.random.RandomState;
import dev.glia.textbook.TextbookLoss;
import dev.glia.textbook.TextbookNetwork;
import dev.glia.textbook.TextbookOptimizer;
import dev.glia.training.Batching;
import dev.glia.training.History;
import dev.glia.training.Trainer;
import dev.glia.training.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every optimizer steps as PyTorch's and as the textbook's, as far as floats can. */
class OptimizersTest {

  /** An optimizer as the engine and the textbook have it, and what is done to gradients before. */
  private record Stepping(
      String optimizer,
      double rate,
      double l2,
      double clipValue,
      double clipNorm,
      IntFunction<TextbookOptimizer> textbook) {

    Stepping(String optimizer, double rate, IntFunction<TextbookOptimizer> textbook) {
      this(optimizer, rate, 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, textbook);
    }

    Stepping withL2(double l2) {
      return new Stepping(
          optimizer,
          rate,
          l2,
          clipValue,
          clipNorm,
          size -> TextbookOptimizer.withL2(l2, textbook.apply(size)));
    }

    Stepping clipped(double value, double norm) {
      return new Stepping(optimizer, rate, l2, value, norm, textbook);
    }

    TrainingOptions options(Loss loss) {
      return TrainingOptions.defaults()
          .withLoss(loss)
          .withOptimizer(Optimizer.parse(optimizer))
          .withLearningRate(rate)
          .withL2(l2)
          .withClipValue(clipValue)
          .withClipNorm(clipNorm)
          .withBatching(Batching.full()); // so that an epoch is a step
    }
  }

  private static final Stepping SGD = new Stepping("sgd", 0.1, size -> TextbookOptimizer.sgd(0.1));

  private static final Stepping ADAM =
      new Stepping("adam", 0.01, size -> TextbookOptimizer.adam(size, 0.01, 0.9, 0.999, 1e-8));

  /** By the names in the golden file. */
  private static final Map<String, Stepping> GOLDEN =
      Map.of(
          "sgd_0.1",
          SGD,
          "sgd_0.1_momentum_0.9",
          new Stepping("momentum", 0.1, size -> TextbookOptimizer.momentum(size, 0.1, 0.9)),
          "sgd_0.1_nesterov_0.9",
          new Stepping("nesterov", 0.1, size -> TextbookOptimizer.nesterov(size, 0.1, 0.9)),
          "adam_0.01",
          ADAM,
          "adamw_0.01_wd_0.1",
          new Stepping(
              "adamw(0.1)",
              0.01,
              size ->
                  TextbookOptimizer.shrinkFirst(
                      0.01, 0.1, TextbookOptimizer.adam(size, 0.01, 0.9, 0.999, 1e-8))),
          "rmsprop_0.01",
          new Stepping("rmsprop", 0.01, size -> TextbookOptimizer.rmsprop(size, 0.01, 0.99, 1e-8)),
          "adagrad_0.1",
          new Stepping("adagrad", 0.1, size -> TextbookOptimizer.adagrad(size, 0.1, 1e-10)),
          "sgd_0.1_l2_0.01",
          SGD.withL2(0.01));

  private static final List<Stepping> WITH_SETTINGS =
      List.of(
          new Stepping("momentum(0.5)", 0.2, size -> TextbookOptimizer.momentum(size, 0.2, 0.5)),
          new Stepping("nesterov(0.3)", 0.2, size -> TextbookOptimizer.nesterov(size, 0.2, 0.3)),
          new Stepping(
              "adam(0.5,0.9,0.001)",
              0.02,
              size -> TextbookOptimizer.adam(size, 0.02, 0.5, 0.9, 0.001)),
          new Stepping(
              "adamw(0.5,0.6,0.9,0.001)",
              0.02,
              size ->
                  TextbookOptimizer.shrinkFirst(
                      0.02, 0.5, TextbookOptimizer.adam(size, 0.02, 0.6, 0.9, 0.001))),
          new Stepping(
              "rmsprop(0.7,0.001)",
              0.02,
              size -> TextbookOptimizer.rmsprop(size, 0.02, 0.7, 0.001)),
          new Stepping(
              "adagrad(0.001)", 0.05, size -> TextbookOptimizer.adagrad(size, 0.05, 0.001)),
          ADAM.withL2(0.1),
          SGD.clipped(0.01, Double.POSITIVE_INFINITY),
          SGD.clipped(Double.POSITIVE_INFINITY, 0.05),
          SGD.clipped(0.02, 0.03).withL2(0.3),
          ADAM.clipped(0.01, 0.05).withL2(0.1));

  static List<GoldenNetwork> goldenNetworks() {
    return GoldenNetwork.all();
  }

  @ParameterizedTest
  @MethodSource("goldenNetworks")
  void tenStepsAreTorchs(GoldenNetwork golden) {
    assertThat(golden.lossesByOptimizer()).containsOnlyKeys(GOLDEN.keySet());
    golden
        .lossesByOptimizer()
        .forEach((name, losses) -> assertSteps(golden.given(), GOLDEN.get(name), losses));
  }

  static List<NetworkCase> randomNetworks() {
    RandomState random = new RandomState(20260705);
    return List.of(
        NetworkCase.random(
            random, 9, new int[] {3, 17, 2}, List.of("leaky_relu(0.05)", "sigmoid"), "bce"),
        NetworkCase.random(
            random,
            5,
            new int[] {13, 1, 16, 4},
            List.of("tanh", "gelu", "softmax"),
            "cross_entropy"));
  }

  @ParameterizedTest
  @MethodSource("randomNetworks")
  void fiveStepsAreTheTextbooks(NetworkCase given) {
    List<Stepping> all = new ArrayList<>(GOLDEN.values());
    all.addAll(WITH_SETTINGS);
    for (Stepping stepping : all) {
      assertSteps(given, stepping, losses(given, stepping, 5, null));
    }
  }

  /** By hand: two steps with the gradients 2 and -1, all numbers exact in binary. */
  @Test
  void whatIsRememberedHasTheFormulasNames() {
    assertThat(remembered("sgd")).isEmpty();
    assertThat(remembered("momentum(0.5)")).isEqualTo(Map.of("v", 0.5 * 2 - 1, "t", 2.0));
    assertThat(remembered("nesterov(0.5)")).isEqualTo(Map.of("v", 0.5 * 2 - 1, "t", 2.0));
    assertThat(remembered("adam(0.5,0.75,0.5)"))
        .isEqualTo(Map.of("m", 0.5 * 1 - 0.5, "v", 0.75 * 1 + 0.25, "t", 2.0));
    assertThat(remembered("rmsprop(0.75,0.5)")).isEqualTo(Map.of("v", 0.75 * 1 + 0.25, "t", 2.0));
    assertThat(remembered("adagrad(0.5)")).isEqualTo(Map.of("s", 4.0 + 1, "t", 2.0));
  }

  /** Of the second of two parameters. */
  private static Map<String, Double> remembered(String optimizer) {
    Optimizer formula = Optimizer.parse(optimizer);
    OptimizerMemory memory = OptimizerMemory.before(formula, 2);
    float[] factors = new float[formula.factors()];
    float[] parameters = new float[2];
    for (float gradient : new float[] {2, -1}) {
      formula.prepare(memory.beginStep(), 0.5, 1, factors);
      formula.update(factors, parameters, new float[] {7, gradient}, memory.arrays(), 0, 2);
    }
    return memory.copy().of(1);
  }

  private static void assertSteps(NetworkCase given, Stepping stepping, double[] expected) {
    History history = new History();
    new Trainer(stepping.options(Loss.parse(given.loss())).withEpochs(expected.length), history)
        .fit(given.network(), given.examples(), null, new RandomState(0));
    double[] tolerances = tolerances(given, stepping, expected);
    for (int step = 0; step < expected.length; step++) {
      assertThat(history.epochs().get(step + 1).train().loss())
          .as("loss after step %d of %s", step + 1, stepping)
          .isCloseTo(expected[step], within(tolerances[step]));
      // a tolerance worth its name
      assertThat(tolerances[step]).isLessThan(1e-3 * expected[0]);
    }
  }

  /**
   * How far rounding may carry the losses: as far as it carries the textbook network when in each
   * step every gradient is off by all that {@link FloatErrors} gives it, up or down at random, and
   * every parameter by the rounding of its update. Of three such trainings the greatest deviation
   * counts, doubled, as none of them has the worst of all signs. To that comes the error of
   * computing a loss.
   */
  private static double[] tolerances(NetworkCase given, Stepping stepping, double[] exact) {
    double[] tolerances = new double[exact.length];
    for (int trial = 0; trial < 3; trial++) {
      double[] losses = losses(given, stepping, exact.length, new RandomState(trial));
      for (int step = 0; step < exact.length; step++) {
        tolerances[step] = Math.max(tolerances[step], 2 * Math.abs(losses[step] - exact[step]));
      }
    }
    // the error of computing a loss hardly changes in some steps
    double lossError = 2 * new FloatErrors(given).loss;
    for (int step = 0; step < exact.length; step++) {
      tolerances[step] += lossError;
    }
    return tolerances;
  }

  /** The textbook's losses after each step, with or without roundings as a float engine has. */
  private static double[] losses(
      NetworkCase given, Stepping stepping, int steps, @Nullable RandomState roundings) {
    TextbookNetwork network = given.textbook();
    TextbookOptimizer optimizer = stepping.textbook().apply(network.parameterCount());
    TextbookLoss loss = TextbookLoss.of(given.loss());
    double[] losses = new double[steps];
    for (int step = 0; step < steps; step++) {
      network.backward(given.x(), given.y(), loss);
      if (roundings != null) {
        new FloatErrors(given.withParametersOf(network)).disturb(network, roundings);
      }
      network.clipByValue(stepping.clipValue());
      network.clipByNorm(stepping.clipNorm());
      network.step(roundings == null ? optimizer : FloatErrors.rounded(optimizer, roundings));
      losses[step] = network.loss(given.x(), given.y(), loss);
    }
    return losses;
  }

  @Test
  void theNameGivesTheOptimizerAgain() {
    for (String text :
        List.of(
            "sgd", "nesterov(0)", "adam(0.5)", "adamw", "adamw(0)", "adamw(-0)", "rmsprop(0.5)")) {
      Optimizer optimizer = Optimizer.parse(text);
      assertThat(Optimizer.parse(optimizer.name())).as(text).isEqualTo(optimizer);
    }
  }
}
