package dev.glia.activation;

import dev.glia.compute.FloatFunctions;
import dev.glia.compute.Padding;

/**
 * An activation that treats every number by itself.
 *
 * <p>Its value and its derivative are all it needs: the float side rounds them once. Those that
 * networks use most override it with a kernel's fast version.
 */
public interface Elementwise extends Activation {

  /** {@code f(z)}. */
  double value(double z);

  /** {@code f'(z)}; where there is none, as at a kink, the one that PyTorch takes. */
  double derivative(double z);

  @Override
  default void forward(double[] z, double[] a) {
    for (int i = 0; i < z.length; i++) {
      a[i] = value(z[i]);
    }
  }

  @Override
  default void backward(double[] z, double[] a, double[] da, double[] dz) {
    for (int i = 0; i < z.length; i++) {
      dz[i] = da[i] * derivative(z[i]);
    }
  }

  @Override
  default void forward(
      FloatFunctions functions, float[] z, float[] a, int from, int rows, int units) {
    int stride = Padding.stride(units);
    for (int row = 0; row < rows; row++) {
      int start = from + row * stride;
      for (int i = start; i < start + units; i++) {
        a[i] = (float) value(z[i]);
      }
    }
  }

  @Override
  default void backward(
      FloatFunctions functions, float[] z, float[] a, float[] d, int from, int rows, int units) {
    int stride = Padding.stride(units);
    for (int row = 0; row < rows; row++) {
      int start = from + row * stride;
      for (int i = start; i < start + units; i++) {
        d[i] *= (float) derivative(z[i]);
      }
    }
  }
}
