package dev.glia.schedule;

import dev.glia.internal.text.Call;
import dev.glia.internal.text.Named;
import dev.glia.internal.text.Named.Parameter;
import java.util.List;
import java.util.Map;

/**
 * How the learning rate changes while a network learns. Every optimizer hears of it.
 *
 * <p>A pure function of how far the training has come: so one that is interrupted goes on with the
 * same bits. It is asked before every update and must not allocate anything.
 */
public interface Schedule {

  /** The name as settings have it, such as {@code cosine} or {@code step(10,0.1)}. */
  String name();

  /** What the learning rate is multiplied by in an update. */
  double factor(Progress progress);

  /** Whether it looks at scores on rows kept back, so that there must be some. */
  default boolean needsValidation() {
    return false;
  }

  /**
   * The schedule that a text names, such as {@code cosine} or {@code warm_up(5,step(10,0.1))}.
   *
   * @throws IllegalArgumentException if there is none or an argument is out of range
   */
  static Schedule parse(String text) {
    return Schedules.BY_NAME.parse(text);
  }

  /** The names that {@link #parse} knows. */
  static List<String> names() {
    return Schedules.BY_NAME.names();
  }

  /** The numbers that a name takes in parentheses, in order, each with its default. */
  static Map<String, Double> parameters(String name) {
    return Schedules.BY_NAME.parameters(name);
  }

  /** Checks a number that must be over 0. */
  static void checkPositive(String schedule, String what, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "%s's %s must be a number over 0, got %s.".formatted(schedule, what, value));
    }
  }

  /** Checks a share: at least 0 and under 1. */
  static void checkShare(String schedule, String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "%s's %s must be at least 0 and under 1, got %s.".formatted(schedule, what, value));
    }
  }

  /** A count of epochs that was written as a number. */
  static int epochs(String schedule, String what, double value) {
    if (!(value >= 0 && value <= Integer.MAX_VALUE && value == (int) value)) {
      throw new IllegalArgumentException(
          "%s's %s must be a whole number of epochs, got %s.".formatted(schedule, what, value));
    }
    return (int) value;
  }
}

/** The table of names. */
final class Schedules {
  static final Named<Schedule> BY_NAME =
      new Named<Schedule>("schedule")
          .add("constant", new Constant())
          .add(
              "step",
              n -> new Step(Schedule.epochs("step", "epochs", n[0]), n[1]),
              new Parameter("epochs", 10),
              new Parameter("factor", 0.1))
          .add("exponential", n -> new Exponential(n[0]), new Parameter("factor", 0.95))
          .add("cosine", n -> new Cosine(n[0]), new Parameter("least", 0))
          .add(
              "coslog",
              n -> new CosLog(Schedule.epochs("coslog", "cycles", n[0])),
              new Parameter("cycles", 4))
          .add(
              "one_cycle",
              n -> new OneCycle(n[0], n[1], n[2]),
              new Parameter("rise", 0.3),
              new Parameter("first_divisor", 25),
              new Parameter("last_divisor", 1e4))
          .add("inv_scaling", n -> new InvScaling(n[0]), new Parameter("power", 0.5))
          .add(
              "plateau",
              n -> new Plateau(n[0], Schedule.epochs("plateau", "patience", n[1]), n[2], n[3]),
              new Parameter("factor", 0.1),
              new Parameter("patience", 10),
              new Parameter("improvement", 1e-4),
              new Parameter("least", 0))
          .addCall("warm_up", Schedules::warmUp, new Parameter("epochs", 5));

  private Schedules() {}

  private static Schedule warmUp(Call call) {
    call.atMost("epochs", "schedule");
    return new WarmUp(call.number(0, 5), BY_NAME.parse(call.text(1, "constant")));
  }
}
