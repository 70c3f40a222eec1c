package dev.glia.training;

import dev.glia.data.ClassTarget;
import dev.glia.data.DenseMatrix;
import dev.glia.data.Matrix;
import dev.glia.data.NumberTarget;
import dev.glia.data.Target;
import dev.glia.network.Architecture;
import dev.glia.network.Features;
import dev.glia.network.Place;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows ready to train on or to evaluate: features as floats and what the outputs should be.
 *
 * <p>Features that are mostly 0, as the pixels of written digits, are kept without their zeros;
 * which way is chosen changes time and memory, not the numbers. Immutable once made.
 */
public final class Examples {

  private final Features features; // [rows][inputs]
  private final int rows;
  private final int inputs;
  private final int outputs;
  private final boolean classes;
  private final int @Nullable [] oneHot; // [rows]: the output that should be 1, the others 0
  private final float[] y; // [rows][outputs]: what the outputs should be otherwise, else empty

  private Examples(
      Matrix features, int @Nullable [] oneHot, float[] y, int outputs, boolean classes) {
    rows = features.rows();
    inputs = features.columns();
    this.outputs = outputs;
    this.classes = classes;
    this.oneHot = oneHot;
    this.y = y;
    this.features = new Features(features);
  }

  /**
   * Encodes a target for so many outputs: numbers as they are; two classes for one output as 0 and
   * 1; else classes one-hot.
   *
   * @param features {@code [rows][inputs]}, scaled
   * @param outputs what the network's last layer has
   * @throws IllegalArgumentException if the target does not fit the outputs
   */
  public static Examples of(Matrix features, Target target, int outputs) {
    if (features.rows() != target.rows()) {
      throw new IllegalArgumentException(
          "%d rows of features need as many targets, got %d."
              .formatted(features.rows(), target.rows()));
    }
    int needed = outputsFor(target, outputs);
    if (outputs != needed) {
      throw new IllegalArgumentException(
          "The target needs %d outputs, the network has %d.".formatted(needed, outputs));
    }
    return switch (target) {
      case ClassTarget c when outputs > 1 -> {
        int[] labels = new int[c.rows()];
        Arrays.setAll(labels, c::classOf);
        yield new Examples(features, labels, new float[0], outputs, true);
      }
      case ClassTarget c -> {
        float[] y = new float[c.rows()];
        for (int row = 0; row < y.length; row++) {
          y[row] = c.classOf(row);
        }
        yield new Examples(features, null, y, 1, true);
      }
      case NumberTarget n -> {
        float[] y = new float[n.rows()];
        for (int row = 0; row < y.length; row++) {
          y[row] = (float) n.value(row);
        }
        yield new Examples(features, null, y, 1, false);
      }
    };
  }

  private static int outputsFor(Target target, int outputs) {
    return switch (target) {
      case ClassTarget c -> {
        int classCount = c.names().size();
        yield classCount <= 2 && outputs == 1 ? 1 : classCount;
      }
      case NumberTarget n -> 1;
    };
  }

  /**
   * Outputs to learn that are more than one number a row.
   *
   * @param y {@code [rows][outputs]}; kept, must not be changed
   * @throws IllegalArgumentException if y has another length
   */
  public static Examples ofNumbers(Matrix features, float[] y, int outputs) {
    if (y.length != (long) features.rows() * outputs) {
      throw new IllegalArgumentException(
          "%d rows of %d outputs need %d numbers, got %d."
              .formatted(features.rows(), outputs, (long) features.rows() * outputs, y.length));
    }
    return new Examples(features, null, y, outputs, false);
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of features. */
  public int inputs() {
    return inputs;
  }

  /** The number of outputs. */
  public int outputs() {
    return outputs;
  }

  /** Whether the outputs stand for classes. */
  public boolean classes() {
    return classes;
  }

  /** Refuses to go through a network of another number of inputs or outputs, and to be none. */
  void checkFit(Architecture architecture) {
    if (rows == 0) {
      throw new IllegalArgumentException("There are no rows: at least one is needed.");
    }
    if (inputs != architecture.inputs()) {
      throw new IllegalArgumentException(
          "The network has %d inputs, the data has %d features."
              .formatted(architecture.inputs(), inputs));
    }
    if (outputs != architecture.outputs()) {
      throw new IllegalArgumentException(
          "The network has %d outputs, the data asks for %d."
              .formatted(architecture.outputs(), outputs));
    }
  }

  /** What is known of the rows. */
  Features features() {
    return features;
  }

  /** Copies one row's features to {@code target[0 .. inputs)}. */
  void copyInput(int row, double[] target) {
    float[] floats = new float[inputs];
    features.copyRow(row, floats, 0);
    for (int i = 0; i < inputs; i++) {
      target[i] = floats[i];
    }
  }

  /** One row by itself. */
  Examples row(int row) {
    double[] own = new double[inputs];
    copyInput(row, own);
    Matrix matrix = new DenseMatrix(1, inputs, own);
    return oneHot != null
        ? new Examples(matrix, new int[] {oneHot[row]}, y, outputs, classes)
        : new Examples(
            matrix,
            null,
            Arrays.copyOfRange(y, row * outputs, (row + 1) * outputs),
            outputs,
            classes);
  }

  /** What an output should be. */
  float target(int row, int output) {
    if (oneHot != null) {
      return oneHot[row] == output ? 1 : 0;
    }
    return y[row * outputs + output];
  }

  /** The class of a row of {@link #classes}. */
  int classOf(int row) {
    return oneHot != null ? oneHot[row] : (int) y[row];
  }

  /** Copies one row's wanted outputs to {@code target[0 .. outputs)}. */
  void copyTarget(int row, double[] target) {
    for (int i = 0; i < outputs; i++) {
      target[i] = target(row, i);
    }
  }

  /**
   * Copies the wanted outputs of the rows from to to (exclusive) of the batch {@code order[first
   * ..]}.
   *
   * @param target {@code [batch rows][stride of the outputs]}
   */
  void copyTargets(int[] order, int first, float[] target, int from, int to) {
    int stride = Place.stride(outputs);
    if (oneHot != null) { // no branch waits for a class, so the memory looks for many at a time
      Arrays.fill(target, from * stride, to * stride, 0f);
      for (int row = from; row < to; row++) {
        target[row * stride + oneHot[order[first + row]]] = 1;
      }
      return;
    }
    for (int row = from; row < to; row++) {
      System.arraycopy(y, order[first + row] * outputs, target, row * stride, outputs);
    }
  }
}
