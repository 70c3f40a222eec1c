package dev.glia.stopping;

import dev.glia.internal.text.Call;
import dev.glia.internal.text.Named;
import dev.glia.internal.text.Named.Parameter;
import dev.glia.metric.EvaluatedEpoch;
import java.util.List;
import java.util.Map;

/**
 * When a training ends before its last epoch, and which epoch's weights it gives.
 *
 * <p>A pure function of the evaluated epochs: so a training that is interrupted ends as one that is
 * not.
 */
public interface Stopping {

  /** The name as settings have it, such as {@code never} or {@code patience(10)}. */
  String name();

  /**
   * Whether to stop after the last of these epochs.
   *
   * @param history the epochs evaluated so far, at least one, without the untrained network
   * @throws IllegalArgumentException if they lack what it looks at
   */
  boolean stops(List<EvaluatedEpoch> history);

  /** Which of these epochs is the best, so that its weights are the result; -1 for the last. */
  int best(List<EvaluatedEpoch> history);

  /** Whether it looks at scores on rows kept back, so that there must be some. */
  default boolean needsValidation() {
    return true;
  }

  /**
   * The rule that a text names, such as {@code patience(10)}; a number alone is a patience.
   *
   * @throws IllegalArgumentException if there is none or an argument is out of range
   */
  static Stopping parse(String text) {
    boolean number = text.matches("-?[0-9]+([.][0-9]+)?");
    return Stoppings.BY_NAME.parse(number ? "patience(" + text + ")" : text);
  }

  /** The names that {@link #parse} knows. */
  static List<String> names() {
    return Stoppings.BY_NAME.names();
  }

  /** The numbers that a name takes in parentheses, in order, each with its default. */
  static Map<String, Double> parameters(String name) {
    return Stoppings.BY_NAME.parameters(name);
  }
}

/** The table of names. */
final class Stoppings {
  static final Named<Stopping> BY_NAME =
      new Named<Stopping>("stopping rule")
          .add("never", new Never())
          .add("best", call -> new Best(call.atMost("score").text(0, Patience.LOSS)))
          .addCall(
              "patience",
              Stoppings::patience,
              new Parameter("epochs", 10),
              new Parameter("least", 0));

  private Stoppings() {}

  private static Stopping patience(Call call) {
    call.atMost("epochs", "least", "score");
    double epochs = call.number(0, 10);
    if (epochs != (int) epochs) {
      throw new IllegalArgumentException(
          "patience's epochs must be a whole number, got " + epochs + ".");
    }
    return new Patience((int) epochs, call.number(1, 0), call.text(2, "loss"));
  }
}
