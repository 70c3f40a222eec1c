package dev.glia.doctor;

import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.List;

/** The loss goes up and down: steps are so long that they jump over the valley. */
final class LossSwings implements Rule {

  /** So many logged epochs are looked at. */
  private static final int WINDOW = 10;

  private static final int LEAST = 8;

  /** So often it must rise: every third time. */
  private static final int RISES = 3;

  /** A rise that counts, as a share of the first loss: the noise of batches stays under it. */
  private static final double RISE = 0.15;

  @Override
  public List<Finding> look(Checkup checkup) {
    List<EpochFinished> history = checkup.history();
    if (history.size() <= LEAST) {
      return List.of();
    }
    List<EpochFinished> window =
        history.subList(Math.max(1, history.size() - WINDOW), history.size());
    double first = checkup.firstLoss();
    int rises = 0;
    double largest = 0;
    for (int i = 1; i < window.size(); i++) {
      double rise = window.get(i).train().loss() - window.get(i - 1).train().loss();
      if (rise > RISE * first && Double.isFinite(rise)) {
        rises++;
        largest = Math.max(largest, rise);
      }
    }
    if (rises < RISES) {
      return List.of();
    }
    return List.of(
        new Finding(
            "loss-swings",
            Severity.WARNING,
            null,
            "The loss swings: it rose %d times in the last %d logged epochs, by up to %s."
                .formatted(rises, window.size(), Rule.number(largest)),
            Change.smallerRate(checkup.patient().options())));
  }
}
