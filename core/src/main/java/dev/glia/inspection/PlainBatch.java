package dev.glia.inspection;

import dev.glia.activation.Elementwise;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.layer.Noise;
import dev.glia.layer.Slot;
import dev.glia.loss.OutputLoss;
import dev.glia.network.Architecture;
import dev.glia.training.Examples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The forward pass of a batch in doubles and plain loops, as a textbook has it: what finite
 * differences are taken of.
 *
 * <p>Its numbers may be changed between runs.
 */
final class PlainBatch {

  private final Architecture architecture;
  private final boolean training;
  private final List<Map<String, double[]>> arrays = new ArrayList<>(); // [layer]
  private final double[][] y; // [rows][outputs]: what the outputs should be
  private final double[][][] in; // [layer][rows][inputs]: what came in in the last run
  private final double[][][] sums; // [layer][rows][units]: of dense layers, in the last run

  /**
   * A batch of all examples.
   *
   * @param parameters as {@link Architecture} lays them out, copied
   * @param training whether the network learns from it, with the noise of seed 0 and update 0; if
   *     not, it predicts
   */
  PlainBatch(Architecture architecture, float[] parameters, Examples examples, boolean training) {
    this.architecture = architecture;
    this.training = training;
    for (int layer = 0; layer < architecture.depth(); layer++) {
      Map<String, double[]> own = new HashMap<>();
      for (Slot slot : architecture.slotsOf(layer)) {
        int start = architecture.at(layer, slot.name());
        double[] values = new double[(int) slot.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = parameters[Architecture.indexOf(slot, start, i)];
        }
        own.put(slot.name(), values);
      }
      arrays.add(own);
    }
    int rows = examples.rows();
    in = new double[architecture.depth()][][];
    sums = new double[architecture.depth()][][];
    in[0] = new double[rows][architecture.inputs()];
    y = new double[rows][architecture.outputs()];
    for (int row = 0; row < rows; row++) {
      examples.copyInput(row, in[0][row]);
      examples.copyTarget(row, y[row]);
    }
  }

  /** The numbers of an array, in its shape row by row: may be changed. */
  double[] array(int layer, String slot) {
    double[] array = arrays.get(layer).get(slot);
    if (array == null) {
      throw new IllegalArgumentException(architecture.nameOf(layer) + " has no array " + slot);
    }
    return array;
  }

  /** Goes through all layers and keeps what comes into each for {@link #loss}. */
  void run() {
    for (int layer = 0; layer < in.length; layer++) {
      if (architecture.layers().get(layer) instanceof Dense dense) {
        sums[layer] = new double[y.length][];
        for (int row = 0; row < y.length; row++) {
          sums[layer][row] = dense.sums(in[layer][row], numbers(layer));
        }
      }
      if (layer + 1 < in.length) {
        in[layer + 1] = forward(layer, in[layer]);
      }
    }
  }

  private double[][] forward(int layer, double[][] x) {
    Layer.Batch batch = new Layer.Batch(training, Noise.key(0, 0, layer));
    return architecture.layers().get(layer).textbook(x, numbers(layer), batch);
  }

  /**
   * The sum of all rows' losses, before the reduction, where nothing has changed before a layer
   * since the last {@link #run}.
   */
  double loss(OutputLoss loss, int from) {
    return loss(loss, from, in[from]);
  }

  /** The same where nothing but the weights and the bias of one unit of a dense layer has. */
  double loss(OutputLoss loss, int layer, int unit) {
    Dense dense = architecture.dense(layer);
    Layer.Numbers numbers = numbers(layer);
    double[][] z = new double[y.length][];
    double[][] a = new double[y.length][dense.units()];
    for (int row = 0; row < z.length; row++) {
      z[row] = sums[layer][row].clone();
      z[row][unit] = dense.sum(in[layer][row], numbers, unit);
      dense.activation().forward(z[row], a[row]);
    }
    return layer == in.length - 1 ? sum(loss, z, a) : loss(loss, layer + 1, a);
  }

  private double loss(OutputLoss loss, int from, double[][] rows) {
    int last = in.length - 1;
    double[][] x = rows;
    for (int layer = from; layer < last; layer++) {
      x = forward(layer, x);
    }
    Dense output = architecture.output();
    double[][] z = new double[x.length][];
    double[][] a = new double[x.length][output.units()];
    for (int row = 0; row < z.length; row++) {
      z[row] = output.sums(x[row], numbers(last));
      output.activation().forward(z[row], a[row]);
    }
    return sum(loss, z, a);
  }

  private double sum(OutputLoss loss, double[][] z, double[][] a) {
    double sum = 0;
    for (int row = 0; row < y.length; row++) {
      sum += loss.value(z[row], a[row], y[row]);
    }
    return sum;
  }

  private Layer.Numbers numbers(int layer) {
    return slot -> array(layer, slot);
  }

  /** The derivatives of all activations of dense layers that are elementwise, for all rows. */
  double[] slopes() {
    int[] dense = architecture.denseLayers();
    int units = 0;
    for (int layer : dense) {
      units += architecture.unitsOf(layer);
    }
    double[] slopes = new double[Math.multiplyExact(y.length, units)];
    int filled = 0;
    double[][] x = in[0];
    for (int layer = 0; layer < in.length; layer++) {
      if (architecture.layers().get(layer) instanceof Dense own) {
        for (double[] row : x) {
          for (double z : own.sums(row, numbers(layer))) {
            slopes[filled++] =
                own.activation() instanceof Elementwise activation ? activation.derivative(z) : 0;
          }
        }
      }
      x = layer + 1 < in.length ? forward(layer, x) : x;
    }
    return slopes;
  }
}
