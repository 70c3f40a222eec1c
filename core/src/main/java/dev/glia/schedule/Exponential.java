package dev.glia.schedule;

import dev.glia.internal.text.Call;

/**
 * Multiplies the learning rate by a factor after every epoch: {@code factor^epoch}, as {@code
 * torch.optim.lr_scheduler.ExponentialLR}.
 *
 * @param factor over 0
 */
public record Exponential(double factor) implements Schedule {

  /** Checks the factor. */
  public Exponential {
    Schedule.checkPositive("exponential", "factor", factor);
  }

  @Override
  public String name() {
    return Call.text("exponential", factor);
  }

  @Override
  public double factor(Progress progress) {
    return StrictMath.pow(factor, progress.epoch());
  }
}
