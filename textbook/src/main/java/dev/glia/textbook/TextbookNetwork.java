package dev.glia.textbook;

import java.util.ArrayList;
import java.util.List;

/**
 * A neural network as a textbook has it: doubles, plain loops, one layer after the other.
 *
 * <p>It is for reading ({@link #forward}, {@link #backward}, {@link #step}, in this order, then the
 * layers, {@link TextbookDense} first), and it is the oracle that the fast engine is compared with.
 * It reproduces PyTorch's numbers to 1e-9.
 */
public final class TextbookNetwork {

  public final List<TextbookLayer> layers;

  private int steps;

  /** A network of these layers, which it changes when it learns. */
  public TextbookNetwork(List<? extends TextbookLayer> layers) {
    this.layers = List.copyOf(layers);
  }

  /**
   * A network of dense layers.
   *
   * @param weights {@code [layer][in][out]}, copied
   * @param biases {@code [layer][out]}, copied
   * @param activations a name a layer
   */
  public TextbookNetwork(double[][][] weights, double[][] biases, List<String> activations) {
    List<TextbookDense> dense = new ArrayList<>();
    for (int layer = 0; layer < weights.length; layer++) {
      dense.add(new TextbookDense(weights[layer], biases[layer], activations.get(layer)));
    }
    layers = List.copyOf(dense);
  }

  /**
   * What comes out of the last layer for rows to learn from: each layer takes what the one before
   * made.
   */
  public double[][] forward(double[][] x) {
    double[][] a = x;
    for (TextbookLayer layer : layers) {
      a = layer.forward(a);
    }
    return a;
  }

  /**
   * Computes the gradient of the loss of some rows by every number to learn: forward, and back from
   * the last layer to the first.
   */
  public void backward(double[][] x, double[][] y, TextbookLoss loss) {
    double[][] d = loss.gradient(forward(x), y);
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      d = layers.get(layer).backward(d, layer == 0);
    }
  }

  /** Changes every number to learn by its gradient. */
  public void step(TextbookOptimizer optimizer) {
    steps++;
    int i = 0;
    for (TextbookLayer layer : layers) {
      TextbookOptimizer own = optimizer.atRate(layer.rate());
      List<double[]> parameters = layer.parameters();
      List<double[]> gradients = layer.gradients();
      for (int array = 0; array < parameters.size(); array++) {
        double[] p = parameters.get(array);
        double[] g = gradients.get(array);
        for (int j = 0; j < p.length; j++) {
          p[j] = own.change(steps, i++, p[j], g[j]);
        }
      }
    }
  }

  /** What comes out for some rows while nothing is learnt. */
  public double[][] predict(double[][] x) {
    double[][] a = x;
    for (TextbookLayer layer : layers) {
      a = layer.predict(a);
    }
    return a;
  }

  /** What comes out for one row. */
  public double[] predict(double[] x) {
    return predict(new double[][] {x})[0];
  }

  /** The loss of some rows while nothing is learnt. */
  public double loss(double[][] x, double[][] y, TextbookLoss loss) {
    return loss.value(predict(x), y);
  }

  /**
   * A layer that is dense.
   *
   * @throws ClassCastException if it is another
   */
  public TextbookDense dense(int layer) {
    return (TextbookDense) layers.get(layer);
  }

  /** How many numbers there are to learn. */
  public int parameterCount() {
    int count = 0;
    for (TextbookLayer layer : layers) {
      for (double[] array : layer.parameters()) {
        count += array.length;
      }
    }
    return count;
  }

  /** Holds every gradient between -limit and limit. */
  public void clipByValue(double limit) {
    for (double[] gradients : allGradients()) {
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] = Math.clamp(gradients[i], -limit, limit);
      }
    }
  }

  /** Scales all gradients down together, so that their Euclidean norm is at most the limit. */
  public void clipByNorm(double limit) {
    double squares = 0;
    for (double[] gradients : allGradients()) {
      for (double gradient : gradients) {
        squares += gradient * gradient;
      }
    }
    double factor = Math.min(1, limit / (Math.sqrt(squares) + 1e-6)); // PyTorch's 1e-6
    for (double[] gradients : allGradients()) {
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] *= factor;
      }
    }
  }

  private List<double[]> allGradients() {
    List<double[]> all = new ArrayList<>();
    for (TextbookLayer layer : layers) {
      all.addAll(layer.gradients());
    }
    return all;
  }
}
