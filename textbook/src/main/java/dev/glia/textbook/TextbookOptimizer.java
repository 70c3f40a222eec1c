package dev.glia.textbook;

/**
 * Optimizers as {@code torch.optim} has them: how a gradient changes a parameter.
 *
 * <p>The arrays that a factory method makes are the optimizer's memory, one number a parameter.
 */
@FunctionalInterface
public interface TextbookOptimizer {

  /**
   * The new value of a parameter.
   *
   * @param t the number of the step, from 1
   * @param i the number of the parameter
   * @param p its value
   * @param g its gradient
   */
  double change(int t, int i, double p, double g);

  /** Downhill. */
  static TextbookOptimizer sgd(double rate) {
    return (t, i, p, g) -> p - rate * g;
  }

  /** Downhill like a ball that keeps its speed v. */
  static TextbookOptimizer momentum(int size, double rate, double momentum) {
    double[] v = new double[size];
    return (t, i, p, g) -> {
      v[i] = momentum * v[i] + g;
      return p - rate * v[i];
    };
  }

  /** Momentum that looks a step ahead. */
  static TextbookOptimizer nesterov(int size, double rate, double momentum) {
    double[] v = new double[size];
    return (t, i, p, g) -> {
      v[i] = momentum * v[i] + g;
      return p - rate * (g + momentum * v[i]);
    };
  }

  /** The gradient over the root of the sum of all its squares. */
  static TextbookOptimizer adagrad(int size, double rate, double epsilon) {
    double[] s = new double[size];
    return (t, i, p, g) -> {
      s[i] += g * g;
      return p - rate * g / (Math.sqrt(s[i]) + epsilon);
    };
  }

  /** The gradient over the root of the moving average of its squares. */
  static TextbookOptimizer rmsprop(int size, double rate, double alpha, double epsilon) {
    double[] v = new double[size];
    return (t, i, p, g) -> {
      v[i] = alpha * v[i] + (1 - alpha) * g * g;
      return p - rate * g / (Math.sqrt(v[i]) + epsilon);
    };
  }

  /**
   * The moving average m of the gradient over the root of that of its squares, v. Both start at 0
   * and so are too small at first; the divisions by {@code 1 - beta^t} make up for it.
   */
  static TextbookOptimizer adam(int size, double rate, double beta1, double beta2, double epsilon) {
    double[] m = new double[size];
    double[] v = new double[size];
    return (t, i, p, g) -> {
      m[i] = beta1 * m[i] + (1 - beta1) * g;
      v[i] = beta2 * v[i] + (1 - beta2) * g * g;
      double mean = m[i] / (1 - Math.pow(beta1, t));
      double square = v[i] / (1 - Math.pow(beta2, t));
      return p - rate * mean / (Math.sqrt(square) + epsilon);
    };
  }

  /** Shrinks the parameter itself before the step: with Adam this is AdamW. */
  static TextbookOptimizer shrinkFirst(double rate, double decay, TextbookOptimizer optimizer) {
    return (t, i, p, g) -> optimizer.change(t, i, p - rate * decay * p, g);
  }

  /** L2: adds a share of the parameter to its gradient, so that large ones shrink. */
  static TextbookOptimizer withL2(double l2, TextbookOptimizer optimizer) {
    return (t, i, p, g) -> optimizer.change(t, i, p, g + l2 * p);
  }

  /**
   * The same with steps so many times as long: every step of these optimizers is proportional to
   * their rate.
   */
  default TextbookOptimizer atRate(double factor) {
    return factor == 1 ? this : (t, i, p, g) -> p + factor * (change(t, i, p, g) - p);
  }
}
