package dev.glia.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glia.FloatErrors;
import dev.glia.GoldenNetwork;
import dev.glia.NetworkCase;
import dev.glia.loss.Loss;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.optimizer.Optimizer;
import dev.glia.optimizer.Sgd;
import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import dev.glia.textbook.TextbookDense;
import dev.glia.textbook.TextbookLoss;
import dev.glia.textbook.TextbookNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The float engine gives PyTorch's and the textbook network's numbers, as far as floats can. */
class EngineTest {

  private static final List<String> HIDDEN =
      List.of(
          "identity",
          "relu",
          "leaky_relu(0.05)",
          "sigmoid",
          "tanh",
          "softmax",
          "elu(0.7)",
          "selu",
          "gelu",
          "silu",
          "softplus");

  /** Plain batch training, so that an epoch is a step. */
  private static TrainingOptions options(NetworkCase given) {
    return TrainingOptions.defaults()
        .withLoss(Loss.parse(given.loss()))
        .withOptimizer(new Sgd())
        .withLearningRate(0.1)
        .withBatching(Batching.full());
  }

  static List<GoldenNetwork> goldenNetworks() {
    return GoldenNetwork.all();
  }

  @ParameterizedTest
  @MethodSource("goldenNetworks")
  void predictionsLossAndGradientsAreTorchs(GoldenNetwork golden) {
    FloatErrors errors = new FloatErrors(golden.given());
    assertPredictions(golden.given(), golden.predictions(), errors);
    assertLossAndGradients(
        golden.given(), golden.loss(), golden.weightGradients(), golden.biasGradients(), errors);
  }

  /** Every output activation with every loss that takes it, behind all kinds of hidden layers. */
  static Stream<NetworkCase> randomNetworks() {
    long seed = 20260704;
    RandomState random = new RandomState(seed);
    int[] sizes = {1, 2, 13, 16, 17, 33};
    List<NetworkCase> cases = new ArrayList<>();
    int hiddenAt = 0;
    for (String loss :
        List.of("bce", "cross_entropy", "mse", "squared_error", "mae", "huber(0.5)", "mse(sum)")) {
      for (String output : HIDDEN) {
        if (takes(loss, output)) {
          int depth = 1 + cases.size() % 5;
          int[] layers = new int[depth + 1];
          List<String> activations = new ArrayList<>();
          for (int layer = 0; layer <= depth; layer++) {
            layers[layer] = sizes[(int) random.randint(0, sizes.length)];
            if (layer > 1) {
              activations.add(HIDDEN.get(hiddenAt++ % HIDDEN.size()));
            }
          }
          activations.add(output);
          int rows = (int) random.randint(1, 20);
          cases.add(NetworkCase.random(random, rows, layers, activations, loss));
        }
      }
    }
    cases.add(
        NetworkCase.random(
            random, 33, new int[] {207, 65, 10}, List.of("relu", "softmax"), "cross_entropy(sum)"));
    cases.add(
        NetworkCase.random(
            random, 17, new int[] {13, 207, 3}, List.of("gelu", "sigmoid"), "bce(sum)"));
    return cases.stream();
  }

  private static boolean takes(String loss, String output) {
    return switch (loss) {
      case "bce" -> output.equals("sigmoid") || output.equals("softmax");
      case "cross_entropy" -> output.equals("softmax");
      default -> true;
    };
  }

  @ParameterizedTest
  @MethodSource("randomNetworks")
  void predictionsLossAndGradientsAreTheTextbooks(NetworkCase given) {
    TextbookNetwork textbook = given.textbook();
    TextbookLoss loss = TextbookLoss.of(given.loss());
    FloatErrors errors = new FloatErrors(given);
    assertPredictions(given, textbook.predict(given.x()), errors);
    textbook.backward(given.x(), given.y(), loss);
    assertLossAndGradients(
        given,
        textbook.loss(given.x(), given.y(), loss),
        textbook.layers.stream()
            .map(layer -> ((TextbookDense) layer).weightGradients)
            .toArray(double[][][]::new),
        textbook.layers.stream()
            .map(layer -> ((TextbookDense) layer).biasGradients)
            .toArray(double[][]::new),
        errors);
  }

  private static void assertPredictions(
      NetworkCase given, double[][] expected, FloatErrors errors) {
    Network network = given.network();
    int outputs = network.architecture().outputs();
    float[] predictions = network.predict(DenseMatrix.of(given.x()));
    assertThat(predictions).hasSize(expected.length * outputs);
    for (int row = 0; row < expected.length; row++) {
      for (int i = 0; i < outputs; i++) {
        assertThat((double) predictions[row * outputs + i])
            .as("output %d of row %d", i, row)
            .isCloseTo(expected[row][i], within(errors.predictions[row][i]));
      }
    }
  }

  private static void assertLossAndGradients(
      NetworkCase given,
      double loss,
      double[][][] weightGradients,
      double[][] biasGradients,
      FloatErrors errors) {
    Gradients gradients = new Gradients();
    History history = new History();
    new Trainer(options(given).withEpochs(1).withOptimizer(gradients), history)
        .fit(given.network(), given.examples(), null, new RandomState(0));
    assertThat(history.epochs().getFirst().train().loss()).isCloseTo(loss, within(errors.loss));
    Architecture architecture = given.network().architecture();
    double size = 0;
    double errorSize = 0;
    for (int layer = 0; layer < architecture.depth(); layer++) {
      for (int in = 0; in <= architecture.inputsOf(layer); in++) {
        boolean bias = in == architecture.inputsOf(layer);
        double[] expected = bias ? biasGradients[layer] : weightGradients[layer][in];
        double[] error = bias ? errors.biasGradients(layer) : errors.weightGradients(layer)[in];
        for (int out = 0; out < expected.length; out++) {
          int at =
              bias ? architecture.biasesAt(layer) + out : architecture.weightAt(layer, in, out);
          assertThat((double) gradients.seen[at])
              .as("gradient of layer %d, row %d, column %d", layer, in, out)
              .isCloseTo(expected[out], within(error[out]));
          size += expected[out] * expected[out];
          errorSize += error[out] * error[out];
        }
        for (int padding = expected.length; padding < architecture.strideOf(layer); padding++) {
          int at =
              bias
                  ? architecture.biasesAt(layer) + padding
                  : architecture.weightAt(layer, in, padding);
          assertThat(gradients.seen[at]).as("padding").isZero();
        }
      }
    }
    // The tolerances are worth something: together under a hundredth of the gradient.
    assertThat(errorSize).isLessThanOrEqualTo(1e-4 * size);
  }

  /** An optimizer that changes nothing and keeps the gradients it is given. */
  static final class Gradients implements Optimizer {
    float[] seen = {};

    @Override
    public String name() {
      return "none";
    }

    @Override
    public synchronized void update( // by several threads, the first of which makes the array
        float[] factors,
        float[] parameters,
        float[] gradients,
        float[][] memory,
        int from,
        int to) {
      if (seen.length == 0) {
        seen = new float[gradients.length];
      }
      System.arraycopy(gradients, from, seen, from, to - from);
    }
  }
}
