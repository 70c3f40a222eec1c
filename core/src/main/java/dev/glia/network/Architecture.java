package dev.glia.network;

import dev.glia.activation.Activation;
import dev.glia.internal.kernel.Kernel;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.layer.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a network: how many inputs, and its layers.
 *
 * <p>It also says where each layer's numbers stand. All numbers of a network are one float array:
 * layer by layer, first the arrays that are trained, then those that the layer keeps itself. A
 * matrix {@code [out][in]} stands in panels of {@link Kernel#LANES} units, {@code
 * [panel][in][LANES]}, a vector as it is, padded. The padding is 0 and stays 0. So an optimizer, a
 * copy or a norm is one loop, no kernel needs a tail, and a product reads the weights in the order
 * in which they stand.
 *
 * <p>Immutable; equal to another of the same inputs and layers.
 */
public final class Architecture {

  private final int inputs;
  private final List<Layer> layers;
  private final int[] units; // [layer]
  private final List<List<Slot>> slots; // [layer]
  private final int[] starts; // [layer + 1]: where a layer's numbers start
  private final int[] trained; // [layer]: how many of these are trained, padding included

  /**
   * A network to be.
   *
   * @param inputs the number of features, at least 1
   * @param layers at least one, the last being dense: the output
   * @throws IllegalArgumentException if there is nothing to compute, or too much for one array
   */
  public Architecture(int inputs, List<? extends Layer> layers) {
    this.inputs = inputs;
    this.layers = List.copyOf(layers);
    if (inputs < 1) {
      throw new IllegalArgumentException("A network needs at least 1 input, got " + inputs + ".");
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("A network needs at least one layer, got none.");
    }
    if (!(layers.getLast() instanceof Dense)) {
      throw new IllegalArgumentException(
          "The last layer is a network's output and must be dense, such as 1:sigmoid, got "
              + layers.getLast().name()
              + ".");
    }
    int depth = layers.size();
    units = new int[depth];
    slots = new ArrayList<>();
    starts = new int[depth + 1];
    trained = new int[depth];
    long at = 0;
    int in = inputs;
    for (int layer = 0; layer < depth; layer++) {
      List<Slot> own = List.copyOf(this.layers.get(layer).slots(in));
      if (!own.isEmpty() && layers.get(layer).onlyInTraining()) {
        throw new IllegalArgumentException(
            "The layer %s does nothing when the network predicts, so it cannot have arrays."
                .formatted(layers.get(layer).name()));
      }
      long trainedEnd = at;
      for (Slot slot : own) {
        if (slot.trained() && trainedEnd != at) {
          throw new IllegalArgumentException(
              "The layer %s has to name the arrays that are trained first, got %s after others."
                  .formatted(layers.get(layer).name(), slot.name()));
        }
        at += room(slot);
        trainedEnd = slot.trained() ? at : trainedEnd;
        if (at > Integer.MAX_VALUE - 8) {
          throw new IllegalArgumentException(
              "A network of %d parameters or more is too large: at most 2^31 are possible."
                  .formatted(at));
        }
      }
      trained[layer] = (int) (trainedEnd - starts[layer]);
      starts[layer + 1] = (int) at;
      slots.add(own);
      units[layer] = this.layers.get(layer).outputs(in);
      in = units[layer];
    }
  }

  /** How many floats a slot takes, padding included. */
  private static long room(Slot slot) {
    List<Integer> shape = slot.shape();
    long lanes = Kernel.LANES;
    long padded = (shape.getFirst() + lanes - 1) / lanes * lanes;
    return shape.size() == 1 ? padded : padded * shape.get(1);
  }

  /** The number of features. */
  public int inputs() {
    return inputs;
  }

  /** The layers, the last being the output. */
  public List<Layer> layers() {
    return layers;
  }

  /** The number of layers. */
  public int depth() {
    return layers.size();
  }

  /** The number of units of the last layer. */
  public int outputs() {
    return units[units.length - 1];
  }

  /** The layers that are dense, by their numbers. */
  public int[] denseLayers() {
    int[] dense = new int[depth()];
    int count = 0;
    for (int layer = 0; layer < depth(); layer++) {
      if (layers.get(layer) instanceof Dense) {
        dense[count++] = layer;
      }
    }
    return Arrays.copyOf(dense, count);
  }

  /** Whether all layers are dense. */
  public boolean allDense() {
    return denseLayers().length == depth();
  }

  /**
   * The same network without the layers that do nothing when it predicts; its numbers stand where
   * they do here.
   */
  public Architecture predicting() {
    return new Architecture(
        inputs, layers.stream().filter(layer -> !layer.onlyInTraining()).toList());
  }

  /** How many numbers come into a layer. */
  public int inputsOf(int layer) {
    return layer == 0 ? inputs : units[layer - 1];
  }

  /** How many numbers come out of a layer. */
  public int unitsOf(int layer) {
    return units[layer];
  }

  /** The output layer. */
  public Dense output() {
    return (Dense) layers.getLast();
  }

  /**
   * A layer that is dense.
   *
   * @throws IllegalArgumentException if it is another
   */
  public Dense dense(int layer) {
    if (layers.get(layer) instanceof Dense dense) {
      return dense;
    }
    throw new IllegalArgumentException(nameOf(layer) + " is not dense: it has no weights.");
  }

  /** The activation of a dense layer. */
  public Activation activationOf(int layer) {
    return dense(layer).activation();
  }

  /** A layer in words, such as {@code layer 1 of 3 (16:relu)}. */
  public String nameOf(int layer) {
    return "layer %d of %d (%s)".formatted(layer + 1, depth(), layers.get(layer).name());
  }

  /** The distance of two rows of a layer's sums and activations. */
  public int strideOf(int layer) {
    return Kernel.stride(unitsOf(layer));
  }

  /** The arrays of a layer, those that are trained first. */
  public List<Slot> slotsOf(int layer) {
    return slots.get(layer);
  }

  /** Where a layer's numbers start. */
  public int startOf(int layer) {
    return starts[layer];
  }

  /** How many numbers of a layer are trained, padding included: they are the first. */
  public int trainedSize(int layer) {
    return trained[layer];
  }

  /**
   * Where an array of a layer starts.
   *
   * @throws IllegalArgumentException if the layer has none of that name
   */
  public int at(int layer, String slot) {
    long at = starts[layer];
    for (Slot own : slots.get(layer)) {
      if (own.name().equals(slot)) {
        return (int) at;
      }
      at += room(own);
    }
    throw new IllegalArgumentException(nameOf(layer) + " has no array " + slot + ".");
  }

  /**
   * Where a number of an array stands.
   *
   * @param start where the array starts
   * @param index counted in the array's shape, row by row
   */
  public static int indexOf(Slot slot, int start, int index) {
    if (slot.shape().size() == 1) {
      return start + index;
    }
    int in = slot.shape().get(1);
    return panelIndex(start, in, index % in, index / in);
  }

  private static int panelIndex(int start, int inputs, int in, int unit) {
    int lanes = Kernel.LANES;
    return start + (unit / lanes * inputs + in) * lanes + unit % lanes;
  }

  /** Where a dense layer's weights start. */
  public int weightsAt(int layer) {
    dense(layer);
    return starts[layer];
  }

  /** Where the weight from an input to a unit of a dense layer stands. */
  public int weightAt(int layer, int in, int unit) {
    return panelIndex(weightsAt(layer), inputsOf(layer), in, unit);
  }

  /** Where a dense layer's biases start. */
  public int biasesAt(int layer) {
    return weightsAt(layer) + inputsOf(layer) * strideOf(layer);
  }

  /** The length of the array of all numbers, padding included. */
  public int paddedLength() {
    return starts[depth()];
  }

  /** The number of parameters to learn. */
  public long parameterCount() {
    long count = 0;
    for (int l = 0; l < depth(); l++) {
      count += parameterCount(l);
    }
    return count;
  }

  /** The number of parameters to learn of one layer. */
  public long parameterCount(int layer) {
    return slots.get(layer).stream().filter(Slot::trained).mapToLong(Slot::size).sum();
  }

  /** The sizes of inputs and dense layers, such as {@code 784-16-10}. */
  public String sizes() {
    return inputs
        + layers.stream()
            .filter(Dense.class::isInstance)
            .map(layer -> "-" + ((Dense) layer).units())
            .collect(Collectors.joining());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Architecture a && inputs == a.inputs && layers.equals(a.layers);
  }

  @Override
  public int hashCode() {
    return 31 * inputs + layers.hashCode();
  }

  @Override
  public String toString() {
    return inputs + " > " + layers;
  }
}
