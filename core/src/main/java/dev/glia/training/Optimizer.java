package dev.glia.training;

import dev.glia.internal.text.Call;
import dev.glia.internal.text.Named;
import java.util.List;

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
          .add("momentum", call -> new Momentum(call.atMost("momentum").number(0, 0.9), false))
          .add("nesterov", call -> new Momentum(call.atMost("momentum").number(0, 0.9), true))
          .add("adam", Optimizers::adam)
          .add("adamw", Optimizers::adamw)
          .add("rmsprop", Optimizers::rmsprop)
          .add("adagrad", call -> new Adagrad(call.atMost("epsilon").number(0, 1e-10)));

  private Optimizers() {}

  private static Optimizer adam(Call call) {
    call.atMost("beta1", "beta2", "epsilon");
    return new Adam(call.number(0, 0.9), call.number(1, 0.999), call.number(2, 1e-8), 0);
  }

  private static Optimizer adamw(Call call) {
    call.atMost("weight_decay", "beta1", "beta2", "epsilon");
    return new Adam(
        call.number(1, 0.9), call.number(2, 0.999), call.number(3, 1e-8), call.number(0, 0.01));
  }

  private static Optimizer rmsprop(Call call) {
    call.atMost("alpha", "epsilon");
    return new RmsProp(call.number(0, 0.99), call.number(1, 1e-8));
  }
}
