package dev.glia.metric;

import org.jspecify.annotations.Nullable;

/**
 * How good a network was after an epoch.
 *
 * @param epoch from 1
 * @param updates how often the parameters had changed
 * @param train on the rows it learns from
 * @param validation on rows kept back; null if there are none
 */
public record EvaluatedEpoch(int epoch, long updates, Scores train, @Nullable Scores validation) {

  /** The loss on the rows kept back; NaN if there are none. */
  public double validationLoss() {
    return validation == null ? Double.NaN : validation.loss();
  }
}
