package dev.glia.loss;

import dev.glia.activation.Activation;
import dev.glia.internal.text.Named;
import dev.glia.internal.text.Named.Parameter;
import java.util.List;
import java.util.Map;

/**
 * How wrong an output is: a number to make small, and its gradient.
 *
 * <p>A loss of a batch is the sum of its rows' values times {@link #scale}. Each output counts by
 * itself.
 */
public interface Loss {

  /** The name as settings have it, such as {@code bce} or {@code mse(sum)}. */
  String name();

  /**
   * The value of one row, summed over its outputs.
   *
   * @param a the network's outputs, {@code [outputs]}
   * @param y what they should be, {@code [outputs]}
   */
  double value(double[] a, double[] y);

  /** The derivative of {@link #value} by one output. */
  double derivative(double a, double y);

  /**
   * The gradient of {@link #value} by the outputs.
   *
   * @param da {@code [outputs]}, overwritten
   */
  default void gradient(double[] a, double[] y, double[] da) {
    for (int i = 0; i < a.length; i++) {
      da[i] = derivative(a[i], y[i]);
    }
  }

  /** Whether it makes sense of a wanted output, as binary cross entropy does from 0 to 1. */
  default boolean allows(double y) {
    return true;
  }

  /** What the sum of the rows' values is multiplied by: 1 over what the reduction averages over. */
  double scale(int rows, int outputs);

  /**
   * This loss taken of an output layer's sums through its activation.
   *
   * <p>Losses that are unstable behind an activation, such as the logarithm of a sigmoid, override
   * this with the formula from the sums (the logits).
   *
   * @throws IllegalArgumentException if the loss makes no sense of that activation's outputs
   */
  default OutputLoss after(Activation output) {
    return new OutputLoss.Chained(this, output);
  }

  /**
   * The loss that a text names, such as {@code bce} or {@code mse(sum)}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Loss parse(String text) {
    return Losses.BY_NAME.parse(text);
  }

  /** The names that {@link #parse} knows. */
  static List<String> names() {
    return Losses.BY_NAME.names();
  }

  /** The numbers that a name takes in parentheses, in order, each with its default. */
  static Map<String, Double> parameters(String name) {
    return Losses.BY_NAME.parameters(name);
  }
}

/** The table of names. */
final class Losses {
  static final Named<Loss> BY_NAME =
      new Named<Loss>("loss")
          .add("bce", call -> new BinaryCrossEntropy(Reduction.of(call)))
          .add("cross_entropy", call -> new CrossEntropy(Reduction.of(call)))
          .add("mse", call -> new MeanSquaredError(Reduction.of(call)))
          .add("squared_error", new SquaredError())
          .add("mae", call -> new MeanAbsoluteError(Reduction.of(call)))
          .add("huber", n -> new Huber(n[0]), new Parameter("delta", 1));

  private Losses() {}
}
