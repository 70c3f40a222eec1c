package dev.glia.model;

import java.util.List;

/** What a model's outputs stand for. */
public sealed interface Outcome {

  /**
   * Classes.
   *
   * @param labels the class names, in the order of the outputs; with one output, those of 0 and 1
   */
  record Classes(List<String> labels) implements Outcome {
    /** Keeps a copy. */
    public Classes {
      labels = List.copyOf(labels);
    }
  }

  /**
   * A number.
   *
   * @param name what it is, such as a column's header
   */
  record Quantity(String name) implements Outcome {}
}
