package dev.glia.penalty;

import dev.glia.internal.text.Call;

/**
 * Half the sum of the parameters' squares times a factor: {@code factor / 2 * p^2}, gradient {@code
 * factor * p}, as PyTorch's {@code weight_decay}.
 *
 * @param factor at least 0
 */
public record L2(double factor) implements Penalty {

  /** Checks the factor. */
  public L2 {
    Penalty.checkNotNegative("The L2 factor", factor);
  }

  @Override
  public String name() {
    return Call.text("l2", factor);
  }

  @Override
  public double value(double share, float[] parameters, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) parameters[i] * parameters[i];
    }
    return factor * share / 2 * sum;
  }

  @Override
  public void addGradient(double share, float[] parameters, float[] gradients, int from, int to) {
    float strength = (float) (factor * share);
    for (int i = from; i < to; i++) {
      gradients[i] += strength * parameters[i];
    }
  }
}
