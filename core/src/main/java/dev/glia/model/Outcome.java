package dev.glia.model;

import dev.glia.internal.text.OutsideText;
import java.util.List;

/** What a model's outputs stand for. */
public sealed interface Outcome {

  /**
   * Classes.
   *
   * @param labels the class names, in the order of the outputs; with one output, those of 0 and 1
   */
  record Classes(List<String> labels) implements Outcome {
    /**
     * Keeps a copy.
     *
     * @throws IllegalArgumentException if two classes have one name, which nobody could tell apart
     */
    public Classes {
      labels = OutsideText.names("class", labels);
    }
  }

  /**
   * A number.
   *
   * @param name what it is, such as a column's header
   */
  record Quantity(String name) implements Outcome {}
}
