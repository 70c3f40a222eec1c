package dev.glia.cli.bench;

import dev.glia.internal.text.OutsideText;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What {@code glia bench} can measure. */
public enum Workload {
  A("A"),
  B("B"),
  C("C"),
  ONE("one"),
  MANY("many"),
  PRODUCT("product");

  private final String label;

  Workload(String label) {
    this.label = label;
  }

  /** The name on the command line and in results. */
  public String label() {
    return label;
  }

  /**
   * The one of a name, in small or capital letters.
   *
   * @throws IllegalArgumentException if there is none, listing all
   */
  public static Workload named(String name) {
    return Arrays.stream(values())
        .filter(workload -> workload.label.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no workload %s. There are: %s."
                    .formatted(
                        OutsideText.quoted(name),
                        Arrays.stream(values())
                            .map(Workload::label)
                            .collect(Collectors.joining(", ")))));
  }
}
