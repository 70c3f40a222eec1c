package dev.glia.network;

import dev.glia.internal.kernel.Kernel;
import java.util.Arrays;

/**
 * The backward pass: from the gradient of the loss by the output layer's sums to the gradient by
 * every weight and bias.
 *
 * <pre>
 *   dz of a hidden layer = (dz of the next layer * its weights transposed) * f'(z)
 *   gradient of weights  = inputs transposed * dz
 *   gradient of biases   = sum of dz over the rows
 * </pre>
 *
 * <p>The first line works on each row by itself ({@link #run}), the others sum over all rows but
 * work on each input of a layer by itself ({@link #gradients}): so threads share the rows first and
 * then the inputs, and no sum is ever split.
 */
public final class Backpropagation {

  private final Architecture architecture;
  private final ForwardPass forward;
  private final Kernel kernel;
  private final float[][] d; // [layer][capacity][stride]: the gradient by the sums z
  private final float[][] transposed; // [layer][out][stride of in]: weights of layers 1, 2, ...
  private final float[] gradients; // as the parameters
  private final float[] ones; // [capacity]: the biases' input
  private final float[] zeros; // [widest stride]

  /** The backward pass to a forward pass. */
  public Backpropagation(Architecture architecture, ForwardPass forward, Kernel kernel) {
    this.architecture = architecture;
    this.forward = forward;
    this.kernel = kernel;
    int depth = architecture.depth();
    d = new float[depth][];
    transposed = new float[depth][];
    int widest = 0;
    for (int layer = 0; layer < depth; layer++) {
      int stride = architecture.strideOf(layer);
      int inStride = forward.inputStrideOf(layer);
      d[layer] = new float[forward.capacity() * stride];
      transposed[layer] = new float[layer == 0 ? 0 : architecture.unitsOf(layer) * inStride];
      widest = Math.max(widest, Math.max(stride, inStride));
    }
    gradients = new float[architecture.size()];
    ones = new float[forward.capacity()];
    Arrays.fill(ones, 1f);
    zeros = new float[widest];
  }

  /**
   * The gradient of the loss by the output layer's sums, {@code [capacity][stride]}: to be filled
   * before a run, the padding left 0.
   */
  public float[] outputGradient() {
    return d[architecture.depth() - 1];
  }

  /** The gradients by all parameters, laid out as they are. */
  public float[] gradients() {
    return gradients;
  }

  /**
   * Transposes the weights that {@link #run} multiplies by; to be called when they have changed.
   *
   * @param part which share of each layer's inputs to do, of so many parts
   */
  public void transpose(float[] parameters, int part, int parts) {
    for (int layer = 1; layer < architecture.depth(); layer++) {
      int units = architecture.unitsOf(layer);
      int stride = architecture.strideOf(layer);
      int inStride = forward.inputStrideOf(layer);
      int weights = architecture.weightsAt(layer);
      for (int in = from(layer, part, parts); in < from(layer, part + 1, parts); in++) {
        for (int out = 0; out < units; out++) {
          transposed[layer][out * inStride + in] = parameters[weights + in * stride + out];
        }
      }
    }
  }

  /** Carries the output's gradient back to all layers for the rows from to to (exclusive). */
  public void run(int from, int to) {
    for (int layer = architecture.depth() - 1; layer > 0; layer--) {
      int stride = architecture.strideOf(layer);
      int inStride = forward.inputStrideOf(layer);
      kernel.product(
          d[layer],
          from * stride,
          stride,
          1,
          transposed[layer],
          0,
          zeros,
          0,
          d[layer - 1],
          from * inStride,
          to - from,
          architecture.unitsOf(layer),
          inStride);
      architecture
          .activationOf(layer - 1)
          .backward(
              kernel,
              forward.sumsOf(layer - 1),
              forward.activationsOf(layer - 1),
              d[layer - 1],
              from * inStride,
              to - from,
              architecture.unitsOf(layer - 1));
    }
  }

  /**
   * Sums the gradients of one share of a layer's parameters over the first rows of the batch.
   *
   * @param part which share of the layer's inputs to do, of so many parts; the last one does the
   *     biases too
   */
  public void gradients(int layer, int rows, int part, int parts) {
    int stride = architecture.strideOf(layer);
    int first = from(layer, part, parts);
    int count = from(layer, part + 1, parts) - first;
    kernel.product(
        forward.inputsOf(layer),
        first,
        1,
        forward.inputStrideOf(layer),
        d[layer],
        0,
        zeros,
        0,
        gradients,
        architecture.weightsAt(layer) + first * stride,
        count,
        rows,
        stride);
    if (part == parts - 1) {
      kernel.product(
          ones,
          0,
          0,
          1,
          d[layer],
          0,
          zeros,
          0,
          gradients,
          architecture.biasesAt(layer),
          1,
          rows,
          stride);
    }
  }

  /** Where a share's parameters of a layer start in the array of all. */
  public int shareStart(int layer, int part, int parts) {
    return architecture.weightsAt(layer) + from(layer, part, parts) * architecture.strideOf(layer);
  }

  /** Where a share's parameters of a layer end: the last share ends behind the biases. */
  public int shareEnd(int layer, int part, int parts) {
    return part == parts - 1
        ? architecture.weightsAt(layer + 1)
        : shareStart(layer, part + 1, parts);
  }

  /** The first input of a share. */
  private int from(int layer, int part, int parts) {
    return (int) ((long) architecture.inputsOf(layer) * part / parts);
  }
}
