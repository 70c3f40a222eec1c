package dev.glia.training;

import dev.glia.internal.kernel.Kernel;
import dev.glia.network.Architecture;
import dev.glia.network.Backpropagation;
import dev.glia.network.ForwardPass;
import java.util.Arrays;

/** All examples as one batch through the engine, forward and back, with nothing changed by it. */
final class EngineGradients {

  private final ForwardPass forward;
  private final Backpropagation backward;

  /**
   * Runs the engine.
   *
   * @param parameters as {@link Architecture} lays them out
   */
  EngineGradients(
      Architecture architecture,
      float[] parameters,
      Examples examples,
      Loss loss,
      OutputLoss outputLoss,
      Kernel kernel) {
    int rows = examples.rows();
    forward = new ForwardPass(architecture, rows, kernel);
    backward = new Backpropagation(architecture, forward, kernel);
    backward.transpose(parameters, 0, 1);
    int[] order = new int[rows];
    Arrays.setAll(order, row -> row);
    examples.giveInputs(forward, order, 0);
    examples.copyInputs(forward, order, 0, 0, rows);
    forward.run(parameters, 0, rows);
    int outputs = architecture.outputs();
    float[] targets = new float[rows * Kernel.stride(outputs)]; // [rows][stride]
    examples.copyTargets(order, 0, targets, 0, rows);
    outputLoss.gradient(
        kernel,
        forward.outputSums(),
        forward.output(),
        targets,
        backward.outputGradient(),
        0,
        rows,
        outputs,
        loss.scale(rows, outputs));
    backward.run(0, rows);
    for (int layer = 0; layer < architecture.depth(); layer++) {
      backward.gradients(layer, rows, 0, 1);
    }
  }

  /** What the forward pass computed. */
  ForwardPass forward() {
    return forward;
  }

  /** The gradients by all parameters, laid out as they are. */
  float[] gradients() {
    return backward.gradients();
  }
}
