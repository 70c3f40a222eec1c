package dev.glia.inspection;

import dev.glia.compute.KernelChoice;
import dev.glia.loss.Loss;
import dev.glia.loss.OutputLoss;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.training.Examples;

/** A look into a network: what goes through it for some rows, forward and back. */
public final class Probe {

  private final Architecture architecture;
  private final int rows;
  private final EngineGradients engine;

  private Probe(Network network, Loss loss, Examples examples, KernelChoice kernel) {
    architecture = network.architecture();
    rows = examples.rows();
    OutputLoss outputLoss = loss.after(architecture.output().activation());
    engine =
        new EngineGradients(architecture, network.parameters(), examples, loss, outputLoss, kernel);
  }

  /**
   * Runs all rows through a network as one batch.
   *
   * @param examples at least one row
   * @throws IllegalArgumentException if examples and network do not fit
   */
  public static Probe of(Network network, Loss loss, Examples examples, KernelChoice kernel) {
    examples.checkFit(network.architecture());
    return new Probe(network, loss, examples, kernel);
  }

  /** How many rows went through. */
  public int rows() {
    return rows;
  }

  /** The activations of a layer's units for one row, {@code [units]}. */
  public float[] activations(int layer, int row) {
    return engine.forward().activations(layer, row);
  }

  /** The gradient of the loss by the weights of a layer, {@code [inputs * units]}. */
  public float[] weightGradients(int layer) {
    float[] all = engine.gradients();
    int units = architecture.unitsOf(layer);
    float[] weights = new float[architecture.inputsOf(layer) * units];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = all[architecture.weightAt(layer, i / units, i % units)];
    }
    return weights;
  }
}
