package dev.glia.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.FloatErrors;
import dev.glia.NetworkCase;
import dev.glia.activation.Identity;
import dev.glia.compute.Compute;
import dev.glia.compute.FloatFunctions;
import dev.glia.compute.KernelChoice;
import dev.glia.compute.Padding;
import dev.glia.initializer.Initializer;
import dev.glia.layer.BatchNorm;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.layer.Slot;
import dev.glia.loss.Loss;
import dev.glia.loss.MeanSquaredError;
import dev.glia.network.Architecture;
import dev.glia.network.FullyConnected;
import dev.glia.network.Network;
import dev.glia.optimizer.Optimizer;
import dev.glia.optimizer.OptimizerMemory;
import dev.glia.optimizer.Sgd;
import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import dev.glia.textbook.TextbookLoss;
import dev.glia.textbook.TextbookNetwork;
import dev.glia.training.Batching;
import dev.glia.training.Checkpoint;
import dev.glia.training.Evaluation;
import dev.glia.training.Examples;
import dev.glia.training.Training;
import dev.glia.training.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One example's numbers are the engine's, the textbook's, and those of an update. */
class ExampleTraceTest {

  private static final double U = FloatErrors.U;

  /** A checkpoint of a training that has just begun. */
  private static Checkpoint checkpoint(
      Network network, Examples examples, TrainingOptions options) {
    try (Training training =
        Training.begin(
            options, Compute.onThreads(1), network, examples, null, new RandomState(0))) {
      return training.checkpoint();
    }
  }

  private static ExampleTrace trace(NetworkCase given) {
    TrainingOptions options = TrainingOptions.defaults().withLoss(Loss.parse(given.loss()));
    return ExampleTrace.of(
        checkpoint(given.network(), given.examples(), options), given.examples(), 0);
  }

  /** Every activation in hidden layers, every loss, each with one row. */
  static Stream<NetworkCase> networks() {
    RandomState random = new RandomState(20261121);
    List<NetworkCase> cases = new ArrayList<>();
    int[] sizes = {13, 17, 5, 3};
    for (String hidden :
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
            "softplus")) {
      cases.add(
          NetworkCase.random(
              random, 1, sizes, List.of(hidden, "tanh", "softmax"), "cross_entropy"));
      cases.add(NetworkCase.random(random, 1, sizes, List.of("tanh", hidden, "sigmoid"), "bce"));
    }
    for (String loss : List.of("mse", "squared_error", "mae", "huber(0.5)", "mse(sum)")) {
      cases.add(NetworkCase.random(random, 1, sizes, List.of("gelu", "tanh", "identity"), loss));
    }
    // not mae: of shares that are all too large, or too small, its gradient is 0 but for rounding
    for (String loss : List.of("mse", "squared_error", "huber(0.5)")) {
      cases.add(NetworkCase.random(random, 1, sizes, List.of("relu", "silu", "softmax"), loss));
    }
    cases.add(NetworkCase.random(random, 1, sizes, List.of("relu", "silu", "softmax"), "bce"));
    cases.add(NetworkCase.random(random, 1, new int[] {1, 1}, List.of("sigmoid"), "bce"));
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void outputsLossAndGradientsAreTheTextbooks(NetworkCase given) {
    ExampleTrace trace = trace(given);
    FloatErrors errors = new FloatErrors(given);
    TextbookNetwork textbook = given.textbook();
    TextbookLoss loss = TextbookLoss.of(given.loss());
    textbook.backward(given.x(), given.y(), loss);
    int last = trace.architecture().depth() - 1;
    double[] outputs = textbook.predict(given.x()[0]);
    for (int i = 0; i < outputs.length; i++) {
      assertThat(trace.activations(last)[i])
          .isCloseTo(outputs[i], within(errors.predictions[0][i]));
    }
    assertThat(trace.targets()).containsExactly(given.y()[0]);
    assertThat(trace.loss())
        .isCloseTo(textbook.loss(given.x(), given.y(), loss), within(errors.loss))
        .isCloseTo(Arrays.stream(trace.lossParts()).sum(), within(1e-14 * trace.loss()));
    for (int layer = 0; layer <= last; layer++) {
      for (int unit = 0; unit < trace.architecture().unitsOf(layer); unit++) {
        for (int in = 0; in < trace.architecture().inputsOf(layer); in++) {
          assertThat(trace.weight(layer, in, unit)).isEqualTo(given.weights()[layer][in][unit]);
          assertThat(trace.gradient(layer, in, unit))
              .isCloseTo(
                  textbook.dense(layer).weightGradients[in][unit],
                  within(errors.weightGradients(layer)[in][unit]));
        }
        assertThat(trace.bias(layer, unit)).isEqualTo(given.biases()[layer][unit]);
        assertThat(trace.biasGradient(layer, unit))
            .isCloseTo(
                textbook.dense(layer).biasGradients[unit],
                within(errors.biasGradients(layer)[unit]));
      }
    }
  }

  /**
   * Truncation and rounding of the differences are near 1e-10 (see GradientCheck). The engine's
   * gradient of a single unit may be small beside the numbers whose difference it is: some of their
   * 1e-7 are some 1e-5 of it.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void finiteDifferencesAreTheTextbooksGradients(NetworkCase given) {
    ExampleTrace trace = trace(given);
    TextbookNetwork textbook = given.textbook();
    textbook.backward(given.x(), given.y(), TextbookLoss.of(given.loss()));
    for (int layer = 0; layer < trace.architecture().depth(); layer++) {
      for (int unit = 0; unit < trace.architecture().unitsOf(layer); unit++) {
        for (int in = 0; in < trace.architecture().inputsOf(layer); in++) {
          assertThat(trace.difference(layer, in, unit))
              .isCloseTo(textbook.dense(layer).weightGradients[in][unit], within(2e-9));
        }
        assertThat(trace.biasDifference(layer, unit))
            .isCloseTo(textbook.dense(layer).biasGradients[unit], within(2e-9));
        assertThat(trace.relativeDifference(layer, unit)).isLessThan(1e-4);
      }
    }
  }

  /** Each number follows from those before it, as the formulas say. */
  @ParameterizedTest
  @MethodSource("networks")
  void eachNumberFollowsFromThoseBefore(NetworkCase given) {
    ExampleTrace trace = trace(given);
    Architecture architecture = trace.architecture();
    FloatFunctions functions = KernelChoice.AUTO.functions();
    for (int layer = 0; layer < architecture.depth(); layer++) {
      int units = architecture.unitsOf(layer);
      double[] x = trace.inputs(layer);
      double[] z = trace.sums(layer);
      double[] a = trace.activations(layer);
      double[] dz = trace.sumGradients(layer);
      for (int unit = 0; unit < units; unit++) {
        double sum = trace.bias(layer, unit);
        double size = Math.abs(sum);
        for (int in = 0; in < x.length; in++) {
          double product = x[in] * trace.weight(layer, in, unit);
          sum += product;
          size += Math.abs(product);
          assertThat(trace.gradient(layer, in, unit)).isEqualTo((float) (x[in] * dz[unit]));
        }
        assertThat(z[unit]).isCloseTo(sum, within((x.length + 1) * U * size));
        assertThat(trace.biasGradient(layer, unit)).isEqualTo(dz[unit]);
      }
      float[] forward = floats(z);
      float[] activations = new float[forward.length];
      architecture.activationOf(layer).forward(functions, forward, activations, 0, 1, units);
      assertThat(a).containsExactly(doubles(activations, units));
      boolean output = layer == architecture.depth() - 1;
      double[] da = trace.activationGradients(layer);
      assertThat(byChainRule(trace, layer, da)).containsExactly(dz, within(1e-6));
      if (!(output && trace.lossFromSums())) {
        float[] d = floats(da);
        architecture.activationOf(layer).backward(functions, forward, activations, d, 0, 1, units);
        assertThat(dz).containsExactly(doubles(d, units));
      }
      if (trace.elementwise(layer) && !output) {
        double[] derivatives = trace.derivatives(layer);
        for (int unit = 0; unit < units; unit++) {
          assertThat(dz[unit])
              .isCloseTo(da[unit] * derivatives[unit], within(8 * U * Math.abs(dz[unit]) + 1e-38));
        }
      }
      if (!output) {
        double[] above = trace.sumGradients(layer + 1);
        for (int unit = 0; unit < units; unit++) {
          double sum = 0;
          double size = 0;
          for (int next = 0; next < above.length; next++) {
            double product = above[next] * trace.weight(layer + 1, unit, next);
            sum += product;
            size += Math.abs(product);
          }
          assertThat(da[unit]).isCloseTo(sum, within(above.length * U * size));
        }
      }
    }
  }

  /** {@code dz[i] = sum over j of da[j] * da_j/dz_i}, for a softmax too. */
  private static double[] byChainRule(ExampleTrace trace, int layer, double[] da) {
    double[] dz = new double[da.length];
    for (int i = 0; i < dz.length; i++) {
      for (int j = 0; j < dz.length; j++) {
        dz[i] += da[j] * trace.derivative(layer, j, i);
      }
      assertThat(trace.derivatives(layer)[i]).isEqualTo(trace.derivative(layer, i, i));
    }
    return dz;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[Padding.stride(values.length)];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] doubles(float[] values, int count) {
    double[] doubles = new double[count];
    Arrays.setAll(doubles, i -> values[i] + 0.0); // the trace has 0 for -0
    return doubles;
  }

  @Test
  void aSoftmaxDependsOnAllSums() {
    NetworkCase given =
        NetworkCase.random(
            new RandomState(1), 1, new int[] {2, 3}, List.of("softmax"), "cross_entropy");
    ExampleTrace trace = trace(given);
    assertThat(trace.elementwise(0)).isFalse();
    assertThat(trace.lossFromSums()).isTrue();
    double[] a = trace.activations(0);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertThat(trace.derivative(0, j, i))
            .isCloseTo(a[j] * ((i == j ? 1 : 0) - a[i]), within(2 * U));
      }
    }
  }

  private static Network network(Architecture architecture) {
    return Network.initialize(architecture, new Initializer.He(), new RandomState(4));
  }

  /** Rows of 70 features of which most are 0, of three classes. */
  private static Examples examples(int rows) {
    RandomState random = new RandomState(rows);
    double[] x = new double[rows * 70];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.randint(0, 10) < 8 ? 0 : random.randn();
    }
    float[] y = new float[rows * 3];
    for (int row = 0; row < rows; row++) {
      y[3 * row + row % 3] = 1;
    }
    return Examples.ofNumbers(new DenseMatrix(rows, 70, x), y, 3);
  }

  /** With the optimizer's memory of seven updates, on narrow and wide first layers. */
  @ParameterizedTest
  @CsvSource({
    "17:tanh, sgd, 0, Infinity, Infinity",
    "17:tanh, momentum, 0.1, Infinity, Infinity",
    "130:relu, nesterov, 0, 0.01, Infinity",
    "130:relu, adam, 0.1, Infinity, 0.1",
    "17:selu, adamw, 0, 0.02, 0.1",
    "17:gelu, rmsprop, 0, Infinity, Infinity",
    "17:silu, adagrad, 0.01, Infinity, Infinity"
  })
  void theUpdateIsThatOfATrainingOnThisExampleAlone(
      String layer, String optimizer, double l2, double clipValue, double clipNorm) {
    Architecture architecture = new Architecture(70, Layer.parseAll(layer + ",3:softmax"));
    TrainingOptions options =
        TrainingOptions.defaults()
            .withOptimizer(Optimizer.parse(optimizer))
            .withLearningRate(0.05)
            .withBatching(new Batching(4, false))
            .withL2(l2)
            .withClipValue(clipValue)
            .withClipNorm(clipNorm);
    Examples examples = examples(12);
    Checkpoint checkpoint;
    try (Training training =
        Training.begin(
            options,
            Compute.onThreads(1),
            network(architecture),
            examples,
            null,
            new RandomState(0))) {
      while (training.updates() < 7) {
        training.update();
      }
      checkpoint = training.checkpoint();
    }
    int row = 5;
    float[] before = checkpoint.parameters();
    ExampleTrace trace = ExampleTrace.of(checkpoint, examples, row);
    assertThat(checkpoint.parameters()).isEqualTo(before);
    assertThat(trace.loss())
        .isEqualTo(
            Evaluation.of(checkpoint.network(), options.loss(), examples.row(row), Compute.all())
                .loss());

    Checkpoint alone =
        new Checkpoint(
            architecture,
            options,
            before,
            checkpoint.memory(),
            checkpoint.noise(),
            checkpoint.random(),
            new int[] {0},
            0,
            0,
            0,
            0);
    Network updated;
    try (Training training =
        Training.resume(
            options, Compute.onThreads(1), architecture, examples.row(row), null, alone)) {
      training.update();
      updated = training.network();
    }
    assertThat(updated.parameters()).isNotEqualTo(before);
    OptimizerMemory remembered = checkpoint.memory();
    for (int l = 0; l < architecture.depth(); l++) {
      float[][] weights = updated.layer(l).weights();
      float[] biases = updated.layer(l).biases();
      for (int unit = 0; unit < biases.length; unit++) {
        for (int in = 0; in < weights.length; in++) {
          assertThat(trace.updated(l, in, unit)).isEqualTo(weights[in][unit]);
          assertThat(trace.memory(l, in, unit))
              .isEqualTo(remembered.of(architecture.weightAt(l, in, unit)));
        }
        assertThat(trace.biasMemory(l, unit))
            .isEqualTo(remembered.of(architecture.biasesAt(l) + unit));
        assertThat(trace.updatedBias(l, unit)).isEqualTo(biases[unit]);
      }
      assertThat(trace.relativeDifference(l, 0)).isLessThan(1e-5);
    }
  }

  /** By hand: the output is 2 * 3 + 1 = 7, the gradients 2 (7 - 1) = 12 by the bias, 36, 0.1 w. */
  @Test
  void theStepsGradientsAreClippedAndHaveL2() {
    Network line =
        Network.of(new FullyConnected(new float[][] {{2}}, new float[] {1}, new Identity()));
    Examples one = Examples.ofNumbers(DenseMatrix.of(new double[] {3}), new float[] {1}, 1);
    TrainingOptions options =
        TrainingOptions.defaults()
            .withLoss(new MeanSquaredError())
            .withOptimizer(new Sgd())
            .withLearningRate(0.5)
            .withClipValue(20)
            .withL2(0.5);
    ExampleTrace trace = ExampleTrace.of(checkpoint(line, one, options), one, 0);
    assertThat(trace.lossFromSums()).isFalse();
    assertThat(trace.inputs(0)).containsExactly(3);
    assertThat(trace.activationGradients(0)).containsExactly(12);
    assertThat(trace.gradient(0, 0, 0)).isEqualTo(36);
    assertThat(trace.biasGradient(0, 0)).isEqualTo(12);
    assertThat(trace.stepGradient(0, 0, 0)).isEqualTo(20 + 0.5 * 2);
    assertThat(trace.biasStepGradient(0, 0)).isEqualTo(12 + 0.5 * 1);
    assertThat(trace.updated(0, 0, 0)).isEqualTo(2 - 0.5 * 21);
    assertThat(trace.updatedBias(0, 0)).isEqualTo(1 - 0.5 * 12.5);
  }

  @Test
  void whereTrainingWouldStopNothingIsUpdated() {
    Network line =
        Network.of(new FullyConnected(new float[][] {{1}}, new float[] {0}, new Identity()));
    Examples one = Examples.ofNumbers(DenseMatrix.of(new double[] {1e20}), new float[] {0}, 1);
    TrainingOptions options =
        TrainingOptions.defaults().withLoss(new MeanSquaredError()).withClipValue(1);
    Checkpoint checkpoint = checkpoint(line, one, options);
    ExampleTrace trace = ExampleTrace.of(checkpoint, one, 0);
    assertThat(trace.gradient(0, 0, 0)).isInfinite();
    assertThat(trace.updated(0, 0, 0)).isEqualTo(1);
    assertThat(trace.updatedBias(0, 0)).isZero();
  }

  /** After some updates by batches, so that no number is what it began with. */
  private static Checkpoint trained(Architecture architecture, Examples examples) {
    TrainingOptions options =
        TrainingOptions.defaults()
            .withOptimizer(new Sgd())
            .withLearningRate(0.05)
            .withBatching(new Batching(4, false));
    try (Training training =
        Training.begin(
            options,
            Compute.onThreads(1),
            network(architecture),
            examples,
            null,
            new RandomState(0))) {
      while (training.updates() < 7) {
        training.update();
      }
      return training.checkpoint();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scale,8:tanh,batch_norm,18:gelu,scale(3),3:softmax",
        "batch_norm,scale,keras_batch_norm(0.5,0.1),3:softmax"
      })
  void ofALayerThatIsNotDenseEachNumberFollowsFromThoseBefore(String layers) {
    Architecture architecture = new Architecture(70, Layer.parseAll(layers));
    Examples examples = examples(12);
    Checkpoint checkpoint = trained(architecture, examples);
    ExampleTrace trace = ExampleTrace.of(checkpoint, examples, 5);
    float[] x0 = Arrays.copyOf(floats(trace.inputs(0)), 70); // without padding
    assertThat(doubles(checkpoint.network().predict(x0), 3))
        .containsExactly(trace.activations(architecture.depth() - 1));
    for (int layer = 0; layer < architecture.depth(); layer++) {
      if (layer > 0) {
        assertThat(trace.inputGradients(layer))
            .containsExactly(trace.activationGradients(layer - 1));
      }
      if (architecture.layers().get(layer) instanceof Dense) {
        assertPassedBack(trace, layer);
        continue;
      }
      double[] x = trace.inputs(layer);
      double[] y = trace.activations(layer);
      double[] dy = trace.activationGradients(layer);
      double[] dx = trace.inputGradients(layer);
      for (int unit = 0; unit < x.length; unit++) {
        double slope = trace.value(layer, slot(trace, layer, "weight"), unit);
        double normal = x[unit];
        double bias = 0;
        if (architecture.layers().get(layer) instanceof BatchNorm norm) {
          double variance = trace.value(layer, slot(trace, layer, "running_var"), unit);
          double mean = trace.value(layer, slot(trace, layer, "running_mean"), unit);
          double root = Math.sqrt(variance + norm.epsilon());
          normal = (x[unit] - mean) / root;
          bias = trace.value(layer, slot(trace, layer, "bias"), unit);
          assertThat(y[unit]).isCloseTo(slope * normal + bias, within(1e-5));
          assertParameter(trace, layer, "bias", unit, dy[unit]);
          slope /= root;
        } else {
          assertThat(y[unit]).isEqualTo((float) (slope * x[unit]));
        }
        assertThat(dx[unit]).isCloseTo(slope * dy[unit], within(1e-5 * Math.abs(dx[unit])));
        assertParameter(trace, layer, "weight", unit, dy[unit] * normal);
      }
    }
  }

  private static void assertPassedBack(ExampleTrace trace, int layer) {
    double[] dz = trace.sumGradients(layer);
    double[] dx = trace.inputGradients(layer);
    for (int in = 0; in < dx.length; in++) {
      double sum = 0;
      for (int unit = 0; unit < dz.length; unit++) {
        sum += dz[unit] * trace.weight(layer, in, unit);
      }
      assertThat(dx[in]).isCloseTo(sum, within(1e-6));
    }
  }

  private static Slot slot(ExampleTrace trace, int layer, String name) {
    return trace.architecture().slotsOf(layer).stream()
        .filter(slot -> slot.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertParameter(
      ExampleTrace trace, int layer, String name, int unit, double gradient) {
    Slot slot = slot(trace, layer, name);
    ExampleTrace.Parameter parameter = trace.parameter(layer, slot, unit);
    assertThat(parameter.value()).isEqualTo(trace.value(layer, slot, unit));
    assertThat(parameter.gradient()).isCloseTo(gradient, within(1e-6));
    assertThat(parameter.difference()).isCloseTo(gradient, within(1e-6));
    assertThat(parameter.stepGradient()).isEqualTo(parameter.gradient());
    assertThat(parameter.memory()).isEmpty();
    assertThat(parameter.updated())
        .isCloseTo(parameter.value() - 0.05 * slot.rate() * parameter.gradient(), within(1e-6));
  }

  /** A weight can be asked for by the name of its array, too. */
  @Test
  void theNumbersOfADenseLayerAreThoseOfItsArrays() {
    Architecture architecture = new Architecture(70, Layer.parseAll("17:tanh,3:softmax"));
    Examples examples = examples(12);
    ExampleTrace trace = ExampleTrace.of(trained(architecture, examples), examples, 2);
    ExampleTrace.Parameter weight = trace.parameter(0, slot(trace, 0, "weight"), 16 * 70 + 69);
    assertThat(weight.value()).isEqualTo(trace.weight(0, 69, 16));
    assertThat(weight.gradient()).isEqualTo(trace.gradient(0, 69, 16));
    assertThat(weight.updated()).isEqualTo(trace.updated(0, 69, 16));
    assertThat(weight.difference()).isCloseTo(trace.difference(0, 69, 16), within(1e-10));
    assertThat(trace.parameter(1, slot(trace, 1, "bias"), 2).gradient())
        .isEqualTo(trace.biasGradient(1, 2));
    assertPassedBack(trace, 0);
  }

  @Test
  void anArrayThatIsNotTrainedHasNoGradient() {
    Architecture architecture = new Architecture(70, Layer.parseAll("batch_norm,3:softmax"));
    Examples examples = examples(12);
    ExampleTrace trace = ExampleTrace.of(trained(architecture, examples), examples, 2);
    Slot mean = slot(trace, 0, "running_mean");
    assertThatThrownBy(() -> trace.parameter(0, mean, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The array running_mean of layer 1 of 2 (batch_norm) is not trained: it has no gradient.");
  }

  @Test
  void aRowThatIsNotThereIsRefused() {
    Network line =
        Network.of(new FullyConnected(new float[][] {{1}}, new float[] {0}, new Identity()));
    Examples one = Examples.ofNumbers(DenseMatrix.of(new double[] {1}), new float[] {0}, 1);
    Checkpoint checkpoint =
        checkpoint(line, one, TrainingOptions.defaults().withLoss(new MeanSquaredError()));
    assertThatThrownBy(() -> ExampleTrace.of(checkpoint, one, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are 1 rows, from 0 to 0, got 1.");
    assertThatThrownBy(() -> ExampleTrace.of(checkpoint, examples(2), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The network has 1 inputs, the data has 70 features.");
  }
}
