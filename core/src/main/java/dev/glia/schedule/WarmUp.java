package dev.glia.schedule;

import dev.glia.internal.text.Call;

/**
 * Rises evenly from nearly 0 during the first epochs, and multiplies what another schedule says:
 * {@code min(1, (update + 1) / (epochs * batches))}.
 *
 * <p>Goyal et al., "Accurate, Large Minibatch SGD" (2017), as {@code LinearLR} chained with the
 * other in {@code torch.optim.lr_scheduler.ChainedScheduler}.
 *
 * @param epochs how long it rises, over 0; half an epoch is 0.5
 * @param then the other
 */
public record WarmUp(double epochs, Schedule then) implements Schedule {

  /** Checks the epochs. */
  public WarmUp {
    Schedule.checkPositive("warm_up", "epochs", epochs);
  }

  @Override
  public String name() {
    String number = Call.text("", epochs);
    return "warm_up" + number.substring(0, number.length() - 1) + "," + then.name() + ")";
  }

  @Override
  public double factor(Progress progress) {
    double rise = (progress.update() + 1) / (epochs * progress.batches());
    return Math.min(1, rise) * then.factor(progress);
  }

  @Override
  public boolean needsValidation() {
    return then.needsValidation();
  }
}
