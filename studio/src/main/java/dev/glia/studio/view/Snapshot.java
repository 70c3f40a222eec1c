package dev.glia.studio.view;

import dev.glia.doctor.Checkup;
import dev.glia.doctor.Patient;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.training.Probe;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A network at one moment, with what was computed of it so far: who asks for the same part a second
 * time gets what is there.
 *
 * <p>Safe to share between threads; one computes at a time.
 */
public final class Snapshot {

  private final Subject subject;
  private final Network network;
  private final long updates;
  private final Supplier<List<EpochFinished>> history; // up to then
  private final boolean diverged;
  private final Map<String, @Nullable Object> parts = new HashMap<>();
  private float @Nullable [] parameters;
  private @Nullable Probe probe;
  private @Nullable Scored scored;

  /**
   * A network that learned from the subject's data.
   *
   * @param updates after how many of them it was so
   * @param history gives the logged epochs up to then, always the same
   * @param diverged whether the training has stopped as its numbers were no longer finite
   */
  public Snapshot(
      Subject subject,
      Network network,
      long updates,
      Supplier<List<EpochFinished>> history,
      boolean diverged) {
    this.subject = subject;
    this.network = network;
    this.updates = updates;
    this.history = history;
    this.diverged = diverged;
  }

  /** After how many updates the network was so. */
  public long updates() {
    return updates;
  }

  /** Whether the training stopped here, as what came next was no longer finite. */
  public boolean diverged() {
    return diverged;
  }

  /** How good it is: as it was logged, else computed now. */
  public synchronized Scored scored() {
    Scored known = scored;
    if (known == null) {
      Scored last = logged();
      known = last != null && last.updates() == updates ? last : subject.evaluate(network, updates);
      scored = known;
    }
    return known;
  }

  /** What was logged last by then; null if nothing was. */
  public @Nullable Scored logged() {
    List<EpochFinished> known = history.get();
    return known.isEmpty() ? null : Scored.of(known.getLast());
  }

  Subject subject() {
    return subject;
  }

  Network network() {
    return network;
  }

  Architecture architecture() {
    return network.architecture();
  }

  /** The network's numbers as {@link Architecture} lays them out; not to be changed. */
  synchronized float[] parameters() {
    float[] known = parameters;
    if (known == null) {
      known = network.parameters();
      parameters = known;
    }
    return known;
  }

  /** Activations and gradients of some rows to train on. */
  synchronized Probe probe() {
    Probe known = probe;
    if (known == null) {
      Patient patient = subject.patient();
      known =
          Probe.of(network, patient.options().loss(), patient.sample(), patient.options().kernel());
      probe = known;
    }
    return known;
  }

  /** What a doctor looks at; null before the first evaluation. */
  @Nullable Checkup checkup() {
    List<EpochFinished> known = history.get();
    return known.isEmpty() ? null : subject.patient().checkup(network, known, diverged);
  }

  /** A part; null if there is no such thing for the data. */
  public synchronized @Nullable Object part(Part part) {
    if (!parts.containsKey(part.name())) {
      parts.put(part.name(), part.of(this));
    }
    return parts.get(part.name());
  }

  /** The outputs for rows, {@code [rows][outputs]}. */
  float[] predict(float[] scaled) {
    int rows = scaled.length / architecture().inputs();
    float[] outputs = new float[rows * architecture().outputs()];
    network.predictor().predict(scaled, outputs);
    return outputs;
  }
}
