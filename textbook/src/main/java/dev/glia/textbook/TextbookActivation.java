package dev.glia.textbook;

import java.util.function.DoubleUnaryOperator;

/**
 * Activations as a textbook has them: a function and, beside it, its derivative.
 *
 * <p>Written by itself, not with the library's formulas, so that the two can be compared.
 */
public interface TextbookActivation {

  /** a from z, both {@code [units]}. */
  double[] forward(double[] z);

  /** The chain rule: the gradient by z from the gradient by a. */
  double[] backward(double[] z, double[] da);

  /** The activation of a name such as {@code leaky_relu(0.05)}. */
  static TextbookActivation of(String name) {
    int bracket = name.indexOf('(');
    String kind = bracket < 0 ? name : name.substring(0, bracket);
    double parameter =
        bracket < 0 ? 1 : Double.parseDouble(name.substring(bracket + 1, name.length() - 1));
    return switch (kind) {
      case "identity" -> each(z -> z, z -> 1);
      case "relu" -> each(z -> Math.max(0, z), z -> z > 0 ? 1 : 0);
      case "leaky_relu" -> each(z -> z > 0 ? z : parameter * z, z -> z > 0 ? 1 : parameter);
      case "sigmoid" -> each(TextbookActivation::sigmoid, z -> sigmoid(z) * (1 - sigmoid(z)));
      case "tanh" -> each(Math::tanh, z -> 1 - Math.pow(Math.tanh(z), 2));
      case "elu" ->
          each(
              z -> z > 0 ? z : parameter * (Math.exp(z) - 1),
              z -> z > 0 ? 1 : parameter * Math.exp(z));
      case "selu" ->
          each(
              z -> 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * (Math.exp(z) - 1)),
              z -> 1.0507009873554805 * (z > 0 ? 1 : 1.6732632423543772 * Math.exp(z)));
      case "gelu" ->
          each(
              z -> z * normalDistribution(z),
              z -> normalDistribution(z) + z * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI));
      case "silu" -> each(z -> z * sigmoid(z), z -> sigmoid(z) + z * sigmoid(z) * (1 - sigmoid(z)));
      case "softplus" -> each(z -> Math.log(1 + Math.exp(z)), TextbookActivation::sigmoid);
      case "softmax" -> new Softmax();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static TextbookActivation each(
      DoubleUnaryOperator function, DoubleUnaryOperator derivative) {
    return new Each(function, derivative);
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** The probability that a standard normal number is below z. */
  private static double normalDistribution(double z) {
    return (1 + erf(z / Math.sqrt(2))) / 2;
  }

  /**
   * The error function by its series {@code 2 / sqrt(pi) * exp(-x^2) * sum of 2^n x^(2n+1) / (1 * 3
   * * 5 * ... * (2n+1))}, whose terms all have one sign, so that nothing cancels.
   */
  static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x); // 1 - erf(6) is 2e-17
    }
    double sum = 0;
    double term = x;
    for (int n = 1; sum + term != sum; n++) {
      sum += term;
      term *= 2 * x * x / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** A function of each number by itself. */
  record Each(DoubleUnaryOperator function, DoubleUnaryOperator derivative)
      implements TextbookActivation {
    @Override
    public double[] forward(double[] z) {
      double[] a = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        a[i] = function.applyAsDouble(z[i]);
      }
      return a;
    }

    @Override
    public double[] backward(double[] z, double[] da) {
      double[] dz = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        dz[i] = da[i] * derivative.applyAsDouble(z[i]);
      }
      return dz;
    }
  }

  /** Every output depends on every sum: {@code da_k / dz_i = a_k * ((i == k ? 1 : 0) - a_i)}. */
  record Softmax() implements TextbookActivation {
    @Override
    public double[] forward(double[] z) {
      double sum = 0;
      for (double value : z) {
        sum += Math.exp(value);
      }
      double[] a = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        a[i] = Math.exp(z[i]) / sum;
      }
      return a;
    }

    @Override
    public double[] backward(double[] z, double[] da) {
      double[] a = forward(z);
      double[] dz = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        for (int k = 0; k < z.length; k++) {
          dz[i] += da[k] * a[k] * ((i == k ? 1 : 0) - a[i]);
        }
      }
      return dz;
    }
  }
}
