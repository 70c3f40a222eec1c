package dev.glia.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.activation.Activation;
import dev.glia.activation.Identity;
import dev.glia.activation.LeakyRelu;
import dev.glia.activation.Relu;
import dev.glia.activation.Sigmoid;
import dev.glia.compute.KernelChoice;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  private static final Architecture SMALL =
      new Architecture(3, Layer.parseAll("17:relu,2:sigmoid"));

  private static Network random(Architecture architecture) {
    return Network.initialize(architecture, new Initializer.Normal(0, 1), new RandomState(4));
  }

  private static DenseMatrix rows(int count) {
    RandomState random = new RandomState(6);
    double[] x = new double[count * 3];
    Arrays.setAll(x, i -> (float) random.randn());
    return new DenseMatrix(count, 3, x);
  }

  @Test
  void anArchitectureSaysWhereEachNumberStands() {
    assertThat(SMALL.depth()).isEqualTo(2);
    assertThat(SMALL.outputs()).isEqualTo(2);
    assertThat(SMALL.inputsOf(0)).isEqualTo(3);
    assertThat(SMALL.inputsOf(1)).isEqualTo(17);
    assertThat(SMALL.weightsAt(0)).isZero();
    assertThat(SMALL.biasesAt(0)).isEqualTo(3 * 32);
    assertThat(SMALL.weightsAt(1)).isEqualTo(4 * 32);
    assertThat(SMALL.biasesAt(1)).isEqualTo(4 * 32 + 17 * 16);
    assertThat(SMALL.weightAt(0, 2, 15)).isEqualTo(2 * 16 + 15);
    assertThat(SMALL.weightAt(0, 2, 16)).isEqualTo((3 + 2) * 16);
    assertThat(SMALL.weightAt(1, 16, 1)).isEqualTo(4 * 32 + 16 * 16 + 1);
    assertThat(SMALL.paddedLength()).isEqualTo(4 * 32 + 18 * 16);
    assertThat(SMALL.parameterCount()).isEqualTo(4 * 17 + 18 * 2);
    assertThat(SMALL.parameterCount(1)).isEqualTo(18 * 2);
    assertThat(SMALL.sizes()).isEqualTo("3-17-2");
    assertThat(SMALL.nameOf(0)).isEqualTo("layer 1 of 2 (17:relu)");
  }

  @Test
  void anArchitectureOfNothingIsRefused() {
    assertThatThrownBy(() -> new Architecture(0, Layer.parseAll("1:relu")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A network needs at least 1 input, got 0.");
    assertThatThrownBy(() -> new Architecture(1, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A network needs at least one layer, got none.");
    assertThatThrownBy(() -> Network.of()).isInstanceOf(IllegalArgumentException.class);
  }

  /** The last one's number of parameters overflows even a long. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2147483647:relu",
        "65536:relu,65536:relu",
        "2147483647:relu,2147483647:relu,2147483647:relu,2147483647:relu,2147483647:relu"
      })
  void anAbsurdArchitectureIsRefused(String layers) {
    assertThatThrownBy(() -> new Architecture(2147483647, Layer.parseAll(layers)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too large");
    assertThatThrownBy(() -> new Architecture(1, Layer.parseAll(layers)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void layersGoInAndComeOut() {
    FullyConnected first =
        new FullyConnected(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new float[] {7, 8}, new Relu());
    FullyConnected second =
        new FullyConnected(new float[][] {{9}, {10}}, new float[] {11}, new Identity());
    Network network = Network.of(first, second);
    assertThat(network.architecture().sizes()).isEqualTo("3-2-1");
    assertThat(network.layer(0).weights()).isDeepEqualTo(first.weights());
    assertThat(network.layer(0).biases()).containsExactly(7, 8);
    assertThat(network.layer(1).weights()).isDeepEqualTo(second.weights());
    assertThat(network.layer(1).activation()).isEqualTo(new Identity());
    // 1 + 3 + 5 + 7 = 16, 2 + 4 + 6 + 8 = 20; 9 * 16 + 10 * 20 + 11
    assertThat(network.predict(1, 1, 1)).containsExactly(355);
  }

  @Test
  void layersThatDoNotFitAreRefused() {
    FullyConnected wide = new FullyConnected(new float[1][3], new float[3], new Relu());
    assertThatThrownBy(() -> Network.of(wide, wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Layer 1 has 3 units, layer 2 takes 1 inputs: they must be equal.");
    assertThatThrownBy(() -> new Network(SMALL, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A 3-17-2 network keeps 416 floats, got 3.");
  }

  @Test
  void aNetworkDoesNotChangeWithTheArraysAroundIt() {
    float[] parameters = random(SMALL).parameters();
    Network network = new Network(SMALL, parameters);
    float[] expected = parameters.clone();
    Arrays.fill(parameters, 0);
    Arrays.fill(network.parameters(), 0);
    assertThat(network.parameters()).isEqualTo(expected);
  }

  /** One row, many rows and many more rows: the same bits, whichever way they come. */
  @Test
  void allWaysToPredictAgree() {
    Network network = random(SMALL);
    DenseMatrix x = rows(300); // three blocks
    float[] all = network.predict(x);
    assertThat(all).hasSize(600);
    Predictor predictor = network.predictor(KernelChoice.SCALAR);
    float[] few = new float[2];
    predictor.predict(x.select(new int[] {7}), few);
    assertThat(few).containsExactly(all[14], all[15]);
    float[] again = new float[600];
    predictor.predict(x, again); // more rows than at first
    assertThat(again).isEqualTo(all);
    float[] row = new float[3];
    for (int i = 0; i < 300; i++) {
      x.copyRow(i, row, 0);
      assertThat(network.predict(row)).containsExactly(all[2 * i], all[2 * i + 1]);
    }
    assertThat(network.predict(new DenseMatrix(0, 3, new double[0]))).isEmpty();
    float[] values = new float[900];
    for (int i = 0; i < 300; i++) {
      x.copyRow(i, values, 3 * i);
    }
    for (int threads = 1; threads <= 3; threads++) {
      try (Predictor shared = network.predictor(threads)) {
        for (int time = 0; time < 2; time++) {
          Arrays.fill(again, 0);
          shared.predict(values, again);
          assertThat(again).isEqualTo(all);
          Arrays.fill(again, 0);
          shared.predict(x, again);
          assertThat(again).isEqualTo(all);
        }
      }
    }
  }

  /** A row that is mostly 0 is computed without its zeros, as a block of rows is not. */
  @Test
  void aRowOfZerosGivesTheSameAlone() {
    for (String layers : new String[] {"10:relu,3:sigmoid", "70:relu,3:sigmoid"}) {
      Architecture architecture = new Architecture(100, Layer.parseAll(layers));
      Network network = random(architecture);
      float[] rows = new float[6 * 100];
      rows[17] = 1;
      rows[117] = -2;
      rows[163] = 3;
      rows[399] = 4; // of the steps behind the last whole panel
      float[] all = new float[18];
      network.predictor().predict(rows, all);
      for (int row = 0; row < 6; row++) {
        assertThat(network.predict(Arrays.copyOfRange(rows, row * 100, (row + 1) * 100)))
            .isEqualTo(Arrays.copyOfRange(all, row * 3, (row + 1) * 3));
      }
    }
  }

  @Test
  void aRowLeavesNothingBehindForTheNext() {
    Predictor predictor = random(SMALL).predictor();
    float[] first = new float[2];
    float[] second = new float[2];
    predictor.predict(new float[] {1, 2, 3}, first);
    predictor.predict(new float[] {Float.NaN, Float.NaN, Float.NaN}, second);
    assertThat(second).containsOnly(Float.NaN);
    predictor.predict(new float[] {1, 2, 3}, second);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void predictionsOfAnotherShapeAreRefused() {
    Network network = random(SMALL);
    Predictor predictor = network.predictor();
    assertThatThrownBy(() -> network.predict(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The network has 3 inputs, got a row of 2 values.");
    assertThatThrownBy(() -> network.predict(new DenseMatrix(1, 2, new double[2])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The network has 3 inputs, the data has 2 columns.");
    assertThatThrownBy(() -> predictor.predict(new float[4], new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The network has 3 inputs, got a row of 4 values.");
    assertThatThrownBy(() -> network.predictor(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A predictor needs at least 1 thread, got 0.");
    assertThatThrownBy(() -> predictor.predict(new float[3], new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 rows of 2 outputs need an array of 2 floats, got 1.");
    assertThatThrownBy(() -> predictor.predict(rows(4), new float[9]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 rows of 2 outputs need an array of 8 floats, got 9.");
  }

  /** The order of the draws is part of what a seed means: weights row by row, then biases. */
  @Test
  void initializersDrawWeightsThenBiasesLayerByLayer() {
    Network network =
        Network.initialize(SMALL, new Initializer.Normal(-1, 0.5), new RandomState(42));
    RandomState random = new RandomState(42);
    for (int layer = 0; layer < 2; layer++) {
      for (float[] weights : network.layer(layer).weights()) {
        for (float weight : weights) {
          assertThat(weight).isEqualTo((float) random.normal(-1, 0.5));
        }
      }
      for (float bias : network.layer(layer).biases()) {
        assertThat(bias).isEqualTo((float) random.normal(-1, 0.5));
      }
    }
  }

  /**
   * Means and spreads of 40,000 draws are within 5 standard errors: 5 std / 200 and 5 std / 280.
   */
  @ParameterizedTest
  @CsvSource({
    "he, relu, 0, 0.1", // sqrt(2 / 200)
    "he, gelu, 0, 0.1",
    "he, sigmoid, 0, 0.07071067811865475", // Glorot's, as nothing drops half of the sums
    "he, softmax, 0, 0.07071067811865475",
    "he, tanh, 0, 0.07071067811865475",
    "he, identity, 0, 0.07071067811865475",
    "glorot, relu, 0, 0.07071067811865475", // sqrt(6 / 400) / sqrt(3)
    "'normal(-1,2)', relu, -1, 2",
    "'uniform(1,3)', relu, 2, 0.5773502691896258", // 2 / sqrt(12)
    "normal, relu, 0, 1",
    "uniform, relu, 0, 0.5773502691896258"
  })
  void initializersHaveTheirMeanAndSpread(String name, String activation, double mean, double std) {
    Initializer initializer = Initializer.parse(name);
    RandomState random = new RandomState(3);
    double sum = 0;
    double squares = 0;
    int draws = 40_000;
    for (int i = 0; i < draws; i++) {
      double weight = initializer.weight(random, 200, 200, Activation.parse(activation));
      sum += weight;
      squares += (weight - mean) * (weight - mean);
    }
    assertThat(sum / draws).isBetween(mean - 5 * std / 200, mean + 5 * std / 200);
    assertThat(Math.sqrt(squares / draws)).isBetween(std - 5 * std / 280, std + 5 * std / 280);
  }

  @Test
  void heGlorotAndZerosLeaveBiasesZero() {
    for (String name : List.of("he", "glorot", "zeros")) {
      Network network = Network.initialize(SMALL, Initializer.parse(name), new RandomState(0));
      assertThat(network.layer(0).biases()).containsOnly(0);
      assertThat(network.layer(1).biases()).containsOnly(0);
    }
    Network zeros = Network.initialize(SMALL, new Initializer.Zeros(), new RandomState(0));
    assertThat(zeros.parameters()).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"he", "glorot", "normal(-1,1)", "uniform(-0.5,0.5)", "zeros"})
  void anInitializersNameIsReadBack(String name) {
    assertThat(Initializer.parse(name).name()).isEqualTo(name);
    assertThat(Initializer.names()).contains(name.replaceAll("\\(.*", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          xavier        | There is no initialiser "xavier". There are: he, glorot, normal, uniform
          he(2)         | he takes nothing in parentheses
          normal(0,-1)  | needs a standard deviation of at least 0, got -1.0.
          normal(1,2,3) | normal takes at most 2 (mean, std) in parentheses
          uniform(2,1)  | needs low <= high, got 2.0 and 1.0.
          uniform(a,b)  | uniform(...) expects a number, got "a".
          """)
  void aWrongInitializerGetsASentence(String text, String message) {
    assertThatThrownBy(() -> Initializer.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void layersAreReadFromText() {
    assertThat(Layer.parseAll("16:relu, 8 : leaky_relu(0.05) ,1:sigmoid"))
        .containsExactly(
            new Dense(16, new Relu()),
            new Dense(8, new LeakyRelu(0.05)),
            new Dense(1, new Sigmoid()));
    assertThat(Layer.parseAll(" none ")).isEmpty();
    assertThat(Layer.parseAll("8:leaky_relu(0.05)").getFirst()).hasToString("8:leaky_relu(0.05)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''               | A layer is written UNITS:ACTIVATION, such as 16:relu, got "".
          16               | A layer is written UNITS:ACTIVATION, such as 16:relu, got "16".
          16:relu,         | A layer is written UNITS:ACTIVATION, such as 16:relu, got "".
          16:relu,,1:relu  | got "".
          16-relu          | got "16-relu".
          x:relu           | with a whole number of units, such as 16:relu, got "x:relu".
          1.5:relu         | with a whole number of units
          99999999999:relu | with a whole number of units
          0:relu           | A layer needs at least 1 unit, got 0.
          -3:relu          | A layer needs at least 1 unit, got -3.
          16:              | Expected a name
          16:rely          | There is no activation "rely".
          16:elu(1,2)      | elu takes at most 1 (alpha) in parentheses, got 2: (1, 2).
          16:elu(1         | Expected a name
          """)
  void wrongLayersGetASentence(String text, String message) {
    assertThatThrownBy(() -> Layer.parseAll(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
