package dev.glia.schedule;

import dev.glia.internal.text.Call;
import dev.glia.metric.EvaluatedEpoch;
import java.util.List;

/**
 * Multiplies the learning rate by a factor whenever the loss on rows kept back has not improved for
 * more epochs than the patience.
 *
 * <p>As {@code torch.optim.lr_scheduler.ReduceLROnPlateau} with its relative threshold. Epochs that
 * are not evaluated count, too.
 *
 * @param factor over 0 and under 1
 * @param patience epochs without an improvement for which nothing happens, at least 0
 * @param improvement the share of the best loss by which a loss must be lower, from 0 to under 1
 * @param least under which the factors do not go together, from 0 to under 1
 */
public record Plateau(double factor, int patience, double improvement, double least)
    implements Schedule {

  /** Checks the settings. */
  public Plateau {
    Schedule.checkPositive("plateau", "factor", factor);
    Schedule.checkShare("plateau", "factor", factor);
    if (patience < 0) {
      throw new IllegalArgumentException(
          "plateau's patience must be at least 0, got " + patience + ".");
    }
    Schedule.checkShare("plateau", "improvement", improvement);
    Schedule.checkShare("plateau", "least", least);
  }

  @Override
  public String name() {
    return Call.text("plateau", factor, patience, improvement, least);
  }

  /** Goes through all epochs evaluated so far, which costs less than the last of them did. */
  @Override
  public double factor(Progress progress) {
    List<EvaluatedEpoch> history = progress.history();
    double now = 1;
    double best = Double.POSITIVE_INFINITY;
    int since = 0; // the epoch of the best, or of the last reduction
    for (int i = 0; i < history.size(); i++) {
      EvaluatedEpoch evaluated = history.get(i);
      double loss = evaluated.validationLoss();
      if (loss < best * (1 - improvement)) {
        best = loss;
        since = evaluated.epoch();
      } else if (evaluated.epoch() - since > patience) {
        now = Math.max(least, now * factor);
        since = evaluated.epoch();
      }
    }
    return now;
  }

  @Override
  public boolean needsValidation() {
    return true;
  }
}
