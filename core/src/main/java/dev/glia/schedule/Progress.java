package dev.glia.schedule;

import dev.glia.metric.EvaluatedEpoch;
import java.util.List;

/** How far a training has come before an update. */
public interface Progress {

  /** How many updates come before it, from 0. */
  long update();

  /** How many updates an epoch has, at least 1. */
  int batches();

  /** How many epochs there are in all. */
  int epochs();

  /** The epochs evaluated so far, without the untrained network. */
  List<EvaluatedEpoch> history();

  /** How many updates there are in all. */
  default long updates() {
    return (long) epochs() * batches();
  }

  /** How many whole epochs come before it, from 0. */
  default int epoch() {
    return (int) (update() / batches());
  }

  /** Progress of these numbers. */
  static Progress of(long update, int batches, int epochs, List<EvaluatedEpoch> history) {
    record Point(long update, int batches, int epochs, List<EvaluatedEpoch> history)
        implements Progress {}
    return new Point(update, batches, epochs, List.copyOf(history));
  }
}
