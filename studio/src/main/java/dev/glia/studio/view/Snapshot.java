package dev.glia.studio.view;

import dev.glia.network.Architecture;
import dev.glia.network.Network;
import java.util.HashMap;
import java.util.Map;
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
  private final Map<String, @Nullable Object> parts = new HashMap<>();
  private float @Nullable [] parameters;
  private @Nullable Probe probe;

  /** A network that learned from the subject's data. */
  public Snapshot(Subject subject, Network network) {
    this.subject = subject;
    this.network = network;
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

  /** Activations and gradients of some rows. */
  synchronized Probe probe() {
    Probe known = probe;
    if (known == null) {
      known = new Probe(this);
      probe = known;
    }
    return known;
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
