package dev.glia.network;

import dev.glia.internal.text.OutsideText;
import java.util.ArrayList;
import java.util.List;

/**
 * A fully connected layer to be: how many units, and their activation.
 *
 * @param units at least 1
 * @param activation what is done to each unit's sum
 */
public record LayerSpec(int units, Activation activation) {

  /** Checks the number of units. */
  public LayerSpec {
    if (units < 1) {
      throw new IllegalArgumentException("A layer needs at least 1 unit, got " + units + ".");
    }
  }

  /**
   * Reads layers such as {@code 16:relu,16:leaky_relu(0.05)}.
   *
   * @return the layers in order; none for {@code none}
   * @throws IllegalArgumentException if the text has another form or more than 10,000 characters
   */
  public static List<LayerSpec> parseAll(String text) {
    List<LayerSpec> layers = new ArrayList<>();
    OutsideText.checked("Layers", text, OutsideText.SETTING);
    if (text.strip().equals("none")) {
      return layers;
    }
    int start = 0;
    boolean inside = false; // a comma between parentheses parts arguments, not layers
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(' -> inside = true;
        case ')' -> inside = false;
        case ',' -> {
          if (!inside) {
            layers.add(parse(text.substring(start, i).strip()));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    layers.add(parse(text.substring(start).strip()));
    return layers;
  }

  private static LayerSpec parse(String part) {
    int colon = part.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "A layer is written UNITS:ACTIVATION, such as 16:relu, got %s."
              .formatted(OutsideText.quoted(part)));
    }
    int units;
    try {
      units = Integer.parseInt(part.substring(0, colon).strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "A layer is written UNITS:ACTIVATION with a whole number of units, such as 16:relu, got %s."
              .formatted(OutsideText.quoted(part)),
          e);
    }
    return new LayerSpec(units, Activation.parse(part.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return units + ":" + activation.name();
  }
}
