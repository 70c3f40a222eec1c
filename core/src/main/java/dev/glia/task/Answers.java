package dev.glia.task;

import dev.glia.metric.Decision;
import dev.glia.metric.Outcomes;
import dev.glia.metric.Scores;
import dev.glia.preprocessing.Scaler;
import dev.glia.table.Categories;
import java.util.Arrays;
import java.util.List;

/**
 * What a network's outputs should be, and how far they are from it: one for each row.
 *
 * <p>To score outputs, blocks of rows {@link #add} up {@link #sums} numbers each; added in the
 * order of the blocks, these give {@link #scores}. So scores do not depend on who computed which
 * block.
 */
public sealed interface Answers {

  /** The number of rows. */
  int rows();

  /** The number of outputs. */
  int outputs();

  /** What an output should be. */
  float target(int row, int output);

  /**
   * Copies what the outputs should be of the rows from to to (exclusive) of the batch {@code
   * order[first ..]}.
   *
   * @param target {@code [batch rows][stride]}; what is behind the outputs becomes or stays 0
   */
  void copy(int[] order, int first, float[] target, int stride, int from, int to);

  /** The answers of some rows. */
  Answers select(int... rows);

  /** How many numbers a block of rows adds up. */
  int sums();

  /**
   * Adds what a row's outputs say of the scores.
   *
   * @param outputs {@code outputs[at ..]} are the row's
   * @param sums {@code sums[from .. from + sums())} of the row's block
   */
  void add(int row, float[] outputs, int at, double[] sums, int from);

  /**
   * How good the outputs are.
   *
   * @param loss over all rows
   * @param sums of all rows, {@code [sums()]}
   */
  Scores scores(double loss, double[] sums);

  /**
   * The outputs beside what they should be, numbers in their own unit.
   *
   * @param given the outputs of all rows, {@code [rows][outputs]}; kept, must not be changed
   */
  Outcomes outcomes(float[] given);

  /**
   * Classes: one output for two of them, or one each.
   *
   * @throws IllegalArgumentException if there is another number of outputs, or a class is missing
   */
  static Answers of(Categories classes, int outputs) {
    int count = classes.levels().size();
    int needed = outputs == 1 && count <= 2 ? 1 : count;
    if (outputs != needed) {
      throw new IllegalArgumentException(
          "The target needs %d outputs, the network has %d.".formatted(needed, outputs));
    }
    int[] labels = new int[classes.rows()];
    for (int row = 0; row < labels.length; row++) {
      if (classes.missing(row)) {
        throw new IllegalArgumentException(
            "Row %d has no class: remove the row, or fill it in.".formatted(row + 1));
      }
      labels[row] = classes.code(row);
    }
    return new Labels(labels, outputs);
  }

  /**
   * Numbers as they are.
   *
   * @param y {@code [rows][outputs]}; kept, must not be changed
   */
  static Answers of(float[] y, int outputs) {
    return of(y, outputs, Scaler.none(outputs));
  }

  /**
   * Numbers that were scaled.
   *
   * @param y {@code [rows][outputs]}; kept, must not be changed
   * @param scaler what scaled them, of as many columns as there are outputs
   */
  static Answers of(float[] y, int outputs, Scaler scaler) {
    return of(y, outputs, scaler, List.of());
  }

  /**
   * Numbers that were scaled, and in which ranges outputs are held before they are scored.
   *
   * @param y {@code [rows][outputs]}; kept, must not be changed
   * @param scaler what scaled them, of as many columns as there are outputs
   * @param ranges one an output, scaled; none if they are not held
   */
  static Answers of(float[] y, int outputs, Scaler scaler, List<Range> ranges) {
    return new Values(y, outputs, scaler, ranges);
  }

  /** Classes by their numbers. */
  final class Labels implements Answers {

    private final int[] labels; // [rows]
    private final int outputs;

    private Labels(int[] labels, int outputs) {
      this.labels = labels;
      this.outputs = outputs;
    }

    @Override
    public int rows() {
      return labels.length;
    }

    /** The class of a row. */
    public int label(int row) {
      return labels[row];
    }

    @Override
    public int outputs() {
      return outputs;
    }

    @Override
    public float target(int row, int output) {
      return outputs == 1 ? labels[row] : labels[row] == output ? 1 : 0;
    }

    @Override
    public void copy(int[] order, int first, float[] target, int stride, int from, int to) {
      if (outputs == 1) {
        for (int row = from; row < to; row++) {
          target[row * stride] = labels[order[first + row]];
        }
        return;
      }
      // No branch waits for a class, so the memory looks for many at a time.
      Arrays.fill(target, from * stride, to * stride, 0f);
      for (int row = from; row < to; row++) {
        target[row * stride + labels[order[first + row]]] = 1;
      }
    }

    @Override
    public Answers select(int... rows) {
      return new Labels(Arrays.stream(rows).map(row -> labels[row]).toArray(), outputs);
    }

    @Override
    public int sums() {
      return 1; // rows whose class is right
    }

    @Override
    public void add(int row, float[] outputs, int at, double[] sums, int from) {
      sums[from] += Decision.classOf(outputs, at, this.outputs) == labels[row] ? 1 : 0;
    }

    @Override
    public Scores scores(double loss, double[] sums) {
      return Scores.ofClasses(loss, sums[0] / labels.length);
    }

    @Override
    public Outcomes outcomes(float[] given) {
      return Outcomes.ofClasses(labels, given, outputs);
    }
  }

  /** Numbers, which may have been scaled. */
  final class Values implements Answers {

    private final float[] y; // [rows][outputs]
    private final int outputs;
    private final Scaler scaler; // of [outputs] columns
    private final Range[] ranges; // [outputs], or none
    private final double[] spread; // [outputs]: squared distances from the mean

    private Values(float[] y, int outputs, Scaler scaler, List<Range> ranges) {
      this.y = y;
      this.outputs = outputs;
      this.scaler = scaler;
      this.ranges = ranges.toArray(Range[]::new);
      if (y.length % outputs != 0) {
        throw new IllegalArgumentException(
            "%d numbers are no whole rows of %d outputs.".formatted(y.length, outputs));
      }
      spread = new double[outputs];
      int rows = rows();
      for (int output = 0; output < outputs; output++) {
        double mean = 0;
        for (int row = 0; row < rows; row++) {
          mean += target(row, output) / (double) rows;
        }
        for (int row = 0; row < rows; row++) {
          double off = target(row, output) - mean;
          spread[output] += off * off;
        }
      }
    }

    @Override
    public int rows() {
      return y.length / outputs;
    }

    @Override
    public int outputs() {
      return outputs;
    }

    @Override
    public float target(int row, int output) {
      return y[row * outputs + output];
    }

    @Override
    public void copy(int[] order, int first, float[] target, int stride, int from, int to) {
      for (int row = from; row < to; row++) {
        System.arraycopy(y, order[first + row] * outputs, target, row * stride, outputs);
      }
    }

    @Override
    public Answers select(int... rows) {
      float[] selected = new float[rows.length * outputs];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(y, rows[i] * outputs, selected, i * outputs, outputs);
      }
      return new Values(selected, outputs, scaler, List.of(ranges));
    }

    @Override
    public int sums() {
      return 2 * outputs; // squared errors, then absolute ones
    }

    @Override
    public void add(int row, float[] outputs, int at, double[] sums, int from) {
      for (int i = 0; i < this.outputs; i++) {
        double error = held(outputs[at + i], i) - target(row, i);
        sums[from + i] += error * error;
        sums[from + this.outputs + i] += Math.abs(error);
      }
    }

    @Override
    public Scores scores(double loss, double[] sums) {
      double r2 = 0;
      for (int i = 0; i < outputs; i++) {
        r2 += r2(sums[i], spread[i]) / outputs;
      }
      return Scores.ofNumbers(
          loss, r2, outputs == 1 ? sums[1] / rows() / Math.abs(scaler.scale()[0]) : null);
    }

    @Override
    public Outcomes outcomes(float[] given) {
      double[] wanted = new double[y.length];
      double[] predicted = new double[y.length];
      for (int i = 0; i < y.length; i++) {
        wanted[i] = inUnit(y[i], i % outputs);
        predicted[i] = inUnit(held(given[i], i % outputs), i % outputs);
      }
      return Outcomes.ofNumbers(wanted, predicted, outputs);
    }

    private float held(float value, int output) {
      return ranges.length == 0 ? value : (float) ranges[output].hold(value);
    }

    private double inUnit(float value, int output) {
      return scaler.kind() == Scaler.Kind.NONE ? value : scaler.invert(value, output);
    }

    /** As scikit-learn's {@code r2_score}, also where all targets are equal. */
    private static double r2(double squares, double spread) {
      if (spread == 0) {
        return squares == 0 ? 1 : 0;
      }
      return 1 - squares / spread;
    }
  }
}
