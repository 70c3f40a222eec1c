package dev.glia.doctor;

import dev.glia.metric.Scores;
import dev.glia.stopping.Never;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The network learns its rows by heart: on others it becomes worse while on its own it improves.
 */
final class Overfitting implements Rule {

  /** The loss on rows kept back has risen by a quarter of what it was before training. */
  private static final double RISEN = 0.25;

  /** And is at least twice that on the rows to learn from, which has fallen since by a fifth. */
  private static final double APART = 2;

  private static final double FALLEN = 0.8;

  /**
   * In accuracy or R2; a loss may rise since a network is surer of the few rows that it mistakes.
   */
  private static final double WORSE = 0.1;

  private static final int LEAST_PATIENCE = 10;

  @Override
  public List<Finding> look(Checkup checkup) {
    EpochFinished last = checkup.last();
    EpochFinished best = last;
    for (EpochFinished epoch : checkup.history()) {
      best = loss(epoch) < loss(best) ? epoch : best;
    }
    double now = loss(last);
    double own = checkup.lastLoss();
    boolean overfits =
        now - loss(best) > RISEN * loss(checkup.history().getFirst())
            && now > APART * own
            && own < FALLEN * best.train().loss()
            && quality(last.train()) - quality(last.validation()) > WORSE;
    if (!overfits || !(checkup.patient().options().stopping() instanceof Never)) {
      return List.of(); // a rule that stops gives the best epoch's weights
    }
    int epochs = checkup.patient().options().epochs();
    return List.of(
        new Finding(
            "overfitting",
            Severity.WARNING,
            null,
            "The network learns its rows by heart: on rows kept back the loss was least after epoch %,d, %s, and is %s now, on those to learn from it fell to %s."
                .formatted(
                    best.epoch(), Rule.number(loss(best)), Rule.number(now), Rule.number(own)),
            Change.patience(Math.max(LEAST_PATIENCE, epochs / 10))));
  }

  /** Accuracy or R2, whichever there is; NaN without either. */
  private static double quality(@Nullable Scores scores) {
    if (scores == null) {
      return Double.NaN;
    }
    Double accuracy = scores.accuracy();
    Double r2 = scores.r2();
    return accuracy != null ? accuracy : r2 != null ? r2 : Double.NaN;
  }

  /** On rows kept back; NaN without any, which is neither less nor more than another. */
  private static double loss(EpochFinished epoch) {
    Scores validation = epoch.validation();
    return validation == null ? Double.NaN : validation.loss();
  }
}
