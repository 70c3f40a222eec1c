package dev.glia.loss;

import dev.glia.activation.Activation;
import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

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

  /** What one output adds to {@link #value}. */
  double value(double[] z, double[] a, double[] y, int output);

  /**
   * The gradient of {@link #value} by z.
   *
   * @param dz {@code [outputs]}, overwritten
   */
  void gradient(double[] z, double[] a, double[] y, double[] dz);

  /**
   * The gradients of rows in single precision, all {@code [rows][stride]}: what {@link Activation}
   * is for activations.
   *
   * @param y what the outputs should be
   * @param d the gradients times scale, overwritten but for their padding
   * @param from where the first row starts
   * @param units the columns that count; rows are {@link Padding#stride} apart
   */
  void gradient(
      FloatFunctions functions,
      float[] z,
      float[] a,
      float[] y,
      float[] d,
      int from,
      int rows,
      int units,
      double scale);

  /** The chain rule: the loss's gradient, then the activation's. */
  record Chained(Loss loss, Activation output) implements OutputLoss {
    @Override
    public double value(double[] z, double[] a, double[] y) {
      return loss.value(a, y);
    }

    @Override
    public double value(double[] z, double[] a, double[] y, int output) {
      return loss.value(new double[] {a[output]}, new double[] {y[output]});
    }

    @Override
    public void gradient(double[] z, double[] a, double[] y, double[] dz) {
      loss.gradient(a, y, dz);
      output.backward(z, a, dz, dz);
    }

    @Override
    public void gradient(
        FloatFunctions functions,
        float[] z,
        float[] a,
        float[] y,
        float[] d,
        int from,
        int rows,
        int units,
        double scale) {
      int stride = Padding.stride(units);
      for (int start = from; start < from + rows * stride; start += stride) {
        for (int i = start; i < start + units; i++) {
          d[i] = (float) (scale * loss.derivative(a[i], y[i]));
        }
      }
      output.backward(functions, z, a, d, from, rows, units);
    }
  }
}
