package dev.glia.studio.view;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that a page shows of a network at one moment. */
public interface Part {

  /** All there are. To add one: a file of its own, and a line here. */
  List<Part> ALL =
      List.of(
          new Field(),
          new Curve(),
          new Units(),
          new Weights(),
          new Histograms(),
          new WeightPictures(),
          new Predictions(),
          new Findings());

  /** What says which parts were given up. */
  String LATE = "late";

  /** After which time a part that was given up is tried again. */
  Duration PAUSE = Patience.PAUSE;

  /** The word by which pages ask for it. */
  String name();

  /** Computes it, as JSON; null if there is no such thing for the data. */
  @Nullable Object of(Snapshot snapshot);

  /**
   * Parts by their names; those that there are not, or not for these data, are left out. What takes
   * too long is given up: {@code late} says so in a sentence, by the part's name.
   */
  static Map<String, Object> of(Snapshot snapshot, Collection<String> names) {
    Map<String, Object> parts = new LinkedHashMap<>();
    Map<String, Object> late = new LinkedHashMap<>();
    for (Part part : ALL) {
      if (!names.contains(part.name())) {
        continue;
      }
      try {
        Object value = snapshot.part(part);
        if (value != null) {
          parts.put(part.name(), value);
        }
      } catch (TakesTooLong e) {
        late.put(part.name(), snapshot.subject().patience().sentence());
      }
    }
    if (!late.isEmpty()) {
      parts.put(LATE, late);
    }
    return parts;
  }
}
