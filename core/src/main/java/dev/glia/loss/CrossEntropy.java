package dev.glia.loss;

import dev.glia.activation.Activation;
import dev.glia.activation.Softmax;
import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

/**
 * Cross entropy of a softmax: {@code -sum of y ln a}.
 *
 * <p>Taken from the sums, {@code ln(sum of exp z) * sum of y - sum of y z}, as PyTorch's {@code
 * CrossEntropyLoss}; its gradient is {@code a * sum of y - y}.
 *
 * <p>Taken of the outputs themselves, as for an average of several networks, the logarithm is held
 * above -100, as PyTorch's {@code BCELoss} does.
 *
 * @param reduction mean over the rows, or sum
 */
public record CrossEntropy(Reduction reduction) implements Loss {

  private static final double LOG_LEAST = -100;

  /** The mean. */
  public CrossEntropy() {
    this(Reduction.MEAN);
  }

  @Override
  public String name() {
    return "cross_entropy" + reduction.suffix();
  }

  @Override
  public double value(double[] a, double[] y) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum -= y[i] == 0 ? 0 : y[i] * Math.max(StrictMath.log(a[i]), LOG_LEAST);
    }
    return sum;
  }

  @Override
  public double derivative(double a, double y) {
    return y == 0 ? 0 : -y / a;
  }

  @Override
  public double scale(int rows, int outputs) {
    return reduction.over(rows);
  }

  @Override
  public OutputLoss after(Activation output) {
    if (!(output instanceof Softmax)) {
      throw new IllegalArgumentException(
          "The loss cross_entropy needs outputs that share 1 among the classes, %s gives others:"
                  .formatted(output.name())
              + " take softmax.");
    }
    return new FromLogits();
  }

  private record FromLogits() implements OutputLoss {
    @Override
    public double value(double[] z, double[] a, double[] y) {
      double targets = 0;
      double dot = 0;
      for (int i = 0; i < z.length; i++) {
        targets += y[i];
        dot += y[i] * z[i];
      }
      return logOfExps(z) * targets - dot;
    }

    @Override
    public double value(double[] z, double[] a, double[] y, int output) {
      return y[output] * (logOfExps(z) - z[output]);
    }

    /** {@code ln(sum of exp z)}. */
    private static double logOfExps(double[] z) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (double value : z) {
        greatest = Math.max(greatest, value);
      }
      double exps = 0;
      for (double value : z) {
        exps += StrictMath.exp(value - greatest);
      }
      return greatest + StrictMath.log(exps);
    }

    @Override
    public void gradient(double[] z, double[] a, double[] y, double[] dz) {
      double targets = 0;
      for (double value : y) {
        targets += value;
      }
      for (int i = 0; i < z.length; i++) {
        dz[i] = a[i] * targets - y[i];
      }
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
        double targets = 0;
        for (int i = start; i < start + units; i++) {
          targets += y[i];
        }
        for (int i = start; i < start + units; i++) {
          d[i] = (float) (scale * (a[i] * targets - y[i]));
        }
      }
    }
  }
}
