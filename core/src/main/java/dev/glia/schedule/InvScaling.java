package dev.glia.schedule;

import dev.glia.internal.text.Call;

/**
 * Divides the learning rate by a power of the updates so far: {@code 1 / (update + 1)^power}.
 *
 * <p>As scikit-learn's {@code learning_rate="invscaling"}, with updates for its samples.
 *
 * @param power over 0
 */
public record InvScaling(double power) implements Schedule {

  /** Checks the power. */
  public InvScaling {
    Schedule.checkPositive("inv_scaling", "power", power);
  }

  @Override
  public String name() {
    return Call.text("inv_scaling", power);
  }

  @Override
  public double factor(Progress progress) {
    return 1 / StrictMath.pow(progress.update() + 1.0, power);
  }
}
