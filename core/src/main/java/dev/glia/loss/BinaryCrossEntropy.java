package dev.glia.loss;

import dev.glia.activation.Activation;
import dev.glia.activation.Sigmoid;
import dev.glia.activation.Softmax;
import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

/**
 * Binary cross entropy: {@code -(y ln a + (1 - y) ln(1 - a))}, for outputs between 0 and 1.
 *
 * <p>Behind a sigmoid it is taken from the sums, as PyTorch's {@code BCEWithLogitsLoss}: {@code
 * max(z, 0) - y z + ln(1 + exp(-|z|))} with the gradient {@code a - y}, which no z makes infinite.
 * Otherwise, as PyTorch's {@code BCELoss}, the logarithms are held above -100 and the divisor of
 * the gradient above 1e-12.
 *
 * @param reduction mean over all outputs of all rows, or sum
 */
public record BinaryCrossEntropy(Reduction reduction) implements Loss {

  private static final double LOG_LEAST = -100;
  private static final double DIVISOR_LEAST = 1e-12;

  /** The mean. */
  public BinaryCrossEntropy() {
    this(Reduction.MEAN);
  }

  @Override
  public String name() {
    return "bce" + reduction.suffix();
  }

  @Override
  public boolean allows(double y) {
    return y >= 0 && y <= 1;
  }

  @Override
  public double value(double[] a, double[] y) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double log1 = Math.max(StrictMath.log(a[i]), LOG_LEAST);
      double log2 = Math.max(StrictMath.log1p(-a[i]), LOG_LEAST);
      sum -= y[i] * log1 + (1 - y[i]) * log2;
    }
    return sum;
  }

  @Override
  public double derivative(double a, double y) {
    return (a - y) / Math.max(a * (1 - a), DIVISOR_LEAST);
  }

  @Override
  public double scale(int rows, int outputs) {
    return reduction.over((long) rows * outputs);
  }

  @Override
  public OutputLoss after(Activation output) {
    return switch (output) {
      case Sigmoid sigmoid -> new FromLogits();
      case Softmax softmax -> new OutputLoss.Chained(this, output);
      default ->
          throw new IllegalArgumentException(
              "The loss bce needs outputs between 0 and 1, %s gives others: take sigmoid."
                  .formatted(output.name()));
    };
  }

  private record FromLogits() implements OutputLoss {
    @Override
    public double value(double[] z, double[] a, double[] y) {
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        sum += value(z, a, y, i);
      }
      return sum;
    }

    @Override
    public double value(double[] z, double[] a, double[] y, int i) {
      return Math.max(z[i], 0) - y[i] * z[i] + StrictMath.log1p(StrictMath.exp(-Math.abs(z[i])));
    }

    @Override
    public void gradient(double[] z, double[] a, double[] y, double[] dz) {
      for (int i = 0; i < z.length; i++) {
        dz[i] = a[i] - y[i];
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
        for (int i = start; i < start + units; i++) {
          d[i] = (float) (scale * ((double) a[i] - y[i]));
        }
      }
    }
  }
}
