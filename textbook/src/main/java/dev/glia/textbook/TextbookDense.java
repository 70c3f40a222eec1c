package dev.glia.textbook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A dense layer: each unit weighs all inputs, adds its bias, and activates. */
public final class TextbookDense implements TextbookLayer {

  public final double[][] weights; // [in][out]
  public final double[] biases; // [out]
  public final TextbookActivation activation;

  public final double[][] weightGradients; // [in][out]
  public final double[] biasGradients; // [out]

  private double[][] x = {}; // [rows][in]: what came in
  private double[][] z = {}; // [rows][out]: the sums, before the activation

  /**
   * A layer of the given numbers, copied.
   *
   * @param weights {@code [in][out]}
   * @param biases {@code [out]}
   * @param activation its name, as in {@link TextbookActivation#of}
   */
  public TextbookDense(double[][] weights, double[] biases, String activation) {
    this.weights = Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
    this.biases = biases.clone();
    this.activation = TextbookActivation.of(activation);
    weightGradients = new double[weights.length][biases.length];
    biasGradients = new double[biases.length];
  }

  @Override
  public double[][] predict(double[][] x) {
    return activations(sums(x));
  }

  @Override
  public double[][] forward(double[][] x) {
    this.x = x;
    z = sums(x);
    return activations(z);
  }

  private double[][] sums(double[][] x) {
    double[][] z = new double[x.length][];
    for (int row = 0; row < x.length; row++) {
      z[row] = biases.clone();
      for (int in = 0; in < weights.length; in++) {
        if (x[row][in] != 0) { // saves the four of five pixels of a digit that are black
          addScaled(x[row][in], weights[in], z[row]);
        }
      }
    }
    return z;
  }

  private double[][] activations(double[][] z) {
    double[][] a = new double[z.length][];
    for (int row = 0; row < z.length; row++) {
      a[row] = activation.forward(z[row]);
    }
    return a;
  }

  @Override
  public double[][] backward(double[][] da, boolean first) {
    gradients().forEach(gradients -> Arrays.fill(gradients, 0));
    double[][] dx = new double[first ? 0 : x.length][];
    for (int row = 0; row < x.length; row++) {
      double[] dz = activation.backward(z[row], da[row]);
      addGradients(x[row], dz);
      if (!first) {
        dx[row] = gradientByInputs(dz);
      }
    }
    return dx;
  }

  /**
   * A weight's gradient is its input times the gradient by its unit's sum, summed over the rows.
   */
  private void addGradients(double[] x, double[] dz) {
    for (int in = 0; in < x.length; in++) {
      if (x[in] != 0) {
        addScaled(x[in], dz, weightGradients[in]);
      }
    }
    addScaled(1, dz, biasGradients);
  }

  /** An input acts on all units, through its weights. */
  private double[] gradientByInputs(double[] dz) {
    double[] dx = new double[weights.length];
    for (int in = 0; in < dx.length; in++) {
      for (int out = 0; out < dz.length; out++) {
        dx[in] += weights[in][out] * dz[out];
      }
    }
    return dx;
  }

  /** {@code sum += factor * values}. */
  private static void addScaled(double factor, double[] values, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * values[i];
    }
  }

  @Override
  public List<double[]> parameters() {
    return rows(weights, biases);
  }

  @Override
  public List<double[]> gradients() {
    return rows(weightGradients, biasGradients);
  }

  private static List<double[]> rows(double[][] matrix, double[] last) {
    List<double[]> rows = new ArrayList<>(List.of(matrix));
    rows.add(last);
    return rows;
  }
}
