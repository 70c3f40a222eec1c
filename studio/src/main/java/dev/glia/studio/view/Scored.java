package dev.glia.studio.view;

import dev.glia.metric.Scores;
import dev.glia.training.TrainingEvent.EpochFinished;
import org.jspecify.annotations.Nullable;

/**
 * How good a network was, and when: a score that is shown beside another moment has to say so.
 *
 * @param updates after how many the network was that good
 * @param validation on the rows kept back; null if there are none
 */
public record Scored(long updates, Scores train, @Nullable Scores validation) {

  /** What was logged of an epoch. */
  public static Scored of(EpochFinished epoch) {
    return new Scored(epoch.updates(), epoch.train(), epoch.validation());
  }
}
