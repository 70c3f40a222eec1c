package dev.glia.training;

import dev.glia.compute.Padding;
import dev.glia.network.Architecture;
import dev.glia.network.Features;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Dates;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.task.Answers;
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
  private final Answers answers;
  private final float @Nullable [] weights; // [rows]; null where all count alike

  private Examples(Matrix features, Answers answers) {
    this(new Features(features), features.rows(), features.columns(), answers, null);
  }

  private Examples(
      Features features, int rows, int inputs, Answers answers, float @Nullable [] weights) {
    this.features = features;
    this.rows = rows;
    this.inputs = inputs;
    this.answers = answers;
    this.weights = weights;
  }

  /**
   * The same rows, which count differently while a network learns from them: the gradient of each
   * is multiplied by its weight.
   *
   * @param counts {@code [rows]}, over 0; they are brought to a mean of 1
   * @throws IllegalArgumentException if there are not as many as rows, or one is not over 0
   */
  public Examples weighted(double[] counts) {
    if (counts.length != rows) {
      throw new IllegalArgumentException(
          "%d rows need as many weights, got %d.".formatted(rows, counts.length));
    }
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      if (!(counts[row] > 0 && counts[row] <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "The weight of row %d must be over 0, got %s.".formatted(row + 1, counts[row]));
      }
      sum += counts[row];
    }
    float[] scaled = new float[rows];
    for (int row = 0; row < rows; row++) {
      scaled[row] = (float) (counts[row] * (rows / sum));
    }
    return new Examples(features, rows, inputs, answers, scaled);
  }

  /** Whether rows count differently. */
  boolean isWeighted() {
    return weights != null;
  }

  /** What a row counts; 1 where all count alike. */
  public float weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  /**
   * Rows and what the outputs should be for them.
   *
   * @param features {@code [rows][inputs]}, as the network takes them
   * @throws IllegalArgumentException if there are not as many answers as rows
   */
  public static Examples of(Matrix features, Answers answers) {
    if (features.rows() != answers.rows()) {
      throw new IllegalArgumentException(
          "%d rows of features need as many targets, got %d."
              .formatted(features.rows(), answers.rows()));
    }
    return new Examples(features, answers);
  }

  /**
   * Rows and a column to predict: numbers as they are; two classes for one output as 0 and 1; else
   * classes one-hot.
   *
   * @param outputs what the network's last layer has
   * @throws IllegalArgumentException if the target does not fit rows or outputs
   */
  public static Examples of(Matrix features, Column target, int outputs) {
    return switch (target) {
      case Categories classes -> of(features, Answers.of(classes, outputs));
      case Numbers numbers -> {
        float[] y = new float[numbers.rows()];
        for (int row = 0; row < y.length; row++) {
          y[row] = (float) numbers.get(row);
        }
        if (outputs != 1) {
          throw new IllegalArgumentException(
              "The target needs 1 outputs, the network has %d.".formatted(outputs));
        }
        yield of(features, Answers.of(y, 1));
      }
      case Dates dates ->
          throw new IllegalArgumentException("Dates such as " + dates.name() + " are no target.");
      case Pixels pixels ->
          throw new IllegalArgumentException(
              "Pictures such as " + pixels.name() + " are no target.");
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
    return of(features, Answers.of(y, outputs));
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
    return answers.outputs();
  }

  /** What the outputs should be. */
  public Answers answers() {
    return answers;
  }

  /**
   * Checks that a network can learn from them or be evaluated on them.
   *
   * @throws IllegalArgumentException if there are no rows, or it has another number of inputs or
   *     outputs
   */
  public void checkFit(Architecture architecture) {
    if (rows == 0) {
      throw new IllegalArgumentException("There are no rows: at least one is needed.");
    }
    if (inputs != architecture.inputs()) {
      throw new IllegalArgumentException(
          "The network has %d inputs, the data has %d features."
              .formatted(architecture.inputs(), inputs));
    }
    if (outputs() != architecture.outputs()) {
      throw new IllegalArgumentException(
          "The network has %d outputs, the data asks for %d."
              .formatted(architecture.outputs(), outputs()));
    }
  }

  /** What is known of the rows. */
  public Features features() {
    return features;
  }

  /** Copies one row's features to {@code target[0 .. inputs)}. */
  public void copyInput(int row, double[] target) {
    float[] floats = new float[inputs];
    features.copyRow(row, floats, 0);
    for (int i = 0; i < inputs; i++) {
      target[i] = floats[i];
    }
  }

  /** One row by itself. */
  public Examples row(int row) {
    double[] own = new double[inputs];
    copyInput(row, own);
    return new Examples(new DenseMatrix(1, inputs, own), answers.select(row));
  }

  /** Copies one row's wanted outputs to {@code target[0 .. outputs)}. */
  public void copyTarget(int row, double[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = answers.target(row, i);
    }
  }

  /**
   * Copies the wanted outputs of the rows from to to (exclusive) of the batch {@code order[first
   * ..]}.
   *
   * @param target {@code [batch rows][stride of the outputs]}
   */
  public void copyTargets(int[] order, int first, float[] target, int from, int to) {
    answers.copy(order, first, target, Padding.stride(outputs()), from, to);
  }
}
