package dev.glia.inspection;

import dev.glia.compute.KernelChoice;
import dev.glia.compute.Padding;
import dev.glia.loss.Loss;
import dev.glia.loss.OutputLoss;
import dev.glia.network.Architecture;
import dev.glia.network.Backpropagation;
import dev.glia.network.ForwardPass;
import dev.glia.training.Examples;
import java.util.Arrays;

/** All examples as one batch through the engine, forward and back, with nothing changed by it. */
final class EngineGradients {

  private final Backpropagation backward;
  private final float[][] byOutput; // [layer][units]: of the first row

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
      KernelChoice kernel) {
    this(
        new Backpropagation(architecture, examples.rows(), kernel),
        architecture,
        parameters,
        examples,
        loss,
        outputLoss);
  }

  /** Runs the engine with a backward pass of so many rows as there are examples. */
  EngineGradients(
      Backpropagation backward,
      Architecture architecture,
      float[] parameters,
      Examples examples,
      Loss loss,
      OutputLoss outputLoss) {
    this.backward = backward;
    int rows = examples.rows();
    ForwardPass forward = backward.forward();
    backward.changed(parameters, 0, 1);
    int[] order = new int[rows];
    Arrays.setAll(order, row -> row);
    forward.take(examples.features(), order, 0);
    forward.beginUpdate(0, 0);
    backward.runForward(parameters, rows);
    int outputs = architecture.outputs();
    float[] targets = new float[rows * Padding.stride(outputs)]; // [rows][stride]
    examples.copyTargets(order, 0, targets, 0, rows);
    outputLoss.gradient(
        forward.functions(),
        forward.outputSums(),
        forward.output(),
        targets,
        backward.outputGradient(),
        0,
        rows,
        outputs,
        loss.scale(rows, outputs));
    byOutput = new float[architecture.depth()][];
    backward.runBack(parameters, rows, layer -> byOutput[layer] = backward.outGradient(layer, 0));
  }

  /** What the forward pass computed. */
  ForwardPass forward() {
    return backward.forward();
  }

  /**
   * The gradient by what comes out of a layer for the first row, {@code [units]}, as the engine has
   * it before the layer works with it; of the output layer, whose loss gives it, that by the sums.
   */
  float[] byOutput(int layer) {
    return byOutput[layer];
  }

  /** The gradients by all parameters, laid out as they are. */
  float[] gradients() {
    return backward.gradients();
  }
}
