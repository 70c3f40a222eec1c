package dev.glia.schedule;

import dev.glia.internal.text.Call;

/**
 * Up to the learning rate and down again, both along half a cosine, update by update.
 *
 * <p>Smith and Topin, "Super-Convergence" (2018), as {@code torch.optim.lr_scheduler.OneCycleLR}
 * with {@code max_lr} the learning rate; no optimizer's momentum is changed.
 *
 * @param rise the share of the updates that goes up, over 0 and under 1
 * @param firstDivisor what the learning rate is divided by at first, at least 1
 * @param lastDivisor what the first is divided by at last, at least 1
 */
public record OneCycle(double rise, double firstDivisor, double lastDivisor) implements Schedule {

  /** Checks the settings. */
  public OneCycle {
    Schedule.checkPositive("one_cycle", "rise", rise);
    Schedule.checkShare("one_cycle", "rise", rise);
    Schedule.checkPositive("one_cycle", "first_divisor", firstDivisor);
    Schedule.checkPositive("one_cycle", "last_divisor", lastDivisor);
  }

  /** PyTorch's numbers: 30% of the updates, from a 25th, down to a 250,000th. */
  public OneCycle() {
    this(0.3, 25, 1e4);
  }

  @Override
  public String name() {
    return equals(new OneCycle())
        ? "one_cycle"
        : Call.text("one_cycle", rise, firstDivisor, lastDivisor);
  }

  @Override
  public double factor(Progress progress) {
    double first = 1 / firstDivisor;
    double top = rise * progress.updates() - 1; // which update has the whole rate
    double end = progress.updates() - 1.0;
    double update = progress.update();
    return update < top
        ? between(first, 1, update / top)
        : between(1, first / lastDivisor, (update - top) / (end - top));
  }

  private static double between(double from, double to, double share) {
    return to + (from - to) * HalfCosine.of(share);
  }
}
