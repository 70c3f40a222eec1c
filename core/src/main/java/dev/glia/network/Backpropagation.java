package dev.glia.network;

import static dev.glia.internal.kernel.Kernel.LANES;

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
 * work on each weight by itself ({@link #gradients}): so threads share the rows first and then the
 * weights, and no sum is ever split.
 */
public final class Backpropagation {

  private final Architecture architecture;
  private final ForwardPass forward;
  private final Kernel kernel;
  private final float[][] d; // [layer][capacity][stride]: the gradient by the sums z
  private final float[][] panels; // [layer][panel][capacity][LANES]: d again; itself if one panel
  private final float[][] transposed; // [layer][panel of in][out][LANES]: weights of layers 1, ...
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
    panels = new float[depth][];
    transposed = new float[depth][];
    int widest = 0;
    for (int layer = 0; layer < depth; layer++) {
      int stride = architecture.strideOf(layer);
      int inStride = forward.inputStrideOf(layer);
      d[layer] = new float[forward.capacity() * stride];
      panels[layer] = stride == LANES ? d[layer] : new float[d[layer].length];
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
   * Transposes a share of the weights that {@link #run} multiplies by; to be called when they have
   * changed.
   *
   * @param part which share of each layer's parameters, of so many parts
   */
  public void transpose(float[] parameters, int part, int parts) {
    for (int layer = 1; layer < architecture.depth(); layer++) {
      int units = architecture.unitsOf(layer);
      int inputs = architecture.inputsOf(layer);
      float[] to = transposed[layer];
      int weights = architecture.weightsAt(layer);
      int end = from(layer, part + 1, parts);
      for (int row = from(layer, part, parts); row < end; row++) {
        int unit = row / inputs * LANES;
        int in = row % inputs;
        int target = (in / LANES * units + unit) * LANES + in % LANES;
        int lanes = Math.min(LANES, units - unit);
        for (int lane = 0; lane < lanes; lane++) {
          to[target + lane * LANES] = parameters[weights + row * LANES + lane];
        }
      }
    }
  }

  /** Carries the output's gradient back to all layers for the rows from to to (exclusive). */
  public void run(int from, int to) {
    for (int layer = architecture.depth() - 1; layer >= 0; layer--) {
      int stride = architecture.strideOf(layer);
      copyToPanels(layer, from, to);
      if (layer == 0) {
        return;
      }
      int units = architecture.unitsOf(layer);
      int inputs = architecture.inputsOf(layer);
      int inStride = forward.inputStrideOf(layer);
      kernel.product(
          d[layer],
          from * stride,
          stride,
          1,
          transposed[layer],
          0,
          units * LANES,
          zeros,
          0,
          d[layer - 1],
          from * inStride,
          inStride,
          LANES,
          to - from,
          units,
          inputs,
          false);
      architecture
          .activationOf(layer - 1)
          .backward(
              kernel,
              forward.sumsOf(layer - 1),
              forward.activationsOf(layer - 1),
              d[layer - 1],
              from * inStride,
              to - from,
              inputs);
    }
  }

  private void copyToPanels(int layer, int from, int to) {
    int stride = architecture.strideOf(layer);
    if (stride == LANES) {
      return;
    }
    for (int column = 0; column < stride; column += LANES) {
      for (int row = from; row < to; row++) {
        int target = column * forward.capacity() + row * LANES;
        System.arraycopy(d[layer], row * stride + column, panels[layer], target, LANES);
      }
    }
  }

  /**
   * Sums the gradients of one share of a layer's parameters over the first rows of the batch.
   *
   * @param part which share of the layer's parameters, of so many parts; the last one has the
   *     biases too
   */
  public void gradients(int layer, int rows, int part, int parts) {
    int inputs = architecture.inputsOf(layer);
    int end = from(layer, part + 1, parts);
    int row = from(layer, part, parts);
    while (row < end) { // whole panels together, parts of one by themselves
      int in = row % inputs;
      int whole = in == 0 ? (end - row) / inputs : 0;
      int count = whole > 0 ? inputs : Math.min(inputs - in, end - row);
      weightGradients(layer, rows, row / inputs, Math.max(1, whole), in, in + count);
      row += Math.max(1, whole) * count;
    }
    if (part == parts - 1) {
      int units = architecture.unitsOf(layer);
      kernel.product(
          ones,
          0,
          0,
          1,
          panels[layer],
          0,
          forward.capacity() * LANES,
          zeros,
          0,
          gradients,
          architecture.biasesAt(layer),
          0,
          LANES,
          1,
          rows,
          units,
          false);
    }
  }

  /** The gradients of some panels' weights from the inputs from to to (exclusive). */
  private void weightGradients(int layer, int rows, int panel, int count, int from, int to) {
    int inputs = architecture.inputsOf(layer);
    int panelSize = forward.capacity() * LANES;
    int at = architecture.weightsAt(layer) + panel * inputs * LANES;
    int units = Math.min(count * LANES, architecture.unitsOf(layer) - panel * LANES);
    if (layer == 0 && forward.hasSparseGradient()) {
      forward.sparseGradient(rows, panels[0], panel * panelSize, gradients, at, from, to, units);
      return;
    }
    kernel.product(
        forward.inputsOf(layer),
        from,
        1,
        forward.inputStrideOf(layer),
        panels[layer],
        panel * panelSize,
        panelSize,
        zeros,
        0,
        gradients,
        at + from * LANES,
        LANES,
        inputs * LANES,
        to - from,
        rows,
        units,
        false);
  }

  /** Where a share's parameters of a layer start in the array of all. */
  public int shareStart(int layer, int part, int parts) {
    return architecture.weightsAt(layer) + from(layer, part, parts) * LANES;
  }

  /** Where a share's parameters of a layer end: the last share ends behind the biases. */
  public int shareEnd(int layer, int part, int parts) {
    return part == parts - 1
        ? architecture.weightsAt(layer + 1)
        : shareStart(layer, part + 1, parts);
  }

  /** The first row of a share; a layer has a row of LANES weights for each panel and input. */
  private int from(int layer, int part, int parts) {
    int inputs = architecture.inputsOf(layer);
    long rows = (long) architecture.strideOf(layer) / LANES * inputs;
    int row = (int) (rows * part / parts);
    return layer == 0 ? row - row % inputs + forward.inputBoundary(row % inputs) : row;
  }
}
