package dev.glia.training;

import dev.glia.compute.Padding;
import dev.glia.loss.OutputLoss;
import dev.glia.network.ForwardPass;

/** Room for one row's loss in double precision: a share's own. */
final class LossRow {

  private final double[] z; // [outputs]
  private final double[] a; // [outputs]
  private final double[] y; // [outputs]

  LossRow(int outputs) {
    z = new double[outputs];
    a = new double[outputs];
    y = new double[outputs];
  }

  /** The loss of one row of a forward pass, before the reduction. */
  double value(OutputLoss loss, Examples examples, int example, ForwardPass forward, int row) {
    int at = row * Padding.stride(z.length);
    float[] sums = forward.outputSums();
    float[] activations = forward.output();
    for (int i = 0; i < z.length; i++) {
      z[i] = sums[at + i];
      a[i] = activations[at + i];
    }
    examples.copyTarget(example, y);
    return loss.value(z, a, y);
  }
}
