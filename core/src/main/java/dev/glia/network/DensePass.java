package dev.glia.network;

import static dev.glia.internal.kernel.Kernel.LANES;

import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.SparseRows;
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
  private final Kernel kernel;
  private final int inputs;
  private final int inStride;
  private final int units;
  private final int stride;
  private final int capacity;
  private final int weights; // where they stand among the network's numbers
  private final int biases;
  private final float[] z; // [capacity][stride]
  // What follows is empty where the network predicts.
  private final float[] panels; // [panel][capacity][LANES]: dz again; itself if it is one panel
  private final float[] transposed; // [panel of in][out][LANES]: the weights; empty if not wanted
  private final float[] ones; // [capacity]: the biases' input
  private final float[] zeros; // [wider stride]

  DensePass(Activation activation, Place place) {
    this.activation = activation;
    this.place = place;
    kernel = place.kernel();
    inputs = place.inputs();
    inStride = place.inStride();
    units = place.outputs();
    stride = place.outStride();
    capacity = place.capacity();
    weights = place.at(Dense.WEIGHT);
    biases = place.at(Dense.BIAS);
    z = place.rows(units);
    boolean trained = place.training();
    panels = trained ? stride == LANES ? place.outGradient() : place.rows(units) : new float[0];
    transposed = new float[trained && place.wantsInGradient() ? units * inStride : 0];
    ones = new float[trained ? capacity : 0];
    Arrays.fill(ones, 1f);
    zeros = new float[trained ? Math.max(stride, inStride) : 0];
  }

  @Override
  public float[] sums() {
    return z;
  }

  @Override
  public void forward(float[] parameters, int from, int to) {
    SparseRows sparse = place.sparse();
    if (sparse != null) {
      kernel.sparseProduct(
          sparse,
          place.order(),
          place.first(),
          parameters,
          weights,
          inputs * LANES,
          parameters,
          biases,
          z,
          stride,
          LANES,
          from,
          to,
          units);
    } else {
      int distance = place.inDistance();
      kernel.product(
          place.in(),
          place.inAt() + from * distance,
          distance,
          1,
          parameters,
          weights,
          inputs * LANES,
          parameters,
          biases,
          z,
          from * stride,
          stride,
          LANES,
          to - from,
          inputs,
          units,
          to - from == 1);
    }
    activation.forward(place.functions(), z, place.out(), from * stride, to - from, units);
  }

  @Override
  public void backward(float[] parameters, int from, int to) {
    float[] d = place.outGradient();
    if (!place.isLast()) {
      activation.backward(place.functions(), z, place.out(), d, from * stride, to - from, units);
    }
    copyToPanels(d, from, to);
    if (place.wantsInGradient()) {
      kernel.product(
          d,
          from * stride,
          stride,
          1,
          transposed,
          0,
          units * LANES,
          zeros,
          0,
          place.inGradient(),
          from * inStride,
          inStride,
          LANES,
          to - from,
          units,
          inputs,
          false);
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
    int end = firstRow(part + 1, parts);
    int row = firstRow(part, parts);
    while (row < end) { // whole panels together, parts of one by themselves
      int in = row % inputs;
      int whole = in == 0 ? (end - row) / inputs : 0;
      int count = whole > 0 ? inputs : Math.min(inputs - in, end - row);
      weightGradients(rows, row / inputs, Math.max(1, whole), in, in + count);
      row += Math.max(1, whole) * count;
    }
    if (part == parts - 1) {
      kernel.product(
          ones,
          0,
          0,
          1,
          panels,
          0,
          capacity * LANES,
          zeros,
          0,
          place.gradients(),
          biases,
          0,
          LANES,
          1,
          rows,
          units,
          false);
    }
  }

  /** The gradients of some panels' weights from the inputs from to to (exclusive). */
  private void weightGradients(int rows, int panel, int count, int from, int to) {
    int panelSize = capacity * LANES;
    int at = weights + panel * inputs * LANES;
    int columns = Math.min(count * LANES, units - panel * LANES);
    SparseRows sparse = place.sparse();
    if (sparse != null) {
      boolean alone = to - from == inputs && columns == units;
      if (!alone) { // a thread that is alone has just read all rows
        sparse.fetch(place.order(), place.first(), place.first() + rows, from, to);
      }
      kernel.sparseGradient(
          sparse,
          place.order(),
          place.first(),
          rows,
          panels,
          panel * panelSize,
          panelSize,
          place.gradients(),
          at,
          inputs * LANES,
          from,
          to,
          columns);
      return;
    }
    kernel.product(
        place.in(),
        from,
        1,
        inStride,
        panels,
        panel * panelSize,
        panelSize,
        zeros,
        0,
        place.gradients(),
        at + from * LANES,
        LANES,
        inputs * LANES,
        to - from,
        rows,
        columns,
        false);
  }

  @Override
  public int shareStart(int part, int parts, int size) {
    return part == parts ? size : firstRow(part, parts) * LANES; // the last has the biases, too
  }

  /** The first row of a share; a layer has a row of LANES weights for each panel and input. */
  private int firstRow(int part, int parts) {
    long rows = (long) stride / LANES * inputs;
    int row = (int) (rows * part / parts);
    SparseRows sparse = place.sparse();
    return sparse == null ? row : row - row % inputs + sparse.boundary(row % inputs);
  }

  @Override
  public void changed(float[] parameters, int part, int parts) {
    if (transposed.length == 0) {
      return;
    }
    int end = firstRow(part + 1, parts);
    for (int row = firstRow(part, parts); row < end; row++) {
      int unit = row / inputs * LANES;
      int in = row % inputs;
      int target = (in / LANES * units + unit) * LANES + in % LANES;
      int lanes = Math.min(LANES, units - unit);
      for (int lane = 0; lane < lanes; lane++) {
        transposed[target + lane * LANES] = parameters[weights + row * LANES + lane];
      }
    }
  }
}
