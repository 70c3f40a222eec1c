package dev.glia.schedule;

import dev.glia.internal.text.Call;

/**
 * Multiplies the learning rate by a factor every so many epochs: {@code factor^floor(epoch /
 * epochs)}, as {@code torch.optim.lr_scheduler.StepLR}.
 *
 * @param epochs from one step to the next, at least 1
 * @param factor over 0
 */
public record Step(int epochs, double factor) implements Schedule {

  /** Checks the settings. */
  public Step {
    Schedule.checkPositive("step", "epochs", epochs);
    Schedule.checkPositive("step", "factor", factor);
  }

  @Override
  public String name() {
    return Call.text("step", epochs, factor);
  }

  @Override
  public double factor(Progress progress) {
    int steps = progress.epoch() / epochs;
    return StrictMath.pow(factor, steps);
  }
}
