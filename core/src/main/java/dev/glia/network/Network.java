package dev.glia.network;

import dev.glia.activation.Activation;
import dev.glia.activation.Identity;
import dev.glia.compute.KernelChoice;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.layer.Slot;
import dev.glia.random.RandomState;
import dev.glia.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A multilayer perceptron: an {@link Architecture} and its numbers.
 *
 * <p>Immutable and safe to share between threads. The forward pass is {@link ForwardPass}, the
 * backward pass {@link Backpropagation}.
 */
public final class Network {

  private final Architecture architecture;
  private final float[] parameters; // as Architecture lays them out

  /**
   * A network of the given numbers, copied.
   *
   * @param parameters as {@link Architecture} lays them out
   * @throws IllegalArgumentException if there are too few or too many
   */
  public Network(Architecture architecture, float[] parameters) {
    if (parameters.length != architecture.paddedLength()) {
      throw new IllegalArgumentException(
          "A %s network keeps %d floats, got %d."
              .formatted(architecture.sizes(), architecture.paddedLength(), parameters.length));
    }
    this.architecture = architecture;
    this.parameters = parameters.clone();
  }

  /** An untrained network, its numbers drawn from the stream. */
  public static Network initialize(
      Architecture architecture, Initializer initializer, RandomState random) {
    float[] parameters = new float[architecture.paddedLength()];
    for (int layer = 0; layer < architecture.depth(); layer++) {
      for (Slot slot : architecture.slotsOf(layer)) {
        int start = architecture.at(layer, slot.name());
        Float value = slot.start();
        if (value != null) {
          fill(slot, start, value, parameters);
        } else {
          draw(slot, start, architecture.layers().get(layer), initializer, random, parameters);
        }
      }
    }
    return new Network(architecture, parameters);
  }

  private static void fill(Slot slot, int start, float value, float[] parameters) {
    for (int i = 0; i < slot.size(); i++) {
      parameters[Architecture.indexOf(slot, start, i)] = value;
    }
  }

  /** A matrix is drawn {@code [in][out]}, as the first article does; a vector is of biases. */
  private static void draw(
      Slot slot,
      int start,
      Layer layer,
      Initializer initializer,
      RandomState random,
      float[] parameters) {
    int out = slot.shape().getFirst();
    if (slot.shape().size() == 1) {
      for (int j = 0; j < out; j++) {
        parameters[start + j] = (float) initializer.bias(random);
      }
      return;
    }
    int in = slot.shape().get(1);
    Activation activation = layer instanceof Dense dense ? dense.activation() : new Identity();
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        parameters[Architecture.indexOf(slot, start, j * in + i)] =
            (float) initializer.weight(random, in, out, activation);
      }
    }
  }

  /**
   * A network of the given layers.
   *
   * @throws IllegalArgumentException if a layer does not take what the one before gives
   */
  public static Network of(FullyConnected... layers) {
    List<Dense> specs = new ArrayList<>();
    for (int l = 0; l < layers.length; l++) {
      if (l > 0 && layers[l].inputs() != layers[l - 1].units()) {
        throw new IllegalArgumentException(
            "Layer %d has %d units, layer %d takes %d inputs: they must be equal."
                .formatted(l, layers[l - 1].units(), l + 1, layers[l].inputs()));
      }
      specs.add(new Dense(layers[l].units(), layers[l].activation()));
    }
    Architecture architecture =
        new Architecture(layers.length == 0 ? 1 : layers[0].inputs(), specs);
    float[] parameters = new float[architecture.paddedLength()];
    for (int l = 0; l < layers.length; l++) {
      float[][] weights = layers[l].weights();
      for (int in = 0; in < weights.length; in++) {
        for (int unit = 0; unit < weights[in].length; unit++) {
          parameters[architecture.weightAt(l, in, unit)] = weights[in][unit];
        }
      }
      float[] biases = layers[l].biases();
      System.arraycopy(biases, 0, parameters, architecture.biasesAt(l), biases.length);
    }
    return new Network(architecture, parameters);
  }

  /** The shape. */
  public Architecture architecture() {
    return architecture;
  }

  /** A copy of all parameters, as {@link Architecture} lays them out. */
  public float[] parameters() {
    return parameters.clone();
  }

  /** One number, by where {@link Architecture} says that it stands. */
  public float parameter(int index) {
    return parameters[index];
  }

  /**
   * A copy of an array of a layer, in its shape row by row.
   *
   * @throws IllegalArgumentException if the layer has none of that name
   */
  public float[] array(int layer, String slot) {
    int start = architecture.at(layer, slot);
    for (Slot own : architecture.slotsOf(layer)) {
      if (own.name().equals(slot)) {
        float[] values = new float[Math.toIntExact(own.size())];
        for (int i = 0; i < values.length; i++) {
          values[i] = parameters[Architecture.indexOf(own, start, i)];
        }
        return values;
      }
    }
    throw new IllegalStateException("The architecture knows " + slot + ".");
  }

  /**
   * A dense layer with its numbers.
   *
   * @throws IllegalArgumentException if the layer is another
   */
  public FullyConnected layer(int layer) {
    int units = architecture.unitsOf(layer);
    float[][] weights = new float[architecture.inputsOf(layer)][];
    for (int in = 0; in < weights.length; in++) {
      weights[in] = new float[units];
      for (int unit = 0; unit < units; unit++) {
        weights[in][unit] = parameters[architecture.weightAt(layer, in, unit)];
      }
    }
    int biases = architecture.biasesAt(layer);
    return new FullyConnected(
        weights,
        Arrays.copyOfRange(parameters, biases, biases + units),
        architecture.activationOf(layer));
  }

  /** A predictor of this network on the fastest kernel: one for each thread. */
  public Predictor predictor() {
    return predictor(KernelChoice.AUTO);
  }

  /** A predictor of this network on a given kernel. */
  public Predictor predictor(KernelChoice kernel) {
    return predictor(kernel, 1);
  }

  /**
   * A predictor that shares the rows of a call among so many threads, to be closed after use.
   *
   * @throws IllegalArgumentException if threads is under 1
   */
  public Predictor predictor(KernelChoice kernel, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "A predictor needs at least 1 thread, got " + threads + ".");
    }
    return new Predictor(architecture, parameters, kernel, threads);
  }

  /** The same on the fastest kernel. */
  public Predictor predictor(int threads) {
    return predictor(KernelChoice.AUTO, threads);
  }

  /**
   * The outputs for one row.
   *
   * @param x {@code [inputs]}
   * @return {@code [outputs]}
   * @throws IllegalArgumentException if x has another length
   */
  public float[] predict(float... x) {
    if (x.length != architecture.inputs()) {
      throw new IllegalArgumentException(
          "The network has %d inputs, got a row of %d values."
              .formatted(architecture.inputs(), x.length));
    }
    float[] outputs = new float[architecture.outputs()];
    predictor().predict(x, outputs);
    return outputs;
  }

  /**
   * The outputs for all rows.
   *
   * @param x {@code [rows][inputs]}
   * @return {@code [rows][outputs]}
   */
  public float[] predict(Matrix x) {
    float[] outputs = new float[Math.multiplyExact(x.rows(), architecture.outputs())];
    predictor().predict(x, outputs);
    return outputs;
  }
}
