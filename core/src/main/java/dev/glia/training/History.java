package dev.glia.training;

import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.ArrayList;
import java.util.List;

/** A listener that keeps all epochs it heard of. */
public final class History implements TrainingListener {

  private final List<EpochFinished> epochs = new ArrayList<>();

  /** Has heard of none yet. */
  public History() {}

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof EpochFinished epoch) {
      epochs.add(epoch);
    }
  }

  /** The epochs in order, the untrained network's first. */
  public List<EpochFinished> epochs() {
    return List.copyOf(epochs);
  }
}
