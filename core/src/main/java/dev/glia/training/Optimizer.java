package dev.glia.training;

import dev.glia.internal.text.Named;
import dev.glia.internal.text.Named.Parameter;
import java.util.List;
import java.util.Map;

/**
 * How gradients change parameters. An optimizer is its settings; what it remembers from step to
 * step is its {@link State}.
 *
 * <p>The formulas are those of {@code torch.optim}. The loops are plain so that C2 makes vectors of
 * them; each element depends on itself alone, so threads may share the parameters out.
 */
public interface Optimizer {

  /** The name as settings have it, such as {@code adam} or {@code momentum(0.9)}. */
  String name();

  /** What the optimizer remembers of so many parameters, before the first step. */
  State newState(int size);

  /** The memory of one training. */
  interface State {

    /** Begins the next step at a learning rate; {@link #update} then does all its parameters. */
    void beginStep(double learningRate);

    /**
     * Changes the parameters from to to (exclusive) by their gradients.
     *
     * @param parameters {@code [size]}
     * @param gradients {@code [size]}
     */
    void update(float[] parameters, float[] gradients, int from, int to);

    /**
     * What it remembers of a parameter, by the names in the formulas: m, v and t, the steps so far,
     * for Adam; empty for an optimizer without memory.
     */
    Map<String, Double> memory(int parameter);

    /** A state that goes on as this one would, between two steps; neither changes the other. */
    State copy();

    /** How much memory it needs for what it remembers of the parameters, in bytes. */
    long bytes();
  }

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
          .add("adagrad", n -> new Adagrad(n[0]), new Parameter("epsilon", 1e-10));

  private Optimizers() {}
}
