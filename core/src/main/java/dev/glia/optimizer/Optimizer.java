package dev.glia.optimizer;

import dev.glia.internal.text.Named;
import dev.glia.internal.text.Named.Parameter;
import java.util.List;
import java.util.Map;

/**
 * How gradients change parameters: a formula over plain arrays. What it remembers from step to step
 * is the engine's, an {@link OptimizerMemory}.
 *
 * <p>The formulas are those of {@code torch.optim}. The loops are plain so that C2 makes vectors of
 * them; each element depends on itself alone, so threads may share the parameters out.
 */
public interface Optimizer {

  /** The name as settings have it, such as {@code adam} or {@code momentum(0.9)}. */
  String name();

  /**
   * What it remembers of each parameter, by the names in the formulas, such as m and v; none for an
   * optimizer without memory.
   */
  default List<String> memory() {
    return List.of();
  }

  /** How many numbers {@link #prepare} computes. */
  default int factors() {
    return 1;
  }

  /**
   * Computes what is the same for all parameters of a step, once: the learning rate as a float,
   * unless the optimizer says otherwise.
   *
   * @param step which step of the training it is, from 1
   * @param decay what a weight decay is multiplied by; 1 where the layer does not say otherwise
   * @param factors {@code [factors()]}, overwritten
   */
  default void prepare(long step, double learningRate, double decay, float[] factors) {
    factors[0] = (float) learningRate;
  }

  /**
   * Changes the parameters from to to (exclusive) by their gradients.
   *
   * @param factors what {@link #prepare} computed
   * @param parameters {@code [size]}
   * @param gradients {@code [size]}
   * @param memory {@code [memory().size()][size]}: 0 before the first step
   */
  void update(
      float[] factors, float[] parameters, float[] gradients, float[][] memory, int from, int to);

  /**
   * The optimizer that a text names, such as {@code adam} or {@code momentum(0.9)}.
   *
   * @throws IllegalArgumentException if there is none or an argument is out of range
   */
  static Optimizer parse(String text) {
    return Optimizers.BY_NAME.parse(text);
  }

  /** The names that {@link #parse} knows. */
  static List<String> names() {
    return Optimizers.BY_NAME.names();
  }

  /** The numbers that a name takes in parentheses, in order, each with its default. */
  static Map<String, Double> parameters(String name) {
    return Optimizers.BY_NAME.parameters(name);
  }

  /** Checks a share such as a momentum: at least 0 and under 1. */
  static void checkShare(String optimizer, String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "%s's %s must be at least 0 and under 1, got %s.".formatted(optimizer, what, value));
    }
  }

  /** Checks a number that must be over 0, as a float too: an epsilon keeps a divisor from 0. */
  static void checkPositive(String optimizer, String what, double value) {
    if (!((float) value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "%s's %s must be over 0 in single precision, got %s.".formatted(optimizer, what, value));
    }
  }

  /** Checks a number that must not be negative, such as a weight decay. */
  static void checkNotNegative(String optimizer, String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "%s's %s must be at least 0, got %s.".formatted(optimizer, what, value));
    }
  }
}

/** The table of names. */
final class Optimizers {
  static final Named<Optimizer> BY_NAME =
      new Named<Optimizer>("optimizer")
          .add("sgd", new Sgd())
          .add("momentum", n -> new Momentum(n[0], false), new Parameter("momentum", 0.9))
          .add("nesterov", n -> new Momentum(n[0], true), new Parameter("momentum", 0.9))
          .add(
              "adam",
              n -> new Adam(n[0], n[1], n[2], 0),
              new Parameter("beta1", 0.9),
              new Parameter("beta2", 0.999),
              new Parameter("epsilon", 1e-8))
          .add(
              "adamw",
              n -> new Adam(n[1], n[2], n[3], n[0]),
              new Parameter("weight_decay", 0.01),
              new Parameter("beta1", 0.9),
              new Parameter("beta2", 0.999),
              new Parameter("epsilon", 1e-8))
          .add(
              "rmsprop",
              n -> new RmsProp(n[0], n[1]),
              new Parameter("alpha", 0.99),
              new Parameter("epsilon", 1e-8))
          .add("adagrad", n -> new Adagrad(n[0]), new Parameter("epsilon", 1e-10))
          .add("lbfgs", n -> new Lbfgs((int) n[0]), new Parameter("history", 10));

  private Optimizers() {}
}
