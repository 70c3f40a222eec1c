package dev.glia.studio.view;

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
          new Pictures(),
          new Predictions());

  /** The word by which pages ask for it. */
  String name();

  /** Computes it, as JSON; null if there is no such thing for the data. */
  @Nullable Object of(Snapshot snapshot);

  /**
   * Parts by their names; those that the data do not have are left out.
   *
   * @throws IllegalArgumentException if there is no part of a name
   */
  static Map<String, Object> of(Snapshot snapshot, Collection<String> names) {
    Map<String, Object> parts = new LinkedHashMap<>();
    for (String name : names) {
      Part part =
          ALL.stream()
              .filter(p -> p.name().equals(name))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "There is no part \"%s\". There are: %s."
                          .formatted(
                              name,
                              String.join(", ", ALL.stream().map(Part::name).toList()))));
      Object value = snapshot.part(part);
      if (value != null) {
        parts.put(name, value);
      }
    }
    return parts;
  }
}
