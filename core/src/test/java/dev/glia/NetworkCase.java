package dev.glia;

import dev.glia.activation.Activation;
import dev.glia.network.FullyConnected;
import dev.glia.network.Network;
import dev.glia.random.RandomState;
import dev.glia.table.DenseMatrix;
import dev.glia.textbook.TextbookNetwork;
import dev.glia.training.Examples;
import java.util.List;

/**
 * A network, a batch and a loss, as the textbook network and as the engine take them.
 *
 * @param activations a name a layer, as the library has them
 * @param loss its name, as the library has it
 * @param x {@code [rows][inputs]}
 * @param y {@code [rows][outputs]}
 * @param weights {@code [layer][in][out]}
 * @param biases {@code [layer][out]}
 */
@SuppressWarnings("ArrayRecordComponent") // carries numbers, is never compared
public record NetworkCase(
    List<String> activations,
    String loss,
    double[][] x,
    double[][] y,
    double[][][] weights,
    double[][] biases) {

  /**
   * A random case.
   *
   * @param sizes the inputs, then the units of each layer
   */
  public static NetworkCase random(
      RandomState random, int rows, int[] sizes, List<String> activations, String loss) {
    int depth = activations.size();
    double[][][] weights = new double[depth][][];
    double[][] biases = new double[depth][];
    for (int layer = 0; layer < depth; layer++) {
      weights[layer] = new double[sizes[layer]][];
      for (int in = 0; in < sizes[layer]; in++) {
        weights[layer][in] = normal(random, sizes[layer + 1], 1 / Math.sqrt(sizes[layer]));
      }
      biases[layer] = normal(random, sizes[layer + 1], 0.5);
    }
    double[][] x = new double[rows][];
    double[][] y = new double[rows][];
    boolean classes = loss.startsWith("bce") || loss.startsWith("cross_entropy");
    for (int row = 0; row < rows; row++) {
      x[row] = normal(random, sizes[0], 1);
      y[row] = classes ? classes(random, sizes[depth]) : normal(random, sizes[depth], 1);
    }
    return new NetworkCase(activations, loss, x, y, weights, biases);
  }

  /** Numbers that a float holds as they are. */
  private static double[] normal(RandomState random, int count, double std) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.normal(0, std);
    }
    return values;
  }

  private static double[] classes(RandomState random, int outputs) {
    double[] y = new double[outputs];
    int c = (int) random.randint(0, Math.max(2, outputs));
    if (c < outputs) {
      y[c] = 1;
    }
    return y;
  }

  /** With other numbers of the same shapes. */
  public NetworkCase withParametersOf(TextbookNetwork network) {
    double[][][] otherWeights = new double[weights.length][][];
    double[][] otherBiases = new double[weights.length][];
    for (int layer = 0; layer < weights.length; layer++) {
      otherWeights[layer] = network.dense(layer).weights;
      otherBiases[layer] = network.dense(layer).biases;
    }
    return new NetworkCase(activations, loss, x, y, otherWeights, otherBiases);
  }

  /** The oracle. */
  public TextbookNetwork textbook() {
    return new TextbookNetwork(weights, biases, activations);
  }

  /** The engine's network, its numbers rounded to float. */
  public Network network() {
    FullyConnected[] layers = new FullyConnected[weights.length];
    for (int layer = 0; layer < layers.length; layer++) {
      float[][] w = new float[weights[layer].length][];
      for (int in = 0; in < w.length; in++) {
        w[in] = floats(weights[layer][in]);
      }
      layers[layer] =
          new FullyConnected(w, floats(biases[layer]), Activation.parse(activations.get(layer)));
    }
    return Network.of(layers);
  }

  /** The batch for the engine. */
  public Examples examples() {
    int outputs = y[0].length;
    float[] targets = new float[y.length * outputs];
    for (int row = 0; row < y.length; row++) {
      System.arraycopy(floats(y[row]), 0, targets, row * outputs, outputs);
    }
    return Examples.ofNumbers(DenseMatrix.of(x), targets, outputs);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Override
  public String toString() {
    StringBuilder sizes = new StringBuilder(Integer.toString(x[0].length));
    for (double[] b : biases) {
      sizes.append('-').append(b.length);
    }
    return sizes + " " + activations + " " + loss;
  }
}
