package dev.glia.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glia.compute.Compute;
import dev.glia.compute.KernelChoice;
import dev.glia.initializer.Initializer;
import dev.glia.inspection.GradientCheck.Comparison;
import dev.glia.internal.json.Json;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.layer.Slot;
import dev.glia.loss.CrossEntropy;
import dev.glia.loss.Loss;
import dev.glia.loss.OutputLoss;
import dev.glia.network.Architecture;
import dev.glia.network.Backpropagation;
import dev.glia.network.Network;
import dev.glia.optimizer.OptimizerMemory;
import dev.glia.optimizer.Sgd;
import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import dev.glia.training.Batching;
import dev.glia.training.Checkpoint;
import dev.glia.training.Examples;
import dev.glia.training.Training;
import dev.glia.training.TrainingOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Layers that are not dense: PyTorch's numbers (see {@code src/test/golden/layers.py}), finite
 * differences, and what rows and batches of odd sizes do.
 */
class LayersTest {

  /** PyTorch computes in double precision, the engine in single: sums of some twenty terms. */
  private static final double SINGLE = 1e-6;

  /** A case of the golden file. */
  record Golden(String name, Map<?, ?> json) {
    Architecture architecture() {
      return new Architecture(
          ((Long) json.get("inputs")).intValue(), Layer.parseAll((String) json.get("layers")));
    }

    Examples examples() {
      double[][] x = matrix(json.get("x"));
      double[][] y = matrix(json.get("y"));
      float[] wanted = floats(flat(y));
      return Examples.ofNumbers(
          new DenseMatrix(x.length, x[0].length, flat(x)), wanted, y[0].length);
    }

    TrainingOptions options() {
      return TrainingOptions.defaults()
          .withLoss(Loss.parse((String) json.get("loss")))
          .withOptimizer(new Sgd())
          .withLearningRate((Double) json.get("rate"))
          .withBatching(Batching.full())
          .withEpochs(5);
    }

    /** The arrays under a key by the names that PyTorch gives them. */
    Map<String, double[]> arrays(String key) {
      Map<String, double[]> arrays = new HashMap<>();
      ((Map<?, ?>) json.get(key))
          .forEach((name, values) -> arrays.put((String) name, flat(values)));
      return arrays;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Golden> golden() {
    try (InputStream in = LayersTest.class.getResourceAsStream("/dev/glia/layers.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<Golden> cases = new ArrayList<>();
      for (Object item : (List<?>) ((Map<?, ?>) Json.read(text)).get("cases")) {
        Map<?, ?> json = (Map<?, ?>) item;
        cases.add(new Golden((String) json.get("name"), json));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void gradientsAndStepsAreTorchs(Golden golden) {
    Architecture architecture = golden.architecture();
    float[] parameters = parameters(architecture, golden.arrays("before"));
    Examples examples = golden.examples();
    TrainingOptions options = golden.options();
    OutputLoss loss = options.loss().after(architecture.output().activation());
    float[] gradients =
        new EngineGradients(
                architecture, parameters.clone(), examples, options.loss(), loss, KernelChoice.AUTO)
            .gradients();
    assertArrays(architecture, gradients, golden.arrays("gradients"));

    double[] losses = flat(golden.json.get("losses"));
    try (Training training =
        Training.resume(
            options,
            Compute.onThreads(1),
            architecture,
            examples,
            null,
            checkpoint(architecture, options, parameters, examples.rows()))) {
      for (double expected : losses) {
        training.update();
        assertThat(training.evaluateTrain().loss()).isCloseTo(expected, within(SINGLE * 5));
      }
      Network network = training.network();
      assertArrays(architecture, network.parameters(), golden.arrays("after"));
      double[][] x = matrix(golden.json.get("x"));
      float[] predicted = network.predict(new DenseMatrix(x.length, x[0].length, flat(x)));
      assertClose(predicted, flat(golden.json.get("predictions")));
      assertThat(network.predict(floats(x[1])))
          .containsExactly(
              Arrays.copyOfRange(predicted, architecture.outputs(), 2 * architecture.outputs()));
    }
  }

  private static Checkpoint checkpoint(
      Architecture architecture, TrainingOptions options, float[] parameters, int rows) {
    return new Checkpoint(
        architecture,
        options,
        parameters,
        OptimizerMemory.before(options.optimizer(), parameters.length),
        0,
        new RandomState(0),
        IntStream.range(0, rows).toArray(),
        0,
        0,
        0,
        0);
  }

  private static float[] parameters(Architecture architecture, Map<String, double[]> arrays) {
    float[] parameters = new float[architecture.paddedLength()];
    forEach(
        architecture,
        (name, layer, slot) -> {
          double[] values = arrays.remove(name);
          assertThat(values).as(name).hasSize((int) slot.size());
          int start = architecture.at(layer, slot.name());
          for (int i = 0; i < values.length; i++) {
            parameters[Architecture.indexOf(slot, start, i)] = (float) values[i];
          }
        });
    assertThat(arrays).isEmpty();
    return parameters;
  }

  /** What is done with an array of a layer. */
  private interface Visitor {
    void visit(String name, int layer, Slot slot);
  }

  private static void forEach(Architecture architecture, Visitor visitor) {
    int module = 0;
    for (int layer = 0; layer < architecture.depth(); layer++) {
      for (Slot slot : architecture.slotsOf(layer)) {
        visitor.visit(module + "." + slot.name(), layer, slot);
      }
      module += architecture.layers().get(layer) instanceof Dense ? 2 : 1;
    }
  }

  private static void assertArrays(
      Architecture architecture, float[] numbers, Map<String, double[]> expected) {
    forEach(
        architecture,
        (name, layer, slot) -> {
          double[] values = expected.remove(name);
          if (values != null) {
            int start = architecture.at(layer, slot.name());
            for (int i = 0; i < values.length; i++) {
              assertThat((double) numbers[Architecture.indexOf(slot, start, i)])
                  .as("%s %d", name, i)
                  .isCloseTo(values[i], within(SINGLE * Math.max(1, Math.abs(values[i]))));
            }
          }
        });
    assertThat(expected).isEmpty();
  }

  private static void assertClose(float[] numbers, double[] expected) {
    assertThat(numbers).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) numbers[i])
          .isCloseTo(expected[i], within(SINGLE * 5 * Math.max(1, Math.abs(expected[i]))));
    }
  }

  /** Every kind, first, between and behind one another, narrow and wide. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "5:tanh,dropout(0.3),2:softmax",
        "dropout(0.3),17:gelu,2:softmax",
        "5:tanh,batch_norm,2:softmax",
        "batch_norm,17:silu,batch_norm,dropout,2:softmax",
        "scale(3),5:sigmoid,scale,2:softmax",
        "batch_norm,scale,dropout(0.1),33:tanh,keras_batch_norm,3:elu,2:softmax"
      })
  void gradientsAreThoseOfFiniteDifferences(String layers) {
    Network network = random(layers);
    Examples examples = examples(13, network.architecture());
    for (KernelChoice kernel : new KernelChoice[] {KernelChoice.SCALAR, KernelChoice.AUTO}) {
      for (Comparison comparison :
          GradientCheck.run(network, examples, new CrossEntropy(), kernel)) {
        assertThat(comparison.difference()).as(comparison.toString()).isLessThan(1e-4);
        assertThat(comparison.count()).isPositive();
      }
    }
  }

  /** Running numbers have no gradient and are not compared. */
  @Test
  void everyTrainedArrayIsCompared() {
    Network network = random("scale,5:tanh,batch_norm,2:softmax");
    List<Comparison> all =
        GradientCheck.run(
            network, examples(4, network.architecture()), new CrossEntropy(), KernelChoice.AUTO);
    assertThat(all.stream().map(c -> c.layer() + " " + c.name() + " " + c.count()))
        .containsExactly(
            "0 weights 3",
            "1 weights 15",
            "1 biases 5",
            "2 weights 5",
            "2 biases 5",
            "3 weights 10",
            "3 biases 2");
  }

  /** A batch of one row goes through with the running numbers, which stay as they are. */
  @Test
  void aLastBatchOfOneRowHasNoVarianceAndChangesNone() {
    Network network = random("batch_norm,2:softmax");
    Architecture architecture = network.architecture();
    Examples five = examples(5, architecture);
    TrainingOptions options =
        TrainingOptions.defaults()
            .withOptimizer(new Sgd())
            .withBatching(new Batching(4, false))
            .withShuffle(false);
    try (Training training =
        Training.begin(options, Compute.onThreads(1), network, five, null, new RandomState(0))) {
      training.update();
      float[] mean = training.network().array(0, "running_mean");
      float[] variance = training.network().array(0, "running_var");
      float[] weight = training.network().array(0, "weight");
      assertThat(mean).isNotEqualTo(new float[3]);
      training.update();
      assertThat(training.network().array(0, "running_mean")).isEqualTo(mean);
      assertThat(training.network().array(0, "running_var")).isEqualTo(variance);
      assertThat(training.network().array(0, "weight")).isNotEqualTo(weight);
      assertThat(training.evaluateTrain().loss()).isFinite();
    }
  }

  /** The same bits after an interruption: what is dropped depends on the update's number. */
  @Test
  void aResumedTrainingDropsTheSame() {
    Network network = random("dropout(0.2),9:relu,batch_norm,dropout,2:softmax");
    Examples examples = examples(20, network.architecture());
    TrainingOptions options = TrainingOptions.defaults().withBatching(new Batching(6, false));
    try (Training whole =
            Training.begin(
                options, Compute.onThreads(1), network, examples, null, new RandomState(3));
        Training half =
            Training.begin(
                options, Compute.onThreads(1), network, examples, null, new RandomState(3))) {
      for (int i = 0; i < 7; i++) {
        half.update();
      }
      try (Training rest =
          Training.resume(
              options,
              Compute.onThreads(1),
              network.architecture(),
              examples,
              null,
              half.checkpoint())) {
        while (!rest.done()) {
          rest.update();
        }
        while (!whole.done()) {
          whole.update();
        }
        assertThat(rest.network().parameters()).isEqualTo(whole.network().parameters());
      }
    }
  }

  /** About the share that was asked for, another in every update, none when it predicts. */
  @Test
  void aDropoutLeavesOutItsShareAndAnotherEachTime() {
    Architecture architecture = new Architecture(100, Layer.parseAll("dropout(0.25),1:identity"));
    float[] parameters = new float[architecture.paddedLength()];
    for (int in = 0; in < 100; in++) {
      parameters[architecture.weightAt(1, in, 0)] = 1;
    }
    Network ones = new Network(architecture, parameters);
    float[] x = new float[100];
    Arrays.fill(x, 1);
    assertThat(ones.predict(x)).containsExactly(100);
    Backpropagation engine = new Backpropagation(architecture, 50, KernelChoice.SCALAR);
    double kept = 0;
    Set<Float> different = new HashSet<>();
    for (int update = 0; update < 20; update++) {
      Arrays.fill(engine.forward().input(), 1);
      engine.forward().beginUpdate(5, update);
      engine.runForward(parameters, 50);
      for (int row = 0; row < 50; row++) {
        kept += engine.forward().activations(1, row)[0] * 0.75;
      }
      different.add(engine.forward().activations(1, 0)[0]);
    }
    assertThat(different).hasSizeGreaterThan(5);
    // 100,000 draws: a standard deviation of sqrt(0.25 * 0.75 / 100,000) = 0.0014
    assertThat(kept / 100_000).isCloseTo(0.75, within(0.007));
  }

  /** A share that rounds to all there is leaves out all but one of four milliards. */
  @Test
  void theLargestShareLeavesOutNearlyAll() {
    Architecture architecture =
        new Architecture(3, Layer.parseAll("dropout(0.99999999999),1:identity"));
    Backpropagation engine = new Backpropagation(architecture, 20, KernelChoice.SCALAR);
    Arrays.fill(engine.forward().input(), 1);
    engine.forward().beginUpdate(0, 0);
    engine.runForward(new float[architecture.paddedLength()], 20);
    for (int row = 0; row < 20; row++) {
      assertThat(engine.forward().activations(0, row)).containsOnly(0);
    }
  }

  private static Network random(String layers) {
    Architecture architecture = new Architecture(3, Layer.parseAll(layers));
    return Network.initialize(
        architecture, new Initializer.Normal(0.1, 0.7), new RandomState(20261128));
  }

  private static Examples examples(int rows, Architecture architecture) {
    RandomState random = new RandomState(rows);
    double[] x = new double[rows * architecture.inputs()];
    Arrays.setAll(x, i -> (float) random.randn());
    float[] y = new float[rows * architecture.outputs()];
    for (int row = 0; row < rows; row++) {
      y[row * architecture.outputs() + row % architecture.outputs()] = 1;
    }
    return Examples.ofNumbers(
        new DenseMatrix(rows, architecture.inputs(), x), y, architecture.outputs());
  }

  private static double[][] matrix(Object rows) {
    return ((List<?>) rows).stream().map(LayersTest::flat).toArray(double[][]::new);
  }

  /** All numbers of nested lists. */
  private static double[] flat(Object value) {
    return switch (value) {
      case Number n -> new double[] {n.doubleValue()};
      case List<?> list -> list.stream().flatMapToDouble(v -> Arrays.stream(flat(v))).toArray();
      default -> throw new IllegalArgumentException(String.valueOf(value));
    };
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
