package dev.glia.network;

import dev.glia.activation.Activation;
import dev.glia.compute.KernelChoice;
import dev.glia.layer.Dense;
import java.util.List;

/**
 * A fully connected layer with its weights: what the second article calls {@code FullyConnected}.
 *
 * <p>Immutable. {@code new FullyConnected(weights, biases, new LeakyRelu(0.05)).forward(5, 2)}
 * gives the layer's sums z and its activations a.
 */
public final class FullyConnected {

  private final float[][] weights; // [in][out]
  private final float[] biases; // [out]
  private final Activation activation;

  /**
   * A layer of the given numbers, copied.
   *
   * @param weights {@code [in][out]}: a row for each input
   * @param biases {@code [out]}
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public FullyConnected(float[][] weights, float[] biases, Activation activation) {
    if (weights.length == 0 || biases.length == 0) {
      throw new IllegalArgumentException(
          "A layer needs at least 1 input and 1 unit, got weights of %d rows and %d biases."
              .formatted(weights.length, biases.length));
    }
    this.weights = new float[weights.length][];
    for (int in = 0; in < weights.length; in++) {
      if (weights[in].length != biases.length) {
        throw new IllegalArgumentException(
            "The layer has %d biases, so each row of its weights needs %d columns; row %d has %d."
                .formatted(biases.length, biases.length, in, weights[in].length));
      }
      this.weights[in] = weights[in].clone();
    }
    this.biases = biases.clone();
    this.activation = activation;
  }

  /**
   * What comes out of a layer for one row.
   *
   * @param z the sums {@code x * weights + biases}, {@code [out]}
   * @param a the activations {@code f(z)}, {@code [out]}
   */
  @SuppressWarnings("ArrayRecordComponent") // carries two results, is never compared
  public record Output(float[] z, float[] a) {}

  /**
   * The forward pass of one row.
   *
   * @param x {@code [in]}
   * @throws IllegalArgumentException if x has another length
   */
  public Output forward(float... x) {
    ForwardPass pass =
        new ForwardPass(
            new Architecture(inputs(), List.of(new Dense(units(), activation))),
            1,
            KernelChoice.AUTO);
    if (x.length != inputs()) {
      throw new IllegalArgumentException(
          "The layer has %d inputs, got %d values.".formatted(inputs(), x.length));
    }
    pass.run(Network.of(this).parameters(), x, 0, 1);
    return new Output(pass.sums(0, 0), pass.activations(0, 0));
  }

  /** The number of inputs. */
  public int inputs() {
    return weights.length;
  }

  /** The number of units, which are its outputs. */
  public int units() {
    return biases.length;
  }

  /** A copy of the weights, {@code [in][out]}. */
  public float[][] weights() {
    float[][] copy = new float[weights.length][];
    for (int in = 0; in < copy.length; in++) {
      copy[in] = weights[in].clone();
    }
    return copy;
  }

  /** A copy of the biases, {@code [out]}. */
  public float[] biases() {
    return biases.clone();
  }

  /** The activation. */
  public Activation activation() {
    return activation;
  }
}
