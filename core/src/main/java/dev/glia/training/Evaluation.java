package dev.glia.training;

import dev.glia.internal.kernel.Workers;
import dev.glia.metric.Decision;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.ForwardPass;
import dev.glia.network.KernelChoice;
import dev.glia.network.Network;
import dev.glia.network.Place;
import java.util.Arrays;

/**
 * How good a network is on some examples: loss, and accuracy or R2.
 *
 * <p>Rows go through in blocks that threads share; each block's sums are kept and added in order,
 * so the figures do not depend on the number of threads.
 */
public final class Evaluation {

  private static final int BLOCK = 128; // rows

  private final Architecture architecture;
  private final Loss loss;
  private final OutputLoss outputLoss;
  private final Examples examples;
  private final Workers workers;
  private final ForwardPass[] passes; // [shares]
  private final LossRow[] lossRows; // [shares]
  private final int[] order; // [rows]: one after the other
  private final double[] losses; // [blocks]
  private final long[] right; // [blocks]: rows whose class is right
  private final double[] squares; // [blocks]: squared errors
  private final double spread; // squared distances of the targets from their mean
  private final Workers.Task task = this::blocks;
  private float[] parameters = new float[0];

  Evaluation(
      Architecture architecture,
      Loss loss,
      Examples examples,
      KernelChoice kernel,
      Workers workers) {
    this.architecture = architecture;
    this.loss = loss;
    this.examples = examples;
    this.workers = workers;
    outputLoss = loss.after(architecture.output().activation());
    passes = new ForwardPass[workers.count()];
    lossRows = new LossRow[workers.count()];
    for (int share = 0; share < passes.length; share++) {
      passes[share] = new ForwardPass(architecture, Math.min(BLOCK, examples.rows()), kernel);
      lossRows[share] = new LossRow(architecture.outputs());
    }
    order = new int[examples.rows()];
    Arrays.setAll(order, row -> row);
    int blocks = Math.ceilDiv(examples.rows(), BLOCK);
    losses = new double[blocks];
    right = new long[blocks];
    squares = new double[blocks];
    spread = examples.classes() ? 0 : spread(examples);
  }

  /**
   * Evaluates a network.
   *
   * @param examples at least one row
   * @throws IllegalArgumentException if examples and network do not fit
   */
  public static Scores of(Network network, Loss loss, Examples examples, Compute compute) {
    examples.checkFit(network.architecture());
    try (Workers workers = new Workers(compute.threads())) {
      return new Evaluation(network.architecture(), loss, examples, compute.kernel(), workers)
          .run(network.parameters());
    }
  }

  Scores run(float[] parameters) {
    this.parameters = parameters;
    workers.run(task);
    double sum = Arrays.stream(losses).sum();
    double value = sum * loss.scale(examples.rows(), architecture.outputs());
    if (examples.classes()) {
      return new Scores(value, (double) Arrays.stream(right).sum() / examples.rows(), null);
    }
    return new Scores(value, null, r2(Arrays.stream(squares).sum()));
  }

  /**
   * 1 less the share of the targets' spread that is left; as scikit-learn's where they are equal.
   */
  private double r2(double squares) {
    if (spread == 0) {
      return squares == 0 ? 1 : 0;
    }
    return 1 - squares / spread;
  }

  /** Why the loss of the last run is not finite: the layer whose sums stopped being so first. */
  String firstNotFinite() {
    for (int block = 0; block < losses.length; block++) {
      if (!Double.isFinite(losses[block])) {
        block(block, passes[0], lossRows[0]);
        int layer = passes[0].firstNotFinite(rowsOf(block));
        return layer < 0
            ? "all sums are finite, so a wanted output is not"
            : "the sums of " + architecture.nameOf(layer) + " are not finite";
      }
    }
    return "its parts are finite, so it is too large";
  }

  private int rowsOf(int block) {
    return Math.min(BLOCK, examples.rows() - block * BLOCK);
  }

  private void blocks(int share, int count) {
    for (int block = share; block < losses.length; block += count) {
      block(block, passes[share], lossRows[share]);
    }
  }

  private void block(int block, ForwardPass pass, LossRow lossRow) {
    int first = block * BLOCK;
    int rows = rowsOf(block);
    int outputs = architecture.outputs();
    int stride = Place.stride(outputs);
    pass.take(examples.features(), order, first);
    pass.run(parameters, 0, rows);
    losses[block] = 0;
    right[block] = 0;
    squares[block] = 0;
    for (int row = 0; row < rows; row++) {
      losses[block] += lossRow.value(outputLoss, examples, first + row, pass, row);
      if (examples.classes()) {
        int predicted = Decision.classOf(pass.output(), row * stride, outputs);
        right[block] += predicted == examples.classOf(first + row) ? 1 : 0;
      } else {
        for (int i = 0; i < outputs; i++) {
          double error = pass.output()[row * stride + i] - examples.target(first + row, i);
          squares[block] += error * error;
        }
      }
    }
  }

  /** Summed over all outputs, each from its own mean. */
  private static double spread(Examples examples) {
    double spread = 0;
    for (int output = 0; output < examples.outputs(); output++) {
      double mean = 0;
      for (int row = 0; row < examples.rows(); row++) {
        mean += examples.target(row, output) / (double) examples.rows();
      }
      for (int row = 0; row < examples.rows(); row++) {
        double y = examples.target(row, output);
        spread += (y - mean) * (y - mean);
      }
    }
    return spread;
  }
}
