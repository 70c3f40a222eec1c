package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

/**
 * Shares of 1 among the units of a row: {@code f(z)[i] = exp(z[i]) / sum of exp(z[j])}.
 *
 * <p>The row's greatest z is subtracted first, which changes nothing but keeps exp from
 * overflowing.
 */
public record Softmax() implements Activation {

  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public void forward(double[] z, double[] a) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double value : z) {
      greatest = Math.max(greatest, value);
    }
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      a[i] = StrictMath.exp(z[i] - greatest);
      sum += a[i];
    }
    for (int i = 0; i < z.length; i++) {
      a[i] /= sum;
    }
  }

  @Override
  public void backward(double[] z, double[] a, double[] da, double[] dz) {
    double dot = 0;
    for (int i = 0; i < z.length; i++) {
      dot += da[i] * a[i];
    }
    for (int i = 0; i < z.length; i++) {
      dz[i] = a[i] * (da[i] - dot);
    }
  }

  @Override
  public void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    int stride = Padding.stride(units);
    for (int row = 0; row < rows; row++) {
      int start = from + row * stride;
      float greatest = Float.NEGATIVE_INFINITY;
      for (int i = start; i < start + units; i++) {
        greatest = Math.max(greatest, z[i]);
      }
      functions.exp(z, greatest, a, start, start + stride);
      float sum = 0;
      for (int i = start; i < start + units; i++) {
        sum += a[i];
      }
      for (int i = start; i < start + units; i++) {
        a[i] /= sum;
      }
    }
  }

  @Override
  public void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units) {
    int stride = Padding.stride(units);
    for (int row = 0; row < rows; row++) {
      int start = from + row * stride;
      float dot = 0;
      for (int i = start; i < start + units; i++) {
        dot = Math.fma(d[i], a[i], dot);
      }
      for (int i = start; i < start + units; i++) {
        d[i] = a[i] * (d[i] - dot);
      }
    }
  }
}
