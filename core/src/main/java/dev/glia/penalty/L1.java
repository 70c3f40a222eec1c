package dev.glia.penalty;

import dev.glia.internal.text.Call;

/**
 * The sum of the parameters' sizes times a factor: {@code factor * |p|}, gradient {@code factor *
 * sign(p)}, as {@code keras.regularizers.L1}. It makes weights 0 that are of little use.
 *
 * @param factor at least 0
 */
public record L1(double factor) implements Penalty {

  /** Checks the factor. */
  public L1 {
    Penalty.checkNotNegative("The L1 factor", factor);
  }

  @Override
  public String name() {
    return Call.text("l1", factor);
  }

  @Override
  public double value(double share, float[] parameters, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.abs(parameters[i]);
    }
    return factor * share * sum;
  }

  @Override
  public void addGradient(double share, float[] parameters, float[] gradients, int from, int to) {
    float strength = (float) (factor * share);
    for (int i = from; i < to; i++) {
      gradients[i] += strength * Math.signum(parameters[i]);
    }
  }
}
