package dev.glia.doctor;

import dev.glia.layer.Layer;
import dev.glia.metric.Scores;
import dev.glia.network.Network;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.List;

/**
 * All that rules look at: a training at a moment.
 *
 * @param patient what does not change during a training
 * @param network as it is now
 * @param history the scores so far, the untrained network's first; at least these
 * @param layers what the rows looked at do in each layer
 * @param diverged whether the training has stopped as its numbers were no longer finite
 */
public record Checkup(
    Patient patient,
    Network network,
    List<EpochFinished> history,
    List<LayerCheck> layers,
    boolean diverged) {

  /** Keeps copies. */
  public Checkup {
    history = List.copyOf(history);
    layers = List.copyOf(layers);
    if (history.isEmpty()) {
      throw new IllegalArgumentException(
          "A check-up needs at least the untrained network's scores, got none.");
    }
  }

  List<Layer> hidden() {
    List<Layer> layers = network.architecture().layers();
    return layers.subList(0, layers.size() - 1);
  }

  List<LayerCheck> hiddenLayers() {
    return layers.subList(0, layers.size() - 1);
  }

  LayerCheck output() {
    return layers.getLast();
  }

  EpochFinished last() {
    return history.getLast();
  }

  Scores scores() {
    return last().train();
  }

  double firstLoss() {
    return history.getFirst().train().loss();
  }

  double lastLoss() {
    return scores().loss();
  }

  /** Whether a hidden layer lets nothing through. */
  boolean blocked() {
    return hiddenLayers().stream().anyMatch(LayerCheck::allDead);
  }

  /** Whether a hidden layer has units that are flat on both sides. */
  boolean hasFlatUnits() {
    return hiddenLayers().stream().anyMatch(layer -> Change.flat(layer.activation()));
  }
}
