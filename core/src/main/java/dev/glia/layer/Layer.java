package dev.glia.layer;

import dev.glia.internal.text.Named;
import dev.glia.internal.text.Named.Parameter;
import dev.glia.internal.text.OutsideText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A layer of a network to be: what it is called, what comes out of it, which numbers it has, and
 * how it computes.
 *
 * <p>It computes twice: on doubles, as the textbook has it ({@link #textbook}, for checks and for
 * readers), and on the float rows of a batch, forward and back, as the engine runs it ({@link
 * #pass}).
 */
public interface Layer {

  /** The layer as settings and model files have it, such as {@code 16:relu} or {@code scale}. */
  String name();

  /**
   * How many numbers come out for so many that come in.
   *
   * @throws IllegalArgumentException if the layer cannot take so many
   */
  int outputs(int inputs);

  /** Its arrays for so many inputs, those that are trained first. */
  default List<Slot> slots(int inputs) {
    return List.of();
  }

  /** Whether it does nothing when the network predicts. */
  default boolean onlyInTraining() {
    return false;
  }

  /** Whether it learns from the rows of a batch together, so that one row says nothing. */
  default boolean looksAtBatch() {
    return false;
  }

  /** What it does with the rows of a batch; made once for a training or a predictor. */
  Pass pass(Place place);

  /**
   * The forward pass of a batch in doubles and plain loops.
   *
   * @param x {@code [rows][inputs]}
   * @param arrays those of the {@link #slots}; not changed
   * @param batch whether it is one to train on
   * @return {@code [rows][outputs]}
   */
  double[][] textbook(double[][] x, Numbers arrays, Batch batch);

  /** The numbers of a layer. */
  @FunctionalInterface
  interface Numbers {
    /** Those of an array, in its shape row by row. */
    double[] get(String slot);
  }

  /**
   * How a batch is gone through.
   *
   * @param training whether a network learns from it; if not, it predicts
   * @param noise what the layer's random numbers for this batch are made of: see {@link Noise}
   */
  record Batch(boolean training, long noise) {

    /** A batch to predict. */
    public static final Batch PREDICTED = new Batch(false, 0);
  }

  /**
   * Reads layers such as {@code 64:relu,dropout(0.2),16:leaky_relu(0.05)}.
   *
   * @return the layers in order; none for {@code none}
   * @throws IllegalArgumentException if the text has another form or more than 10,000 characters
   */
  static List<Layer> parseAll(String text) {
    List<Layer> layers = new ArrayList<>();
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

  private static Layer parse(String part) {
    if (part.indexOf(':') >= 0) {
      return Dense.parse(part);
    }
    int arguments = part.indexOf('(');
    String name = arguments < 0 ? part : part.substring(0, arguments);
    if (!names().contains(name.strip().toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "A layer is written UNITS:ACTIVATION, such as 16:relu, got %s. Without units there are: %s."
              .formatted(OutsideText.quoted(part), String.join(", ", names())));
    }
    return Layers.BY_NAME.parse(part);
  }

  /** The names of layers that are not written UNITS:ACTIVATION. */
  static List<String> names() {
    return Layers.BY_NAME.names();
  }

  /** The numbers that such a name takes in parentheses, in order, each with its default. */
  static Map<String, Double> parameters(String name) {
    return Layers.BY_NAME.parameters(name);
  }
}

/** The table of names. */
final class Layers {
  static final Named<Layer> BY_NAME =
      new Named<Layer>("layer")
          .add("dropout", n -> new Dropout(n[0]), new Parameter("share", 0.5))
          .add(
              "batch_norm",
              n -> new BatchNorm(n[0], n[1], false),
              new Parameter("momentum", 0.1),
              new Parameter("epsilon", 1e-5))
          .add(
              "keras_batch_norm",
              n -> new BatchNorm(n[0], n[1], true),
              new Parameter("momentum", 0.99),
              new Parameter("epsilon", 1e-3))
          .add("scale", n -> new Scale(n[0]), new Parameter("rate", 1));

  private Layers() {}
}
