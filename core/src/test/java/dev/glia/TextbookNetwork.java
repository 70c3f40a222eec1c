package dev.glia;

import java.util.ArrayList;
import java.util.List;

/**
 * A neural network as a textbook has it: doubles, plain loops, one row after the other.
 *
 * <p>It is for reading ({@link #forward}, {@link #backward}, {@link #step}, in this order), and it
 * is the oracle that the fast engine is compared with. It reproduces PyTorch's numbers to 1e-9.
 */
public final class TextbookNetwork {

  public final double[][][] weights; // [layer][in][out]
  public final double[][] biases; // [layer][out]
  public final List<TextbookActivation> activations; // [layer]

  public final double[][][] weightGradients; // [layer][in][out]
  public final double[][] biasGradients; // [layer][out]

  /** What the last forward pass of a row computed, for the backward pass. */
  private final double[][] inputs; // [layer][in]

  private final double[][] sums; // [layer][out]
  private double[] outputs = {}; // [out]

  private int steps;

  /**
   * A network of the given numbers, copied.
   *
   * @param weights {@code [layer][in][out]}
   * @param biases {@code [layer][out]}
   * @param activations a name a layer
   */
  public TextbookNetwork(double[][][] weights, double[][] biases, List<String> activations) {
    int depth = weights.length;
    this.weights = new double[depth][][];
    this.biases = new double[depth][];
    this.activations = new ArrayList<>();
    weightGradients = new double[depth][][];
    biasGradients = new double[depth][];
    for (int layer = 0; layer < depth; layer++) {
      this.weights[layer] = new double[weights[layer].length][];
      for (int in = 0; in < weights[layer].length; in++) {
        this.weights[layer][in] = weights[layer][in].clone();
      }
      this.biases[layer] = biases[layer].clone();
      this.activations.add(TextbookActivation.of(activations.get(layer)));
      weightGradients[layer] = new double[weights[layer].length][biases[layer].length];
      biasGradients[layer] = new double[biases[layer].length];
    }
    inputs = new double[depth][];
    sums = new double[depth][];
  }

  /** What comes out for one row: each layer weighs its inputs, adds its bias, and activates. */
  public double[] forward(double[] x) {
    double[] a = x;
    for (int layer = 0; layer < weights.length; layer++) {
      double[] z = biases[layer].clone();
      for (int in = 0; in < a.length; in++) {
        if (a[in] != 0) { // saves the four of five pixels of a digit that are black
          addScaled(a[in], weights[layer][in], z);
        }
      }
      inputs[layer] = a;
      sums[layer] = z;
      a = activations.get(layer).forward(z);
    }
    outputs = a;
    return a;
  }

  /** The loss of some rows. */
  public double loss(double[][] x, double[][] y, TextbookLoss loss) {
    double sum = 0;
    for (int row = 0; row < x.length; row++) {
      sum += loss.ofRow(forward(x[row]), y[row]);
    }
    return sum / loss.divisor(x.length, y[0].length);
  }

  /** Computes the gradient of the loss of some rows by every weight and bias. */
  public void backward(double[][] x, double[][] y, TextbookLoss loss) {
    clearGradients();
    for (int row = 0; row < x.length; row++) {
      forward(x[row]);
      double[] da = loss.gradientOfRow(outputs, y[row]);
      for (int i = 0; i < da.length; i++) {
        da[i] /= loss.divisor(x.length, da.length);
      }
      for (int layer = weights.length - 1; layer >= 0; layer--) {
        double[] dz = activations.get(layer).backward(sums[layer], da);
        addGradients(layer, dz);
        if (layer > 0) {
          da = gradientByInputs(layer, dz);
        }
      }
    }
  }

  /** Adds one row's gradient by a layer's weights and biases. */
  private void addGradients(int layer, double[] dz) {
    for (int in = 0; in < inputs[layer].length; in++) {
      if (inputs[layer][in] != 0) {
        addScaled(inputs[layer][in], dz, weightGradients[layer][in]);
      }
    }
    addScaled(1, dz, biasGradients[layer]);
  }

  /** {@code sum += factor * values}. */
  private static void addScaled(double factor, double[] values, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * values[i];
    }
  }

  /** Carries one row's gradient back through a layer, to what came in. */
  private double[] gradientByInputs(int layer, double[] dz) {
    double[] da = new double[inputs[layer].length];
    for (int in = 0; in < da.length; in++) {
      for (int out = 0; out < dz.length; out++) {
        da[in] += weights[layer][in][out] * dz[out];
      }
    }
    return da;
  }

  private void clearGradients() {
    for (int layer = 0; layer < weights.length; layer++) {
      weightGradients[layer] = new double[weights[layer].length][biases[layer].length];
      biasGradients[layer] = new double[biases[layer].length];
    }
  }

  /** Changes every weight and bias by its gradient. */
  public void step(TextbookOptimizer optimizer) {
    steps++;
    int i = 0;
    for (int layer = 0; layer < weights.length; layer++) {
      for (int in = 0; in < weights[layer].length; in++) {
        double[] w = weights[layer][in];
        for (int out = 0; out < w.length; out++) {
          w[out] = optimizer.change(steps, i++, w[out], weightGradients[layer][in][out]);
        }
      }
      double[] b = biases[layer];
      for (int out = 0; out < b.length; out++) {
        b[out] = optimizer.change(steps, i++, b[out], biasGradients[layer][out]);
      }
    }
  }

  /** How many weights and biases there are. */
  public int parameterCount() {
    int count = 0;
    for (int layer = 0; layer < weights.length; layer++) {
      count += (weights[layer].length + 1) * biases[layer].length;
    }
    return count;
  }

  /** Holds every gradient between -limit and limit. */
  public void clipByValue(double limit) {
    for (double[] gradients : gradientRows()) {
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] = Math.clamp(gradients[i], -limit, limit);
      }
    }
  }

  /** Scales all gradients down together, so that their Euclidean norm is at most the limit. */
  public void clipByNorm(double limit) {
    double squares = 0;
    for (double[] gradients : gradientRows()) {
      for (double gradient : gradients) {
        squares += gradient * gradient;
      }
    }
    double factor = Math.min(1, limit / (Math.sqrt(squares) + 1e-6)); // PyTorch's 1e-6
    for (double[] gradients : gradientRows()) {
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] *= factor;
      }
    }
  }

  /** All arrays of gradients. */
  private List<double[]> gradientRows() {
    List<double[]> rows = new ArrayList<>();
    for (int layer = 0; layer < weights.length; layer++) {
      rows.addAll(List.of(weightGradients[layer]));
      rows.add(biasGradients[layer]);
    }
    return rows;
  }
}
