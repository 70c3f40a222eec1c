package dev.glia.training;

import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.OfMember;
import java.util.ArrayList;
import java.util.List;

/**
 * A listener that keeps all epochs it heard of: of several networks that are trained side by side,
 * those of the first.
 */
public final class History implements TrainingListener {

  private final List<EpochFinished> epochs = new ArrayList<>();

  /** Has heard of none yet. */
  public History() {}

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case EpochFinished epoch -> epochs.add(epoch);
      case OfMember of when of.member() == 1 -> on(of.event());
      default -> {}
    }
  }

  /** The epochs in order, the untrained network's first. */
  public List<EpochFinished> epochs() {
    return List.copyOf(epochs);
  }
}
