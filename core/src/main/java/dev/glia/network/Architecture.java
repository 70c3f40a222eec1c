package dev.glia.network;

import dev.glia.internal.kernel.Kernel;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a network: how many inputs, and its layers.
 *
 * <p>It also says where each layer's parameters stand. All parameters of a network are one float
 * array: layer by layer, first the weights in panels of {@link Kernel#LANES} units, {@code
 * [panel][in][LANES]}, then the biases {@code [panel][LANES]}. The padding of the last panel is 0
 * and stays 0. So an optimizer, a copy or a norm is one loop, no kernel needs a tail, and a product
 * reads the weights in the order in which they stand.
 *
 * <p>Immutable; equal to another of the same inputs and layers.
 */
public final class Architecture {

  private final int inputs;
  private final List<LayerSpec> layers;
  private final int[] weightsAt; // [layers + 1]: where each layer's parameters start, and the end

  /**
   * A shape.
   *
   * @param inputs the number of features, at least 1
   * @param layers at least one, the last being the output
   * @throws IllegalArgumentException if there is nothing to compute, or too much
   */
  public Architecture(int inputs, List<LayerSpec> layers) {
    this.inputs = inputs;
    this.layers = List.copyOf(layers);
    if (inputs < 1) {
      throw new IllegalArgumentException("A network needs at least 1 input, got " + inputs + ".");
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("A network needs at least one layer, got none.");
    }
    long size = 0;
    int in = inputs;
    for (LayerSpec layer : layers) {
      size += (in + 1L) * ((long) layer.units() + Kernel.LANES);
      if (size > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "A network of %d parameters or more is too large: at most 2^31 are possible."
                .formatted(size));
      }
      in = layer.units();
    }
    weightsAt = new int[layers.size() + 1];
    for (int l = 0; l < layers.size(); l++) {
      weightsAt[l + 1] = weightsAt[l] + (inputsOf(l) + 1) * strideOf(l);
    }
  }

  /** The number of features. */
  public int inputs() {
    return inputs;
  }

  /** The layers, the last being the output. */
  public List<LayerSpec> layers() {
    return layers;
  }

  /** The number of layers. */
  public int depth() {
    return layers.size();
  }

  /** The number of units of the last layer. */
  public int outputs() {
    return layers.getLast().units();
  }

  /** How many numbers come into a layer. */
  public int inputsOf(int layer) {
    return layer == 0 ? inputs : layers.get(layer - 1).units();
  }

  /** How many numbers come out of a layer. */
  public int unitsOf(int layer) {
    return layers.get(layer).units();
  }

  /** The activation of a layer. */
  public Activation activationOf(int layer) {
    return layers.get(layer).activation();
  }

  /** A layer in words, such as {@code layer 1 of 3 (16:relu)}. */
  public String nameOf(int layer) {
    return "layer %d of %d (%s)".formatted(layer + 1, depth(), layers.get(layer));
  }

  /** The distance of two rows of a layer's sums and activations. */
  public int strideOf(int layer) {
    return Kernel.stride(unitsOf(layer));
  }

  /** Where a layer's weights start. */
  public int weightsAt(int layer) {
    return weightsAt[layer];
  }

  /** Where the weight from an input to a unit of a layer stands. */
  public int weightAt(int layer, int in, int unit) {
    int lanes = Kernel.LANES;
    return weightsAt(layer) + (unit / lanes * inputsOf(layer) + in) * lanes + unit % lanes;
  }

  /** Where a layer's biases start. */
  public int biasesAt(int layer) {
    return weightsAt(layer) + inputsOf(layer) * strideOf(layer);
  }

  /** The length of the array of all parameters, padding included. */
  public int size() {
    return weightsAt(depth());
  }

  /** The number of parameters to learn. */
  public long parameterCount() {
    long count = 0;
    for (int l = 0; l < depth(); l++) {
      count += parameterCount(l);
    }
    return count;
  }

  /** The number of parameters of one layer. */
  public long parameterCount(int layer) {
    return (inputsOf(layer) + 1L) * unitsOf(layer);
  }

  /** The sizes, such as {@code 784-16-10}. */
  public String sizes() {
    return inputs
        + "-"
        + layers.stream()
            .map(layer -> Integer.toString(layer.units()))
            .collect(Collectors.joining("-"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Architecture that
        && inputs == that.inputs
        && layers.equals(that.layers);
  }

  @Override
  public int hashCode() {
    return 31 * inputs + layers.hashCode();
  }

  @Override
  public String toString() {
    return "Architecture[inputs=" + inputs + ", layers=" + layers + "]";
  }
}
