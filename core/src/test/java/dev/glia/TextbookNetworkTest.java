package dev.glia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glia.textbook.TextbookLoss;
import dev.glia.textbook.TextbookNetwork;
import dev.glia.textbook.TextbookOptimizer;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The textbook network gives PyTorch's numbers, so it may be the oracle for everything else. */
class TextbookNetworkTest {

  static List<GoldenNetwork> goldenNetworks() {
    return GoldenNetwork.all();
  }

  @ParameterizedTest
  @MethodSource("goldenNetworks")
  void predictionsLossAndGradientsAreTorchs(GoldenNetwork golden) {
    TextbookNetwork network = golden.given().textbook();
    for (int row = 0; row < golden.given().x().length; row++) {
      assertClose(network.predict(golden.given().x()[row]), golden.predictions()[row]);
    }
    TextbookLoss loss = TextbookLoss.of(golden.given().loss());
    assertClose(network.loss(golden.given().x(), golden.given().y(), loss), golden.loss());
    network.backward(golden.given().x(), golden.given().y(), loss);
    for (int layer = 0; layer < golden.given().weights().length; layer++) {
      for (int in = 0; in < golden.given().weights()[layer].length; in++) {
        assertClose(network.dense(layer).weightGradients[in], golden.weightGradients()[layer][in]);
      }
      assertClose(network.dense(layer).biasGradients, golden.biasGradients()[layer]);
    }
  }

  @ParameterizedTest
  @MethodSource("goldenNetworks")
  void tenStepsOfEveryOptimizerAreTorchs(GoldenNetwork golden) {
    Map<String, IntFunction<TextbookOptimizer>> optimizers =
        Map.of(
            "sgd_0.1", size -> TextbookOptimizer.sgd(0.1),
            "sgd_0.1_momentum_0.9", size -> TextbookOptimizer.momentum(size, 0.1, 0.9),
            "sgd_0.1_nesterov_0.9", size -> TextbookOptimizer.nesterov(size, 0.1, 0.9),
            "adam_0.01", size -> TextbookOptimizer.adam(size, 0.01, 0.9, 0.999, 1e-8),
            "adamw_0.01_wd_0.1",
                size ->
                    TextbookOptimizer.shrinkFirst(
                        0.01, 0.1, TextbookOptimizer.adam(size, 0.01, 0.9, 0.999, 1e-8)),
            "rmsprop_0.01", size -> TextbookOptimizer.rmsprop(size, 0.01, 0.99, 1e-8),
            "adagrad_0.1", size -> TextbookOptimizer.adagrad(size, 0.1, 1e-10),
            "sgd_0.1_l2_0.01", size -> TextbookOptimizer.withL2(0.01, TextbookOptimizer.sgd(0.1)));
    assertThat(golden.lossesByOptimizer()).containsOnlyKeys(optimizers.keySet());
    TextbookLoss loss = TextbookLoss.of(golden.given().loss());
    golden
        .lossesByOptimizer()
        .forEach((name, expected) -> {
          TextbookNetwork network = golden.given().textbook();
          TextbookOptimizer optimizer = optimizers.get(name).apply(network.parameterCount());
          double[] losses = new double[expected.length];
          for (int step = 0; step < losses.length; step++) {
            network.backward(golden.given().x(), golden.given().y(), loss);
            network.step(optimizer);
            losses[step] = network.loss(golden.given().x(), golden.given().y(), loss);
          }
          assertClose(losses, expected);
        });
  }

  /** To 1e-9 relative, as the golden numbers' README asks; of 0 nothing is relative. */
  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertClose(actual[i], expected[i]);
    }
  }

  private static void assertClose(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-9 * Math.max(Math.abs(expected), 1e-6)));
  }
}
