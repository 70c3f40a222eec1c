package dev.glia.training;

import dev.glia.internal.kernel.Kernel;
import dev.glia.network.Activation;
import dev.glia.network.Architecture;
import dev.glia.network.Elementwise;

/**
 * The forward pass of one row in doubles and plain loops, as a textbook has it: what finite
 * differences are taken of.
 *
 * <p>Its parameters may be changed between runs.
 */
final class PlainForward {

  private final Architecture architecture;
  private final double[][][] weights; // [layer][in][unit]
  private final double[][] biases; // [layer][unit]
  private final double[][] z; // [layer][unit]
  private final double[][] a; // [layer][unit]
  private final double[][] changedZ; // [layer][unit]: of a run with another parameter
  private final double[][] changedA; // [layer][unit]
  private double[] x = {}; // [inputs]: the row

  /** A copy of a network's parameters, which are as {@link Architecture} lays them out. */
  PlainForward(Architecture architecture, float[] parameters) {
    this.architecture = architecture;
    int depth = architecture.depth();
    weights = new double[depth][][];
    biases = new double[depth][];
    z = new double[depth][];
    a = new double[depth][];
    changedZ = new double[depth][];
    changedA = new double[depth][];
    for (int layer = 0; layer < depth; layer++) {
      int units = architecture.unitsOf(layer);
      weights[layer] = new double[architecture.inputsOf(layer)][units];
      biases[layer] = new double[units];
      z[layer] = new double[units];
      a[layer] = new double[units];
      changedZ[layer] = new double[units];
      changedA[layer] = new double[units];
      copy(parameters, architecture.biasesAt(layer), biases[layer], 0, units);
      for (int in = 0; in < weights[layer].length; in++) {
        for (int unit = 0; unit < units; unit += Kernel.LANES) { // a panel after the other
          int count = Math.min(Kernel.LANES, units - unit);
          copy(parameters, architecture.weightAt(layer, in, unit), weights[layer][in], unit, count);
        }
      }
    }
  }

  private static void copy(float[] from, int fromAt, double[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = from[fromAt + i];
    }
  }

  /** The weights from one input to the units of a layer, {@code [units]}: may be changed. */
  double[] weights(int layer, int in) {
    return weights[layer][in];
  }

  /** The biases of a layer, {@code [units]}: may be changed. */
  double[] biases(int layer) {
    return biases[layer];
  }

  /** The sums of a layer for the row of the last {@link #loss}, {@code [units]}. */
  double[] sums(int layer) {
    return z[layer];
  }

  /**
   * Runs a row through all layers.
   *
   * @param x {@code [inputs]}, kept for {@link #lossAgain}
   * @return its loss, before the reduction
   */
  double loss(double[] x, double[] y, OutputLoss loss) {
    this.x = x;
    for (int layer = 0; layer < z.length; layer++) {
      sums(layer, inputsOf(layer), z[layer]);
      architecture.activationOf(layer).forward(z[layer], a[layer]);
    }
    return loss.value(z[z.length - 1], a[a.length - 1], y);
  }

  /**
   * The same row's loss when nothing but the weights and the bias of one unit has changed since:
   * computes anew only what depends on that unit.
   */
  double lossAgain(double[] y, OutputLoss loss, int layer, int unit) {
    System.arraycopy(z[layer], 0, changedZ[layer], 0, z[layer].length);
    double[] in = inputsOf(layer);
    double sum = biases[layer][unit];
    for (int i = 0; i < in.length; i++) {
      sum += in[i] * weights[layer][i][unit];
    }
    changedZ[layer][unit] = sum;
    Activation activation = architecture.activationOf(layer);
    if (activation instanceof Elementwise elementwise) {
      System.arraycopy(a[layer], 0, changedA[layer], 0, a[layer].length);
      changedA[layer][unit] = elementwise.value(sum);
    } else {
      activation.forward(changedZ[layer], changedA[layer]);
    }
    for (int next = layer + 1; next < z.length; next++) {
      if (next == layer + 1) {
        changeSums(next);
      } else {
        sums(next, changedA[next - 1], changedZ[next]);
      }
      architecture.activationOf(next).forward(changedZ[next], changedA[next]);
    }
    return loss.value(changedZ[z.length - 1], changedA[z.length - 1], y);
  }

  private double[] inputsOf(int layer) {
    return layer == 0 ? x : a[layer - 1];
  }

  private void sums(int layer, double[] in, double[] sums) {
    System.arraycopy(biases[layer], 0, sums, 0, sums.length);
    for (int i = 0; i < in.length; i++) {
      double[] w = weights[layer][i];
      for (int unit = 0; unit < sums.length; unit++) {
        sums[unit] += in[i] * w[unit];
      }
    }
  }

  /** The sums of a layer into which some activations that have changed come. */
  private void changeSums(int layer) {
    double[] sums = changedZ[layer];
    System.arraycopy(z[layer], 0, sums, 0, sums.length);
    for (int i = 0; i < weights[layer].length; i++) {
      double change = changedA[layer - 1][i] - a[layer - 1][i];
      if (change != 0) {
        double[] w = weights[layer][i];
        for (int unit = 0; unit < sums.length; unit++) {
          sums[unit] += change * w[unit];
        }
      }
    }
  }
}
