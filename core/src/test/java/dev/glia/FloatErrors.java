package dev.glia;

import dev.glia.random.RandomState;
import dev.glia.textbook.TextbookActivation;
import dev.glia.textbook.TextbookBatchNorm;
import dev.glia.textbook.TextbookDense;
import dev.glia.textbook.TextbookDropout;
import dev.glia.textbook.TextbookLayer;
import dev.glia.textbook.TextbookLoss;
import dev.glia.textbook.TextbookNetwork;
import dev.glia.textbook.TextbookOptimizer;
import dev.glia.textbook.TextbookScale;
import java.util.Arrays;
import java.util.List;
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
  public final double loss; // of the predictions
  public final double[][][] gradients; // [layer][array][]: as TextbookLayer.gradients

  /** Of what a batch normalisation makes of its running numbers. */
  public final double[][][] running; // [layer][mean, variance][units]

  private final TextbookLoss textbookLoss;
  private final double[][] y; // [rows][outputs]
  private final double divisor;

  /**
   * A cross entropy's gradient by the sums is output - target in the engine. Where both are nearly
   * 1, that has few digits left: it is off by as much as the output is.
   */
  private final boolean subtracts;

  private final List<TextbookLayer> layers;

  // Of the last forward pass.
  private final double[][][] z; // [layer][rows][out]: of dense layers
  private final double[][][] zError;
  private final double[][][] a; // [layer + 1][rows][out]; a[0] is the input
  private final double[][][] aError;

  /** The errors of a batch. */
  public FloatErrors(NetworkCase given) {
    this(given.textbook(), given.loss(), given.x(), given.y());
  }

  /** The errors of a batch; the network's numbers stay as they are, its gradients do not. */
  public FloatErrors(TextbookNetwork network, String loss, double[][] x, double[][] y) {
    layers = network.layers;
    textbookLoss = TextbookLoss.of(loss);
    subtracts = loss.startsWith("cross_entropy") || loss.startsWith("bce");
    this.y = y;
    divisor = textbookLoss.divisor(x.length, y[0].length);
    int depth = layers.size();
    z = new double[depth][][];
    zError = new double[depth][][];
    a = new double[depth + 1][][];
    aError = new double[depth + 1][][];
    gradients = new double[depth][][];
    running = new double[depth][][];
    forward(x, false);
    predictions = aError[depth];
    double sum = 0;
    for (int row = 0; row < y.length; row++) {
      sum += lossError(row);
    }
    this.loss = sum * SECOND_ORDER / divisor;
    forward(x, true);
    backward();
  }

  /** The errors of the weights' gradients of a dense layer, {@code [in][out]}. */
  public double[][] weightGradients(int layer) {
    return Arrays.copyOf(gradients[layer], gradients[layer].length - 1);
  }

  /** The errors of the biases' gradients of a dense layer. */
  public double[] biasGradients(int layer) {
    return gradients[layer][gradients[layer].length - 1];
  }

  /** Makes each gradient of the network wrong by all that it can be, up or down at random. */
  public void disturb(TextbookNetwork network, RandomState signs) {
    for (int layer = 0; layer < gradients.length; layer++) {
      List<double[]> arrays = network.layers.get(layer).gradients();
      for (int array = 0; array < arrays.size(); array++) {
        disturb(arrays.get(array), gradients[layer][array], signs);
      }
    }
  }

  /** The same with the running numbers that the batch gave. */
  public void disturbRunning(TextbookNetwork network, RandomState signs) {
    for (int layer = 0; layer < running.length; layer++) {
      if (network.layers.get(layer) instanceof TextbookBatchNorm norm) {
        disturb(norm.runningMean, running[layer][0], signs);
        disturb(norm.runningVariance, running[layer][1], signs);
      }
    }
  }

  private static void disturb(double[] values, double[] errors, RandomState signs) {
    for (int i = 0; i < values.length; i++) {
      values[i] += sign(signs) * errors[i];
    }
  }

  /**
   * An optimizer that errs as one in floats can, up or down at random. The new parameter is
   * rounded, and so is the old one; the change is computed in some four operations from averages
   * with four roundings in each of ten steps.
   */
  public static TextbookOptimizer rounded(TextbookOptimizer optimizer, RandomState signs) {
    return (t, i, p, g) -> {
      double changed = optimizer.change(t, i, p, g);
      double error = U * (2 * Math.abs(p) + 44 * Math.abs(changed - p));
      return changed + sign(signs) * error;
    };
  }

  private static int sign(RandomState signs) {
    return signs.randomSample() < 0.5 ? -1 : 1;
  }

  private void forward(double[][] x, boolean training) {
    a[0] = x;
    aError[0] = sizes(x, U);
    for (int layer = 0; layer < layers.size(); layer++) {
      switch (layers.get(layer)) {
        case TextbookDense dense -> forward(layer, dense);
        case TextbookScale scale -> forwardByFactors(layer, scale.predict(ones(a[layer])));
        case TextbookDropout dropout -> {
          double[][] ones = ones(a[layer]);
          forwardByFactors(layer, training ? dropout.forward(ones) : ones);
        }
        case TextbookBatchNorm norm -> forward(layer, norm, training);
      }
    }
  }

  private void forward(int layer, TextbookDense dense) {
    int rows = a[layer].length;
    z[layer] = new double[rows][dense.biases.length];
    zError[layer] = new double[rows][dense.biases.length];
    a[layer + 1] = new double[rows][];
    aError[layer + 1] = new double[rows][];
    for (int row = 0; row < rows; row++) {
      double[] x = a[layer][row];
      for (int out = 0; out < dense.biases.length; out++) {
        double size = Math.abs(dense.biases[out]);
        double sum = dense.biases[out];
        double error = 0;
        for (int in = 0; in < x.length; in++) {
          double product = x[in] * dense.weights[in][out];
          sum += product;
          size += Math.abs(product);
          error += aError[layer][row][in] * Math.abs(dense.weights[in][out]);
        }
        z[layer][row][out] = sum;
        // n fused multiply-adds, and weights and biases that are themselves rounded to float
        zError[layer][row][out] = error + (x.length + 1) * U * size;
      }
      a[layer + 1][row] = dense.activation.forward(z[layer][row]);
      aError[layer + 1][row] = spread(dense.activation::forward, z[layer][row], zError[layer][row]);
      add(aError[layer + 1][row], rounding(layer, row));
    }
  }

  /** What computing a row's activations of a dense layer from exact sums can err by. */
  private double[] rounding(int layer, int row) {
    double[] sums = z[layer][row];
    double relative = FUNCTION;
    if (activation(layer) instanceof TextbookActivation.Softmax) {
      double least = Arrays.stream(sums).min().orElseThrow();
      double most = Arrays.stream(sums).max().orElseThrow();
      // the distance from the greatest is rounded before exp; then n terms are added, two divided
      relative += U * (most - least) + FUNCTION + (sums.length + 1) * U;
    }
    return sizes(a[layer + 1][row], relative);
  }

  private TextbookActivation activation(int layer) {
    return ((TextbookDense) layers.get(layer)).activation;
  }

  /** Scale and dropout: each number times a factor, which is itself rounded to float. */
  private void forwardByFactors(int layer, double[][] factors) {
    a[layer + 1] = products(factors, a[layer]);
    aError[layer + 1] = products(sizes(factors, 1), aError[layer]);
    add(aError[layer + 1], sizes(a[layer + 1], 2 * U));
  }

  private void forward(int layer, TextbookBatchNorm norm, boolean training) {
    double[][] x = a[layer];
    if (!training) {
      a[layer + 1] = norm.predict(x);
      aError[layer + 1] = spreadRows(norm::predict, x, aError[layer]);
    } else {
      UnaryOperator<double[][]> function = rows -> forwardAndRunning(norm, rows);
      double[][] all = function.apply(x);
      double[][] errors = spreadRows(function, x, aError[layer]);
      a[layer + 1] = Arrays.copyOf(all, x.length);
      aError[layer + 1] = Arrays.copyOf(errors, x.length);
      running[layer] = Arrays.copyOfRange(errors, x.length, x.length + 2);
      if (x.length > 1) { // the sum of the old and the new is rounded
        add(running[layer], sizes(Arrays.copyOfRange(all, x.length, x.length + 2), U));
      }
    }
    Normalised normalised = new Normalised(norm, x, training);
    for (int row = 0; row < x.length; row++) {
      for (int unit = 0; unit < x[row].length; unit++) {
        double weighed = Math.abs(norm.weight[unit]) * normalised.error(row, unit);
        double product = Math.abs(norm.weight[unit] * normalised.value(row, unit));
        // the product and the sum are rounded
        aError[layer + 1][row][unit] +=
            weighed + U * product + U * Math.abs(a[layer + 1][row][unit]);
      }
    }
  }

  /** What comes out, and as two more rows what becomes of the running numbers, which stay. */
  private static double[][] forwardAndRunning(TextbookBatchNorm norm, double[][] x) {
    double[][] before = {norm.runningMean.clone(), norm.runningVariance.clone()};
    double[][] y = Arrays.copyOf(norm.forward(x), x.length + 2);
    y[x.length] = norm.runningMean.clone();
    y[x.length + 1] = norm.runningVariance.clone();
    System.arraycopy(before[0], 0, norm.runningMean, 0, before[0].length);
    System.arraycopy(before[1], 0, norm.runningVariance, 0, before[1].length);
    return y;
  }

  /** What a batch normalisation normalises, and with what. */
  private static final class Normalised {
    private final double[][] x; // [rows][units]
    private final double[] mean; // [units]
    private final double[] factor; // [units]
    private final boolean ofBatch;

    Normalised(TextbookBatchNorm norm, double[][] x, boolean training) {
      this.x = x;
      ofBatch = training && x.length > 1;
      int units = x[0].length;
      mean = norm.runningMean.clone();
      factor = new double[units];
      for (int unit = 0; unit < units; unit++) {
        double variance = norm.runningVariance[unit];
        if (ofBatch) {
          int u = unit;
          double m = Arrays.stream(x).mapToDouble(r -> r[u]).average().orElseThrow();
          mean[unit] = m;
          variance =
              Arrays.stream(x).mapToDouble(r -> Math.pow(r[u] - m, 2)).average().orElseThrow();
        }
        factor[unit] = 1 / Math.sqrt(variance + norm.epsilon);
      }
    }

    double value(int row, int unit) {
      return (x[row][unit] - mean[unit]) * factor[unit];
    }

    /** Mean and factor are rounded to float, and so are the difference and the product. */
    double error(int row, int unit) {
      return U * Math.abs(mean[unit]) * factor[unit] + 3 * U * Math.abs(value(row, unit));
    }
  }

  private double lossError(int row) {
    int last = layers.size() - 1;
    TextbookActivation activation = activation(last);
    double[] wanted = y[row];
    double[] outputs = a[last + 1][row];
    double error = 0;
    for (double[] part :
        new double[][] {
          spread(
              v -> one(textbookLoss.ofRow(activation.forward(v), wanted)),
              z[last][row],
              zError[last][row]),
          spread(v -> one(textbookLoss.ofRow(v, wanted)), outputs, rounding(last, row)),
          spread(v -> one(textbookLoss.ofRow(outputs, v)), wanted, sizes(wanted, U))
        }) {
      error += part[0];
    }
    return error;
  }

  private void backward() {
    int last = layers.size() - 1;
    double[][] d = new double[y.length][]; // by what came out of a layer
    double[][] dError = new double[y.length][];
    double[][] dz = new double[y.length][]; // by a dense layer's sums
    double[][] dzError = new double[y.length][];
    for (int row = 0; row < y.length; row++) {
      outputGradient(row, dz, dzError);
    }
    for (int layer = last; layer >= 0; layer--) {
      switch (layers.get(layer)) {
        case TextbookDense dense -> {
          if (layer < last) {
            for (int row = 0; row < y.length; row++) {
              backwardByActivation(layer, row, d[row], dError[row], dz, dzError);
            }
          }
          backward(layer, dense, dz, dzError, d, dError);
        }
        case TextbookScale scale -> {
          gradients[layer] = new double[][] {scaleGradients(layer, d, dError)};
          backwardByFactors(scale.predict(ones(d)), d, dError);
        }
        case TextbookDropout dropout -> {
          gradients[layer] = new double[0][];
          backwardByFactors(dropout.forward(ones(d)), d, dError);
        }
        case TextbookBatchNorm norm -> backward(layer, norm, d, dError);
      }
    }
  }

  /** From the loss to the output layer's sums. */
  private void outputGradient(int row, double[][] dz, double[][] dzError) {
    int last = layers.size() - 1;
    TextbookActivation output = activation(last);
    double[] sums = z[last][row];
    double[] outputs = a[last + 1][row];
    double[] wanted = y[row];
    UnaryOperator<double[]> fromOutputs =
        v -> output.backward(sums, scaled(textbookLoss.gradientOfRow(v, wanted)));
    dz[row] = fromOutputs.apply(outputs);
    dzError[row] =
        spread(
            v -> output.backward(v, scaled(textbookLoss.gradientOfRow(output.forward(v), wanted))),
            sums,
            zError[last][row]);
    add(dzError[row], spread(fromOutputs, outputs, rounding(last, row)));
    add(
        dzError[row],
        spread(
            v -> output.backward(sums, scaled(textbookLoss.gradientOfRow(outputs, v))),
            wanted,
            sizes(wanted, U)));
    if (subtracts) {
      add(dzError[row], scaled(rounding(last, row)));
    }
    add(dzError[row], sizes(dz[row], U)); // computed in double, rounded once
  }

  private void backwardByActivation(
      int layer, int row, double[] da, double[] daError, double[][] dz, double[][] dzError) {
    TextbookActivation activation = activation(layer);
    double[] sums = z[layer][row];
    dz[row] = activation.backward(sums, da);
    dzError[row] = spread(v -> activation.backward(v, da), sums, zError[layer][row]);
    add(dzError[row], spread(v -> activation.backward(sums, v), da, daError));
    add(dzError[row], derivativeRounding(activation, dz[row], da));
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

  /** From the sums of a dense layer to its weights, its biases and what came in. */
  private void backward(
      int layer,
      TextbookDense dense,
      double[][] dz,
      double[][] dzError,
      double[][] d,
      double[][] dError) {
    int inputs = dense.weights.length;
    int units = dense.biases.length;
    int rows = y.length; // that many terms has the sum over the batch
    gradients[layer] = new double[inputs + 1][units];
    for (int row = 0; row < rows; row++) {
      d[row] = new double[inputs];
      dError[row] = new double[inputs];
      for (int in = 0; in < inputs; in++) {
        double size = Math.abs(a[layer][row][in]);
        double sizeOfSum = 0;
        for (int out = 0; out < units; out++) {
          double w = dense.weights[in][out];
          d[row][in] += dz[row][out] * w;
          sizeOfSum += Math.abs(dz[row][out] * w);
          dError[row][in] += dzError[row][out] * Math.abs(w);
          gradients[layer][in][out] +=
              SECOND_ORDER
                  * (size * dzError[row][out]
                      + aError[layer][row][in] * Math.abs(dz[row][out])
                      + rows * U * size * Math.abs(dz[row][out]));
        }
        dError[row][in] += (units + 1) * U * sizeOfSum;
      }
      for (int out = 0; out < units; out++) {
        gradients[layer][inputs][out] +=
            SECOND_ORDER * (dzError[row][out] + rows * U * Math.abs(dz[row][out]));
      }
    }
  }

  /** A sum of products that are rounded before they are added. */
  private double[] scaleGradients(int layer, double[][] d, double[][] dError) {
    double[] errors = new double[d[0].length];
    for (int row = 0; row < d.length; row++) {
      for (int unit = 0; unit < errors.length; unit++) {
        double size = Math.abs(a[layer][row][unit]);
        errors[unit] +=
            SECOND_ORDER
                * (size * dError[row][unit]
                    + aError[layer][row][unit] * Math.abs(d[row][unit])
                    + (d.length + 1) * U * size * Math.abs(d[row][unit]));
      }
    }
    return errors;
  }

  private static void backwardByFactors(double[][] factors, double[][] d, double[][] dError) {
    double[][] dx = products(factors, d);
    double[][] dxError = products(sizes(factors, 1), dError);
    add(dxError, sizes(dx, 2 * U));
    System.arraycopy(dx, 0, d, 0, d.length);
    System.arraycopy(dxError, 0, dError, 0, d.length);
  }

  private void backward(int layer, TextbookBatchNorm norm, double[][] d, double[][] dError) {
    double[][] x = a[layer];
    int rows = x.length;
    double[][] all = backwardAndGradients(norm, x, d);
    double[][] errors = spreadRows(v -> backwardAndGradients(norm, v, d), x, aError[layer]);
    add(errors, spreadRows(v -> backwardAndGradients(norm, x, v), d, dError));
    Normalised normalised = new Normalised(norm, x, true);
    for (int unit = 0; unit < x[0].length; unit++) {
      double productError = 0;
      for (int row = 0; row < rows; row++) {
        productError += Math.abs(d[row][unit]) * normalised.error(row, unit);
      }
      double product = all[rows][unit]; // of d and what was normalised, summed over the rows
      double sum = all[rows + 1][unit]; // of d
      // summed in double, rounded once
      errors[rows][unit] += productError + U * Math.abs(product);
      errors[rows + 1][unit] += U * Math.abs(sum);
      for (int row = 0; row < rows; row++) {
        double value = Math.abs(normalised.value(row, unit));
        double size = Math.abs(d[row][unit]);
        double error = 0;
        if (normalised.ofBatch) {
          size += Math.abs(sum / rows) + value * Math.abs(product / rows);
          error =
              normalised.error(row, unit) * Math.abs(product / rows) + value * productError / rows;
        }
        // each term is rounded twice, then there are two differences; weight * factor * that
        error += (4 + 3) * U * size;
        errors[row][unit] += Math.abs(norm.weight[unit]) * normalised.factor[unit] * error;
      }
    }
    gradients[layer] = Arrays.copyOfRange(errors, rows, rows + 2);
    for (double[] array : gradients[layer]) {
      Arrays.setAll(array, unit -> SECOND_ORDER * array[unit]);
    }
    System.arraycopy(all, 0, d, 0, rows);
    System.arraycopy(errors, 0, dError, 0, rows);
  }

  /** The gradient by what came in, and as two more rows those by weight and bias. */
  private static double[][] backwardAndGradients(
      TextbookBatchNorm norm, double[][] x, double[][] d) {
    forwardAndRunning(norm, x);
    double[][] dx = Arrays.copyOf(norm.backward(d, false), x.length + 2);
    dx[x.length] = norm.weightGradient.clone();
    dx[x.length + 1] = norm.biasGradient.clone();
    return dx;
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
        add(spread, furthest(exact, above, function.apply(moved)));
      }
    }
    return spread;
  }

  /** The same for a function whose columns know nothing of one another: a row is moved at once. */
  private static double[][] spreadRows(
      UnaryOperator<double[][]> function, double[][] at, double[][] error) {
    double[][] exact = function.apply(at);
    double[][] spread = sizes(exact, 0);
    for (int j = 0; j < at.length; j++) {
      double[][] moved = at.clone();
      moved[j] = at[j].clone();
      add(moved[j], error[j]);
      double[][] above = function.apply(moved);
      moved[j] = at[j].clone();
      add(moved[j], Arrays.stream(error[j]).map(e -> -e).toArray());
      double[][] below = function.apply(moved);
      for (int i = 0; i < spread.length; i++) {
        add(spread[i], furthest(exact[i], above[i], below[i]));
      }
    }
    return spread;
  }

  private static double[] furthest(double[] exact, double[] above, double[] below) {
    double[] furthest = new double[exact.length];
    for (int i = 0; i < exact.length; i++) {
      furthest[i] = Math.max(Math.abs(above[i] - exact[i]), Math.abs(below[i] - exact[i]));
    }
    return furthest;
  }

  private static double[][] ones(double[][] likeThese) {
    double[][] ones = sizes(likeThese, 0);
    for (double[] row : ones) {
      Arrays.fill(row, 1);
    }
    return ones;
  }

  private static double[][] products(double[][] factors, double[][] values) {
    double[][] products = new double[values.length][];
    for (int row = 0; row < values.length; row++) {
      double[] f = factors[row];
      double[] v = values[row];
      products[row] = new double[v.length];
      Arrays.setAll(products[row], i -> f[i] * v[i]);
    }
    return products;
  }

  private static void add(double[][] sum, double[][] summand) {
    for (int row = 0; row < sum.length; row++) {
      add(sum[row], summand[row]);
    }
  }

  private static void add(double[] sum, double[] summand) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += summand[i];
    }
  }

  private static double[][] sizes(double[][] values, double factor) {
    return Arrays.stream(values).map(row -> sizes(row, factor)).toArray(double[][]::new);
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
