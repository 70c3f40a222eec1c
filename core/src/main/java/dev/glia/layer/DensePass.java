package dev.glia.layer;

import static dev.glia.internal.kernel.Kernel.LANES;

import dev.glia.activation.Activation;
import dev.glia.internal.kernel.DenseInput;
import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.Panels;
import dev.glia.internal.kernel.Product;
import dev.glia.internal.kernel.SparseBatch;
import java.util.Arrays;

/**
 * A dense layer forward and back:
 *
 * <pre>
 *   z = x * weights + biases, a = f(z)
 *   dz                   = da * f'(z); of the output layer the loss gives it
 *   gradient by x        = dz * weights transposed
 *   gradient of weights  = x transposed * dz
 *   gradient of biases   = sum of dz over the rows
 * </pre>
 *
 * <p>All but the gradients of weights and biases work on each row by itself; these sum over all
 * rows, but work on each weight by itself.
 */
final class DensePass implements Pass {

  private final Activation activation;
  private final Place place;
  private final DenseInput input;
  private final Kernel kernel;
  private final int inputs;
  private final int units;
  private final int stride;
  private final int capacity;
  private final int weights; // where they stand among the network's numbers
  private final Product sums; // z from the rows that come in, with padding ...
  private final Product ownSums; // ... and from a caller's own, without
  private final Product inGradient;
  private final Product weightGradients;
  private final Product biasGradients; // a column of ones, transposed, times dz
  private final float[] z; // [capacity][stride]
  // What follows is empty where the network predicts.
  private final float[] panels; // [panel][capacity][LANES]: dz again; itself if it is one panel
  private final float[] transposed; // [panel of in][out][LANES]: the weights; empty if not wanted
  private final float[] ones; // [capacity]

  DensePass(Activation activation, Place place) {
    this.activation = activation;
    this.place = place;
    // Each place is the engine's own; its interface for layers names nothing internal.
    input = (DenseInput) place;
    kernel = input.kernel();
    inputs = place.inputs();
    units = place.outputs();
    stride = place.outStride();
    capacity = place.capacity();
    weights = place.at(Dense.WEIGHT);
    int biases = place.at(Dense.BIAS);
    Panels w = new Panels(weights, inputs, units);
    Panels dz = new Panels(0, capacity, units);
    sums = Product.of(place.inStride(), w, biases, stride, true);
    ownSums = Product.of(inputs, w, biases, stride, true);
    inGradient =
        Product.of(stride, new Panels(0, units, inputs), Product.ZERO, place.inStride(), false);
    weightGradients = Product.gradient(place.inStride(), dz, w);
    biasGradients = Product.gradient(1, dz, new Panels(biases, 1, units));
    z = input.rows(units);
    boolean trained = place.training();
    panels = trained ? stride == LANES ? place.outGradient() : input.rows(units) : new float[0];
    transposed = new float[trained && place.wantsInGradient() ? units * place.inStride() : 0];
    ones = new float[trained ? capacity : 0];
    Arrays.fill(ones, 1f);
  }

  @Override
  public float[] sums() {
    return z;
  }

  @Override
  public void forward(float[] parameters, int from, int to) {
    SparseBatch sparse = input.sparse();
    if (sparse != null) {
      kernel.product(sums, sparse, parameters, z, from, to);
    } else {
      Product product = input.inIsPadded() ? sums : ownSums;
      kernel.product(product, place.in(), input.inAt(), parameters, z, from, to);
    }
    activation.forward(place.functions(), z, place.out(), from * stride, to - from, units);
  }

  @Override
  public void backward(float[] parameters, int from, int to) {
    float[] d = place.outGradient();
    if (!input.isLast()) {
      activation.backward(place.functions(), z, place.out(), d, from * stride, to - from, units);
    }
    copyToPanels(d, from, to);
    if (place.wantsInGradient()) {
      kernel.product(inGradient, d, 0, transposed, place.inGradient(), from, to);
    }
  }

  private void copyToPanels(float[] d, int from, int to) {
    if (stride == LANES) {
      return;
    }
    for (int column = 0; column < stride; column += LANES) {
      for (int row = from; row < to; row++) {
        int target = column * capacity + row * LANES;
        System.arraycopy(d, row * stride + column, panels, target, LANES);
      }
    }
  }

  @Override
  public void gradients(int rows, int part, int parts) {
    int from = firstLine(part, parts);
    int to = firstLine(part + 1, parts);
    SparseBatch sparse = input.sparse();
    if (sparse != null) {
      kernel.gradient(weightGradients, sparse, panels, place.gradients(), rows, from, to);
    } else {
      kernel.gradient(weightGradients, place.in(), panels, place.gradients(), rows, from, to);
    }
    if (part == parts - 1) {
      int lines = stride / LANES;
      kernel.gradient(biasGradients, ones, panels, place.gradients(), rows, 0, lines);
    }
  }

  @Override
  public int shareStart(int part, int parts, int size) {
    return part == parts ? size : firstLine(part, parts) * LANES; // the last has the biases, too
  }

  /** The first line of a share; a layer has one of LANES weights for each panel and input. */
  private int firstLine(int part, int parts) {
    long lines = (long) stride / LANES * inputs;
    int line = (int) (lines * part / parts);
    SparseBatch sparse = input.sparse();
    return sparse == null ? line : line - line % inputs + sparse.rows().boundary(line % inputs);
  }

  @Override
  public void changed(float[] parameters, int part, int parts) {
    if (transposed.length == 0) {
      return;
    }
    int end = firstLine(part + 1, parts);
    for (int line = firstLine(part, parts); line < end; line++) {
      int unit = line / inputs * LANES;
      int in = line % inputs;
      int target = (in / LANES * units + unit) * LANES + in % LANES;
      int lanes = Math.min(LANES, units - unit);
      for (int lane = 0; lane < lanes; lane++) {
        transposed[target + lane * LANES] = parameters[weights + line * LANES + lane];
      }
    }
  }
}
