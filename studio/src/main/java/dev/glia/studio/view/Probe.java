package dev.glia.studio.view;

import dev.glia.data.ClassTarget;
import dev.glia.data.NumberTarget;
import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.Kernels;
import dev.glia.network.Architecture;
import dev.glia.network.Backpropagation;
import dev.glia.network.ForwardPass;
import dev.glia.training.Loss;

/**
 * The engine's own pass, forward and back, over the first rows of the training part: activations of
 * all layers and the gradients that an update from these rows would take.
 */
final class Probe {

  private final Architecture architecture;
  private final int rows;
  private final ForwardPass forward;
  private final float[] gradients; // as Architecture lays the parameters out

  Probe(Snapshot snapshot) {
    Subject subject = snapshot.subject();
    architecture = snapshot.architecture();
    Kernel kernel = Kernels.fastest();
    rows = Math.min(Subject.SAMPLE, subject.shownTrain().rows());
    forward = new ForwardPass(architecture, rows, kernel);
    int inputs = architecture.inputs();
    for (int row = 0; row < rows; row++) {
      System.arraycopy(
          subject.shownTrain().scaled(),
          row * inputs,
          forward.input(),
          row * Kernel.stride(inputs),
          inputs);
    }
    forward.run(snapshot.parameters(), 0, rows);
    Backpropagation backward = new Backpropagation(architecture, forward, kernel);
    backward.transpose(snapshot.parameters(), 0, 1);
    int outputs = architecture.outputs();
    Loss loss = subject.recipe().training().loss();
    loss.after(architecture.activationOf(architecture.depth() - 1))
        .gradient(
            kernel,
            forward.outputSums(),
            forward.output(),
            targets(subject, outputs),
            backward.outputGradient(),
            0,
            rows,
            outputs,
            loss.scale(rows, outputs));
    backward.run(0, rows);
    for (int layer = 0; layer < architecture.depth(); layer++) {
      backward.gradients(layer, rows, 0, 1);
    }
    gradients = backward.gradients();
  }

  /** What the outputs should be, {@code [rows][stride]}. */
  private float[] targets(Subject subject, int outputs) {
    int stride = Kernel.stride(outputs);
    float[] targets = new float[rows * stride];
    for (int row = 0; row < rows; row++) {
      switch (subject.train().target()) {
        case ClassTarget c when outputs > 1 -> targets[row * stride + c.classOf(row)] = 1;
        case ClassTarget c -> targets[row * stride] = c.classOf(row);
        case NumberTarget n -> targets[row * stride] = (float) n.value(row);
      }
    }
    return targets;
  }

  /** The activations of a layer, {@code [rows * units]}. */
  float[] activations(int layer) {
    int units = architecture.unitsOf(layer);
    float[] all = new float[rows * units];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(forward.activations(layer, row), 0, all, row * units, units);
    }
    return all;
  }

  /** The gradients by all parameters, as {@link Architecture} lays them out. */
  float[] gradients() {
    return gradients;
  }
}
