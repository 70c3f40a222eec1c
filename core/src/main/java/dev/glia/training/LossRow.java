package dev.glia.training;

import dev.glia.internal.kernel.Kernel;
import dev.glia.network.ForwardPass;

/** Room for one row's loss in double precision: a share's own. */
final class LossRow {

  private final double[] z; // [outputs]
  private final double[] a; // [outputs]
  private final double[] y; // [outputs]
  private final double[] dz; // [outputs]

  LossRow(int outputs) {
    z = new double[outputs];
    a = new double[outputs];
    y = new double[outputs];
    dz = new double[outputs];
  }

  /** The loss of one row of a forward pass, before the reduction. */
  double value(OutputLoss loss, Examples examples, int example, ForwardPass forward, int row) {
    load(examples, example, forward, row);
    return loss.value(z, a, y);
  }

  /**
   * Writes the gradient of one row, times scale, to its row of d.
   *
   * @param d {@code [capacity][stride]}
   */
  void gradient(
      OutputLoss loss,
      double scale,
      Examples examples,
      int example,
      ForwardPass forward,
      int row,
      float[] d) {
    load(examples, example, forward, row);
    loss.gradient(z, a, y, dz);
    int at = row * Kernel.stride(z.length);
    for (int i = 0; i < dz.length; i++) {
      d[at + i] = (float) (dz[i] * scale);
    }
  }

  private void load(Examples examples, int example, ForwardPass forward, int row) {
    int at = row * Kernel.stride(z.length);
    float[] sums = forward.outputSums();
    float[] activations = forward.output();
    for (int i = 0; i < z.length; i++) {
      z[i] = sums[at + i];
      a[i] = activations[at + i];
    }
    examples.copyTarget(example, y);
  }
}
