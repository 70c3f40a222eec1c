package dev.glia.studio.view;

import dev.glia.compute.KernelChoice;
import dev.glia.doctor.Checkup;
import dev.glia.doctor.Patient;
import dev.glia.inspection.Probe;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.network.Predictor;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.Arrays;
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

  private static final int BLOCK = 512; // rows between two looks at the clock

  private final Subject subject;
  private final Network network;
  private final long updates;
  private final Supplier<List<EpochFinished>> history; // up to then
  private final boolean diverged;
  private final Map<String, @Nullable Object> parts = new HashMap<>();
  private float @Nullable [] parameters;
  private @Nullable Probe probe;
  private long end; // of the time for the part that is computed, as of Patience.clock
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
      known = Probe.of(network, patient.options().loss(), patient.sample(), KernelChoice.AUTO);
      probe = known;
    }
    return known;
  }

  /** What a doctor looks at; null before the first evaluation. */
  @Nullable Checkup checkup() {
    List<EpochFinished> known = history.get();
    return known.isEmpty() ? null : subject.patient().checkup(network, known, diverged);
  }

  /**
   * A part; null if there is no such thing for the data.
   *
   * @throws TakesTooLong if it does, or did a short while ago
   */
  synchronized @Nullable Object part(Part part) {
    if (!parts.containsKey(part.name())) {
      end = subject.patience().begin(part.name());
      try {
        parts.put(part.name(), part.of(this));
      } catch (TakesTooLong e) {
        if (Patience.clock() - end >= 0) { // else nobody waits for the frame any more
          subject.patience().giveUp(part.name());
        }
        throw e;
      }
    }
    return parts.get(part.name());
  }

  /**
   * To be called now and then by what computes a part.
   *
   * @throws TakesTooLong if it has no more time
   */
  void goOn() {
    if (Patience.clock() - end >= 0 || Thread.currentThread().isInterrupted()) {
      throw new TakesTooLong();
    }
  }

  /** The outputs for rows, numbers in their own unit, {@code [rows][outputs]}. */
  float[] predict(float[] scaled) {
    int inputs = architecture().inputs();
    int count = architecture().outputs();
    int rows = scaled.length / inputs;
    float[] outputs = new float[rows * count];
    Predictor predictor = network.predictor();
    for (int from = 0; from < rows; from += BLOCK) {
      goOn();
      int to = Math.min(rows, from + BLOCK);
      float[] some = new float[(to - from) * count];
      predictor.predict(Arrays.copyOfRange(scaled, from * inputs, to * inputs), some);
      System.arraycopy(some, 0, outputs, from * count, some.length);
    }
    subject.task().toUnits(outputs);
    return outputs;
  }
}
