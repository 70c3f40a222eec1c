package dev.glia;

import dev.glia.textbook.TextbookActivation;
import dev.glia.textbook.TextbookLoss;
import dev.glia.textbook.TextbookNetwork;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * How far the float engine may be from the textbook network, number by number: a running error
 * analysis.
 *
 * <p>Beside each number of the forward and the backward pass stands the largest error that float
 * rounding can give it. A rounding is at most {@link #U} of its result. A chain of n fused
 * multiply-adds errs by at most {@code n * U} times the sum of the absolute values of its terms,
 * and by what its operands are off. What an error does behind a function is seen by moving the
 * function's argument by as much ({@link #spread}), which covers kinks, too. Products of two errors
 * are under a hundredth of the rest.
 */
public final class FloatErrors {

  /** Half the distance from 1 to the next float. */
  public static final double U = 0x1p-24;

  private static final double SECOND_ORDER = 1.01;

  /** Functions of the kernel are within 3 ulp, each of which is at most 2 U of the result. */
  private static final double FUNCTION = 6 * U;

  /** A derivative is some operations on an activation that is off by FUNCTION. */
  private static final double DERIVATIVE = 20 * U;

  public final double[][] predictions; // [rows][outputs]
  public final double loss;
  public final double[][][] weightGradients; // [layer][in][out]
  public final double[][] biasGradients; // [layer][out]

  private final NetworkCase given;
  private final TextbookNetwork network;
  private final TextbookLoss textbookLoss;
  private final double divisor;
  private final double[][] z; // [layer][out]
  private final double[][] zError;
  private final double[][] a; // [layer + 1][out]; a[0] is the input
  private final double[][] aError;

  /** The errors of a batch. */
  public FloatErrors(NetworkCase given) {
    this.given = given;
    network = given.textbook();
    textbookLoss = TextbookLoss.of(given.loss());
    divisor = textbookLoss.divisor(given.x().length, given.y()[0].length);
    int depth = given.weights().length;
    z = new double[depth][];
    zError = new double[depth][];
    a = new double[depth + 1][];
    aError = new double[depth + 1][];
    predictions = new double[given.x().length][];
    weightGradients = new double[depth][][];
    biasGradients = new double[depth][];
    for (int layer = 0; layer < depth; layer++) {
      weightGradients[layer] = new double[given.weights()[layer].length][];
      biasGradients[layer] = new double[given.biases()[layer].length];
      for (int in = 0; in < weightGradients[layer].length; in++) {
        weightGradients[layer][in] = new double[biasGradients[layer].length];
      }
    }
    double sum = 0;
    for (int row = 0; row < predictions.length; row++) {
      forward(given.x()[row]);
      predictions[row] = aError[depth].clone();
      sum += lossError(given.y()[row]);
      backward(given.y()[row]);
    }
    loss = sum * SECOND_ORDER / divisor;
  }

  private void forward(double[] x) {
    a[0] = x;
    aError[0] = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      aError[0][i] = U * Math.abs(x[i]);
    }
    for (int layer = 0; layer < z.length; layer++) {
      double[][] w = given.weights()[layer];
      double[] b = given.biases()[layer];
      z[layer] = new double[b.length];
      zError[layer] = new double[b.length];
      for (int out = 0; out < b.length; out++) {
        double size = Math.abs(b[out]);
        z[layer][out] = b[out];
        for (int in = 0; in < w.length; in++) {
          z[layer][out] += a[layer][in] * w[in][out];
          size += Math.abs(a[layer][in] * w[in][out]);
          zError[layer][out] += aError[layer][in] * Math.abs(w[in][out]);
        }
        // n fused multiply-adds, and weights and biases that are themselves rounded to float
        zError[layer][out] += (w.length + 1) * U * size;
      }
      TextbookActivation activation = network.dense(layer).activation;
      a[layer + 1] = activation.forward(z[layer]);
      aError[layer + 1] = spread(activation::forward, z[layer], zError[layer]);
      add(aError[layer + 1], rounding(layer));
    }
  }

  /** What computing the activations of a layer from exact sums can err by. */
  private double[] rounding(int layer) {
    double relative = FUNCTION;
    if (network.dense(layer).activation instanceof TextbookActivation.Softmax) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (double value : z[layer]) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      // the distance from the greatest is rounded before exp; then n terms are added, two divided
      relative += U * (most - least) + FUNCTION + (z[layer].length + 1) * U;
    }
    double[] rounding = new double[z[layer].length];
    for (int i = 0; i < rounding.length; i++) {
      rounding[i] = relative * Math.abs(a[layer + 1][i]);
    }
    return rounding;
  }

  private double lossError(double[] y) {
    int last = z.length - 1;
    TextbookActivation activation = network.dense(last).activation;
    double error = 0;
    for (double[] part :
        new double[][] {
          spread(v -> one(textbookLoss.ofRow(activation.forward(v), y)), z[last], zError[last]),
          spread(v -> one(textbookLoss.ofRow(v, y)), a[last + 1], rounding(last)),
          spread(v -> one(textbookLoss.ofRow(a[last + 1], v)), y, sizes(y, U))
        }) {
      error += part[0];
    }
    return error;
  }

  private void backward(double[] y) {
    int last = z.length - 1;
    TextbookActivation output = network.dense(last).activation;
    UnaryOperator<double[]> fromOutputs =
        v -> output.backward(z[last], scaled(textbookLoss.gradientOfRow(v, y)));
    double[] dz = fromOutputs.apply(a[last + 1]);
    double[] dzError =
        spread(
            v -> output.backward(v, scaled(textbookLoss.gradientOfRow(output.forward(v), y))),
            z[last],
            zError[last]);
    add(dzError, spread(fromOutputs, a[last + 1], rounding(last)));
    add(
        dzError,
        spread(
            v -> output.backward(z[last], scaled(textbookLoss.gradientOfRow(a[last + 1], v))),
            y,
            sizes(y, U)));
    add(dzError, sizes(dz, U)); // computed in double, rounded once
    for (int layer = last; layer >= 0; layer--) {
      addGradients(layer, dz, dzError);
      if (layer > 0) {
        double[] da = new double[a[layer].length];
        double[] daError = new double[da.length];
        for (int in = 0; in < da.length; in++) {
          double size = 0;
          for (int out = 0; out < dz.length; out++) {
            double w = given.weights()[layer][in][out];
            da[in] += dz[out] * w;
            size += Math.abs(dz[out] * w);
            daError[in] += dzError[out] * Math.abs(w);
          }
          daError[in] += (dz.length + 1) * U * size;
        }
        TextbookActivation activation = network.dense(layer - 1).activation;
        double[] sums = z[layer - 1];
        dz = activation.backward(sums, da);
        dzError = spread(v -> activation.backward(v, da), sums, zError[layer - 1]);
        add(dzError, spread(v -> activation.backward(sums, v), da, daError));
        add(dzError, derivativeRounding(activation, dz, da));
      }
    }
  }

  private static double[] derivativeRounding(
      TextbookActivation activation, double[] dz, double[] da) {
    double[] rounding = sizes(da, DERIVATIVE);
    if (activation instanceof TextbookActivation.Softmax) {
      Arrays.fill(rounding, Arrays.stream(rounding).sum()); // each dz has a sum over all da
    }
    for (int i = 0; i < rounding.length; i++) {
      rounding[i] = dz[i] == 0 ? 0 : rounding[i]; // the 0 of a ReLU is exact
    }
    return rounding;
  }

  private void addGradients(int layer, double[] dz, double[] dzError) {
    int rows = given.x().length; // that many terms has the sum over the batch
    for (int out = 0; out < dz.length; out++) {
      for (int in = 0; in < a[layer].length; in++) {
        double size = Math.abs(a[layer][in]);
        weightGradients[layer][in][out] +=
            SECOND_ORDER
                * (size * dzError[out]
                    + aError[layer][in] * Math.abs(dz[out])
                    + rows * U * size * Math.abs(dz[out]));
      }
      biasGradients[layer][out] += SECOND_ORDER * (dzError[out] + rows * U * Math.abs(dz[out]));
    }
  }

  /** What errors of the argument do to a function, added up over the argument's elements. */
  private static double[] spread(UnaryOperator<double[]> function, double[] at, double[] error) {
    double[] exact = function.apply(at);
    double[] spread = new double[exact.length];
    for (int j = 0; j < at.length; j++) {
      if (error[j] > 0) {
        double[] moved = at.clone();
        moved[j] = at[j] + error[j];
        double[] above = function.apply(moved);
        moved[j] = at[j] - error[j];
        double[] below = function.apply(moved);
        for (int i = 0; i < spread.length; i++) {
          spread[i] += Math.max(Math.abs(above[i] - exact[i]), Math.abs(below[i] - exact[i]));
        }
      }
    }
    return spread;
  }

  private static void add(double[] sum, double[] summand) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += summand[i];
    }
  }

  private static double[] sizes(double[] values, double factor) {
    double[] sizes = new double[values.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = factor * Math.abs(values[i]);
    }
    return sizes;
  }

  private double[] scaled(double[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= divisor;
    }
    return gradient;
  }

  private static double[] one(double value) {
    return new double[] {value};
  }
}
