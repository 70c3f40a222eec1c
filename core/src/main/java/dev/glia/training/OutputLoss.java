package dev.glia.training;

import dev.glia.network.Activation;

/** A loss together with the activation before it: value and gradient by the sums z of one row. */
public interface OutputLoss {

  /**
   * The value of one row.
   *
   * @param z the output layer's sums, {@code [outputs]}
   * @param a its activations, {@code [outputs]}
   * @param y what they should be, {@code [outputs]}
   */
  double value(double[] z, double[] a, double[] y);

  /**
   * The gradient of {@link #value} by z.
   *
   * @param dz {@code [outputs]}, overwritten
   */
  void gradient(double[] z, double[] a, double[] y, double[] dz);

  /** The chain rule: the loss's gradient, then the activation's. */
  record Chained(Loss loss, Activation output) implements OutputLoss {
    @Override
    public double value(double[] z, double[] a, double[] y) {
      return loss.value(a, y);
    }

    @Override
    public void gradient(double[] z, double[] a, double[] y, double[] dz) {
      loss.gradient(a, y, dz);
      output.backward(z, a, dz, dz);
    }
  }
}
