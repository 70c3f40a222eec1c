package dev.glia.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glia.FloatErrors;
import dev.glia.compute.Compute;
import dev.glia.layer.BatchNorm;
import dev.glia.layer.Dense;
import dev.glia.layer.Dropout;
import dev.glia.layer.Layer;
import dev.glia.layer.Noise;
import dev.glia.layer.Scale;
import dev.glia.layer.Slot;
import dev.glia.loss.Loss;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.optimizer.Optimizer;
import dev.glia.optimizer.OptimizerMemory;
import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import dev.glia.textbook.TextbookBatchNorm;
import dev.glia.textbook.TextbookDense;
import dev.glia.textbook.TextbookDropout;
import dev.glia.textbook.TextbookLayer;
import dev.glia.textbook.TextbookLoss;
import dev.glia.textbook.TextbookNetwork;
import dev.glia.textbook.TextbookOptimizer;
import dev.glia.textbook.TextbookScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The float engine gives the textbook network's numbers, as far as floats can, where layers are not
 * all dense.
 *
 * <p>A dropout of the textbook gets the engine's own noise. Shares are whole 2^-24ths, as the
 * uniform numbers are; so those under a share are the ones whose 32 bits are under the engine's
 * limit.
 */
class EngineLayersTest {

  private static final long NOISE = 42;
  private static final int INPUTS = 3;

  /** Layers, and a batch whose rows also make batches of six with a smaller last one. */
  record Given(String layers, String loss, int rows) {

    Architecture architecture() {
      return new Architecture(INPUTS, Layer.parseAll(layers));
    }

    /** All numbers are random, those that begin with 0 or 1, too. */
    Network network() {
      Architecture architecture = architecture();
      RandomState random = new RandomState(20261129);
      float[] parameters = new float[architecture.paddedLength()];
      for (int layer = 0; layer < architecture.depth(); layer++) {
        for (Slot slot : architecture.slotsOf(layer)) {
          boolean positive = slot.name().equals("running_var");
          for (int i = 0; i < slot.size(); i++) {
            double value = positive ? random.uniform(0.5, 2) : random.normal(0.1, 0.7);
            int at = architecture.at(layer, slot.name());
            parameters[Architecture.indexOf(slot, at, i)] = (float) value;
          }
        }
      }
      return new Network(architecture, parameters);
    }

    double[][] x() {
      RandomState random = new RandomState(rows);
      double[][] x = new double[rows][INPUTS];
      for (double[] row : x) {
        Arrays.setAll(row, i -> (float) (random.randn() + i));
      }
      return x;
    }

    double[][] y() {
      RandomState random = new RandomState(rows + 1000);
      int outputs = architecture().outputs();
      double[][] y = new double[rows][outputs];
      for (int row = 0; row < rows; row++) {
        switch (loss) {
          case "mse" -> y[row][row % outputs] = (float) random.randn();
          case "bce" -> y[row][0] = row % 2;
          default -> y[row][row % outputs] = 1;
        }
      }
      return y;
    }

    Examples examples() {
      double[] flat = Arrays.stream(y()).flatMapToDouble(Arrays::stream).toArray();
      float[] y = new float[flat.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = (float) flat[i];
      }
      return Examples.ofNumbers(DenseMatrix.of(x()), y, y.length / rows);
    }

    /** A training that begins with the network, and whose noise is known. */
    Training training(Optimizer optimizer, double rate, Batching batching) {
      TrainingOptions options =
          TrainingOptions.defaults()
              .withLoss(Loss.parse(loss))
              .withOptimizer(optimizer)
              .withLearningRate(rate)
              .withBatching(batching)
              .withShuffle(false)
              .withEpochs(3);
      float[] parameters = network().parameters();
      return Training.resume(
          options,
          Compute.onThreads(1),
          architecture(),
          examples(),
          null,
          new Checkpoint(
              architecture(),
              options,
              parameters,
              OptimizerMemory.before(optimizer, parameters.length),
              NOISE,
              new RandomState(0),
              IntStream.range(0, rows).toArray(),
              0,
              0,
              0,
              0));
    }
  }

  /** Every kind first, between and behind others; the last batch of six rows has 1, 2, 3 or 5. */
  static Stream<Given> networks() {
    return Stream.of(
        new Given("scale,5:tanh,scale(3),2:softmax", "cross_entropy", 13),
        new Given("batch_norm,17:silu,3:identity", "mse", 14),
        new Given("5:tanh,batch_norm,2:softmax", "cross_entropy", 15),
        new Given("batch_norm,2:softmax", "cross_entropy", 13),
        new Given("dropout(0.25),17:gelu,dropout,2:softmax", "cross_entropy", 17),
        new Given(
            "batch_norm(0.3,0.01),scale,16:softplus,keras_batch_norm(0.8,0.1),dropout(0.375),4:elu,3:identity",
            "mse",
            15),
        new Given(
            "scale(2),9:silu,batch_norm(0.1,0.1),dropout(0.25),6:sigmoid,batch_norm(0.2,0.1),1:sigmoid",
            "bce",
            17));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void predictionsLossAndGradientsAreTheTextbooks(Given given) {
    Network network = given.network();
    TextbookNetwork textbook = textbook(network, new long[1]);
    TextbookLoss loss = TextbookLoss.of(given.loss);
    FloatErrors errors = new FloatErrors(textbook, given.loss, given.x(), given.y());

    float[] predictions = network.predict(DenseMatrix.of(given.x()));
    double[][] expected = textbook.predict(given.x());
    int outputs = expected[0].length;
    for (int row = 0; row < given.rows; row++) {
      for (int i = 0; i < outputs; i++) {
        assertThat((double) predictions[row * outputs + i])
            .as("output %d of row %d", i, row)
            .isCloseTo(expected[row][i], within(errors.predictions[row][i]));
      }
    }

    EngineTest.Gradients gradients = new EngineTest.Gradients();
    try (Training training = given.training(gradients, 0.1, Batching.full())) {
      assertThat(training.evaluateTrain().loss())
          .isCloseTo(textbook.loss(given.x(), given.y(), loss), within(errors.loss));
      training.update();
    }
    textbook.backward(given.x(), given.y(), loss);
    TextbookNetwork engines =
        textbook(new Network(given.architecture(), gradients.seen), new long[1]);
    double size = 0;
    double errorSize = 0;
    for (int layer = 0; layer < textbook.layers.size(); layer++) {
      for (int array = 0; array < errors.gradients[layer].length; array++) {
        double[] wanted = textbook.layers.get(layer).gradients().get(array);
        double[] actual = engines.layers.get(layer).parameters().get(array);
        double[] error = errors.gradients[layer][array];
        for (int i = 0; i < wanted.length; i++) {
          assertThat(actual[i])
              .as("gradient of layer %d, array %d, number %d", layer, array, i)
              .isCloseTo(wanted[i], within(error[i]));
        }
        size += squares(wanted);
        errorSize += squares(error);
      }
    }
    // The tolerances are worth something: together under a hundredth of the gradient.
    assertThat(errorSize).isLessThanOrEqualTo(1e-4 * size);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void threeEpochsOfSgdAreTheTextbooks(Given given) {
    assertTrains(given, "sgd", 0.1);
  }

  /**
   * With a large epsilon: of gradients that are nothing but rounding errors, as those of biases in
   * front of a batch normalisation, Adam would make whole steps.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void threeEpochsOfAdamAreTheTextbooks(Given given) {
    assertTrains(given, "adam(0.9,0.999,0.001)", 0.01);
  }

  /**
   * In batches of six rows. Rounding may carry each array as far as it carries the textbook's when
   * every gradient and running number is off by all that {@link FloatErrors} gives it, up or down
   * at random, and every parameter by the rounding of its update. Of three such trainings the
   * greatest distance counts, doubled, as none of them has the worst of all signs.
   */
  private static void assertTrains(Given given, String optimizer, double rate) {
    Batching batching = new Batching(6, false);
    List<double[]> actual;
    int updates = 0;
    try (Training training = given.training(Optimizer.parse(optimizer), rate, batching)) {
      while (!training.done()) {
        training.update();
        updates++;
      }
      actual = numbers(textbook(training.network(), new long[1]));
    }
    assertThat(updates).isEqualTo(9);
    List<double[]> before = numbers(textbook(given.network(), new long[1]));
    List<double[]> wanted = trained(given, optimizer, rate, batching, null);
    double[] tolerances = new double[wanted.size()];
    for (int trial = 0; trial < 3; trial++) {
      List<double[]> off = trained(given, optimizer, rate, batching, new RandomState(trial));
      for (int array = 0; array < tolerances.length; array++) {
        double distance = distance(off.get(array), wanted.get(array));
        tolerances[array] = Math.max(tolerances[array], 2 * distance);
      }
    }
    double learnt = 0;
    for (int array = 0; array < tolerances.length; array++) {
      assertThat(distance(actual.get(array), wanted.get(array)))
          .as("array %d of %d", array, tolerances.length)
          .isLessThanOrEqualTo(tolerances[array]);
      learnt += Math.pow(distance(before.get(array), wanted.get(array)), 2);
    }
    // a tolerance worth its name: together a thousandth of what the training has changed
    assertThat(Math.sqrt(squares(tolerances))).isLessThan(1e-3 * Math.sqrt(learnt));
  }

  /** The textbook's numbers after the training, with or without roundings as a float engine has. */
  private static List<double[]> trained(
      Given given,
      String optimizer,
      double rate,
      Batching batching,
      @Nullable RandomState roundings) {
    long[] update = {0};
    TextbookNetwork network = textbook(given.network(), update);
    TextbookOptimizer exact =
        optimizer.equals("sgd")
            ? TextbookOptimizer.sgd(rate)
            : TextbookOptimizer.adam(network.parameterCount(), rate, 0.9, 0.999, 0.001);
    TextbookLoss loss = TextbookLoss.of(given.loss);
    int batches = batching.count(given.rows);
    for (; update[0] < 3L * batches; update[0]++) {
      int batch = (int) (update[0] % batches);
      int from = batching.start(batch, given.rows);
      int to = batching.start(batch + 1, given.rows);
      double[][] x = Arrays.copyOfRange(given.x(), from, to);
      double[][] y = Arrays.copyOfRange(given.y(), from, to);
      if (roundings == null) {
        network.backward(x, y, loss);
        network.step(exact);
      } else {
        FloatErrors errors = new FloatErrors(network, given.loss, x, y);
        network.backward(x, y, loss);
        errors.disturb(network, roundings);
        errors.disturbRunning(network, roundings);
        network.step(FloatErrors.rounded(exact, roundings));
      }
    }
    return numbers(network);
  }

  /** The parameters and running numbers, array by array. */
  private static List<double[]> numbers(TextbookNetwork network) {
    List<double[]> numbers = new ArrayList<>();
    for (TextbookLayer layer : network.layers) {
      numbers.addAll(layer.parameters());
      if (layer instanceof TextbookBatchNorm norm) {
        numbers.addAll(List.of(norm.runningMean, norm.runningVariance));
      }
    }
    return numbers;
  }

  /** The oracle with the numbers of a network; its dropouts take the noise of an update. */
  private static TextbookNetwork textbook(Network network, long[] update) {
    List<TextbookLayer> layers = new ArrayList<>();
    Architecture architecture = network.architecture();
    for (int layer = 0; layer < architecture.depth(); layer++) {
      layers.add(layer(network, layer, update));
    }
    return new TextbookNetwork(layers);
  }

  private static TextbookLayer layer(Network network, int layer, long[] update) {
    int inputs = network.architecture().inputsOf(layer);
    int units = network.architecture().unitsOf(layer);
    return switch (network.architecture().layers().get(layer)) {
      case Dense dense -> {
        float[] outIn = network.array(layer, "weight"); // [out][in]
        double[][] weights = new double[inputs][units];
        for (int in = 0; in < inputs; in++) {
          int i = in;
          Arrays.setAll(weights[in], out -> outIn[out * inputs + i]);
        }
        double[] biases = new double[units];
        copy(network, layer, "bias", biases);
        yield new TextbookDense(weights, biases, dense.activation().name());
      }
      case Scale scale -> {
        TextbookScale own = new TextbookScale(units, scale.rate());
        copy(network, layer, "weight", own.weight);
        yield own;
      }
      case Dropout dropout ->
          new TextbookDropout(
              dropout.share(),
              (row, unit) -> Noise.uniform(Noise.key(NOISE, update[0], layer), row, unit));
      case BatchNorm norm -> {
        TextbookBatchNorm own =
            norm.keras()
                ? TextbookBatchNorm.keras(units, norm.momentum(), norm.epsilon())
                : TextbookBatchNorm.torch(units, norm.momentum(), norm.epsilon());
        copy(network, layer, "weight", own.weight);
        copy(network, layer, "bias", own.bias);
        copy(network, layer, "running_mean", own.runningMean);
        copy(network, layer, "running_var", own.runningVariance);
        yield own;
      }
      case Layer other -> throw new IllegalArgumentException(other.name());
    };
  }

  private static void copy(Network network, int layer, String slot, double[] to) {
    float[] array = network.array(layer, slot);
    Arrays.setAll(to, i -> array[i]);
  }

  private static double squares(double[] values) {
    return Arrays.stream(values).map(v -> v * v).sum();
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
