package dev.glia.training;

import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.Workers;
import dev.glia.metric.Decision;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.ForwardPass;
import dev.glia.network.Network;
import dev.glia.network.RowBlocks;
import java.util.Arrays;

/**
 * How good a network is on some examples: loss, and accuracy or R2.
 *
 * <p>Rows go through in blocks that threads share; each block's sums are kept and added in order,
 * so the figures do not depend on the number of threads.
 */
public final class Evaluation {

  private final Architecture architecture;
  private final Loss loss;
  private final OutputLoss outputLoss;
  private final Examples examples;
  private final RowBlocks blocks;
  private final LossRow[] lossRows; // [shares]
  private final double[] losses; // [blocks]
  private final long[] right; // [blocks]: rows whose class is right
  private final double[] squares; // [blocks]: squared errors
  private final double spread; // squared distances of the targets from their mean

  Evaluation(
      Architecture architecture, Loss loss, Examples examples, Kernel kernel, Workers workers) {
    this.architecture = architecture;
    this.loss = loss;
    this.examples = examples;
    outputLoss = loss.after(architecture.output().activation());
    blocks = new RowBlocks(architecture, kernel, workers, new Rows());
    lossRows = new LossRow[workers.count()];
    Arrays.setAll(lossRows, share -> new LossRow(architecture.outputs()));
    int count = RowBlocks.count(examples.rows());
    losses = new double[count];
    right = new long[count];
    squares = new double[count];
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
      return new Evaluation(
              network.architecture(), loss, examples, compute.kernel().kernel(), workers)
          .run(network.parameters());
    }
  }

  Scores run(float[] parameters) {
    blocks.walk(parameters, examples.rows());
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
        int layer = blocks.firstNotFinite(block);
        return layer < 0
            ? "all sums are finite, so a wanted output is not"
            : "the sums of " + architecture.nameOf(layer) + " are not finite";
      }
    }
    return "its parts are finite, so it is too large";
  }

  private final class Rows extends ExampleRows {

    Rows() {
      super(examples);
    }

    @Override
    public void take(ForwardPass pass, int share, int first, int rows) {
      int block = RowBlocks.blockOf(first);
      int outputs = architecture.outputs();
      int stride = Kernel.stride(outputs);
      losses[block] = 0;
      right[block] = 0;
      squares[block] = 0;
      for (int row = 0; row < rows; row++) {
        losses[block] += lossRows[share].value(outputLoss, examples, first + row, pass, row);
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
