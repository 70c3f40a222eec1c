package dev.glia.doctor;

import dev.glia.activation.Activation;
import dev.glia.activation.Relu;
import dev.glia.activation.Sigmoid;
import dev.glia.activation.Tanh;
import dev.glia.inspection.Probe;
import dev.glia.network.Architecture;
import dev.glia.network.Network;

/**
 * What the rows looked at do in a layer.
 *
 * @param layer from 0
 * @param name such as {@code layer 1 of 3 (16:relu)}
 * @param activation of its units
 * @param units how many
 * @param dead units of a ReLU that are 0 for every row
 * @param saturated share of the activations in a flat end of a sigmoid or a tanh, 0 to 1
 * @param weights root mean square of the weights
 * @param gradients root mean square of the gradients by the weights, for a batch of the training
 * @param update how far an update moves the weights, as a share of their size
 */
public record LayerCheck(
    int layer,
    String name,
    Activation activation,
    int units,
    int dead,
    double saturated,
    double weights,
    double gradients,
    double update) {

  /**
   * Where a sigmoid's derivative is under a 25th of its greatest, and a tanh's as well: an
   * activation of less than 0.01 or more than 0.99, beyond -0.98 or 0.98.
   */
  private static final double FLAT = 0.98;

  /** Whether no unit is ever active: nothing gets through, nothing is learnt. */
  boolean allDead() {
    return dead == units;
  }

  static LayerCheck of(Network network, Probe probe, int layer, Steps steps) {
    Architecture architecture = network.architecture();
    Activation activation = architecture.activationOf(layer);
    int units = architecture.unitsOf(layer);
    boolean[] active = new boolean[units];
    long flat = 0;
    for (int row = 0; row < probe.rows(); row++) {
      float[] a = probe.activations(layer, row);
      for (int unit = 0; unit < units; unit++) {
        active[unit] |= a[unit] != 0;
        flat += flat(activation, a[unit]) ? 1 : 0;
      }
    }
    int dead = 0;
    if (activation instanceof Relu) {
      for (boolean ever : active) {
        dead += ever ? 0 : 1;
      }
    }
    double weights = size(network, layer);
    double gradients = size(probe.weightGradients(layer)) * steps.gradientFactor();
    return new LayerCheck(
        layer,
        architecture.nameOf(layer),
        activation,
        units,
        dead,
        (double) flat / ((long) probe.rows() * units),
        weights,
        gradients,
        weights == 0 ? 0 : steps.length(gradients) / weights);
  }

  private static boolean flat(Activation activation, float a) {
    return switch (activation) {
      case Sigmoid s -> Math.abs(2 * a - 1) > FLAT;
      case Tanh t -> Math.abs(a) > FLAT;
      default -> false;
    };
  }

  private static double size(Network network, int layer) {
    double squares = 0;
    long count = 0;
    for (float[] row : network.layer(layer).weights()) {
      for (float weight : row) {
        squares += (double) weight * weight;
      }
      count += row.length;
    }
    return Math.sqrt(squares / count);
  }

  /** The root mean square. */
  static double size(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / values.length);
  }
}
