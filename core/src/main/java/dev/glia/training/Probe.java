package dev.glia.training;

import dev.glia.internal.kernel.Kernel;
import dev.glia.network.Architecture;
import dev.glia.network.Backpropagation;
import dev.glia.network.ForwardPass;
import dev.glia.network.Network;
import java.util.Arrays;

/** A look into a network: what goes through it for some rows, forward and back. */
public final class Probe {

  private final Architecture architecture;
  private final int rows;
  private final ForwardPass forward;
  private final Backpropagation backward;

  private Probe(Network network, Loss loss, Examples examples, Kernel kernel) {
    architecture = network.architecture();
    rows = examples.rows();
    forward = new ForwardPass(architecture, rows, kernel);
    backward = new Backpropagation(architecture, forward, kernel);
    float[] parameters = network.parameters();
    int[] order = new int[rows];
    Arrays.setAll(order, row -> row);
    examples.giveInputs(forward, order, 0);
    examples.copyInputs(forward, order, 0, 0, rows);
    forward.run(parameters, 0, rows);
    int outputs = architecture.outputs();
    float[] targets = new float[rows * Kernel.stride(outputs)]; // [rows][stride]
    examples.copyTargets(order, 0, targets, 0, rows);
    loss.after(architecture.activationOf(architecture.depth() - 1))
        .gradient(
            kernel,
            forward.outputSums(),
            forward.output(),
            targets,
            backward.outputGradient(),
            0,
            rows,
            outputs,
            loss.scale(rows, outputs));
    backward.transpose(parameters, 0, 1);
    backward.run(0, rows);
    for (int layer = 0; layer < architecture.depth(); layer++) {
      backward.gradients(layer, rows, 0, 1);
    }
  }

  /**
   * Runs all rows through a network as one batch.
   *
   * @param examples at least one row
   * @throws IllegalArgumentException if examples and network do not fit
   */
  public static Probe of(Network network, Loss loss, Examples examples, KernelChoice kernel) {
    examples.checkFit(network.architecture());
    return new Probe(network, loss, examples, kernel.kernel());
  }

  /** How many rows went through. */
  public int rows() {
    return rows;
  }

  /** The activations of a layer's units for one row, {@code [units]}. */
  public float[] activations(int layer, int row) {
    return forward.activations(layer, row);
  }

  /** The gradient of the loss by the weights of a layer, {@code [inputs * units]}. */
  public float[] weightGradients(int layer) {
    return weights(backward.gradients(), layer);
  }

  /** The weights of a layer among all parameters, {@code [inputs * units]}. */
  private float[] weights(float[] all, int layer) {
    int units = architecture.unitsOf(layer);
    float[] weights = new float[architecture.inputsOf(layer) * units];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = all[architecture.weightAt(layer, i / units, i % units)];
    }
    return weights;
  }
}
