package dev.glia.training;

import dev.glia.compute.Compute;
import dev.glia.compute.KernelChoice;
import dev.glia.compute.Padding;
import dev.glia.loss.Loss;
import dev.glia.loss.OutputLoss;
import dev.glia.metric.Metric;
import dev.glia.metric.Outcomes;
import dev.glia.metric.Score;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.ForwardPass;
import dev.glia.network.Network;
import dev.glia.network.RowBlocks;
import dev.glia.task.Answers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How good a network is on some examples: loss, accuracy or R2, and the metrics asked for.
 *
 * <p>Rows go through in blocks that threads share; each block's sums are kept and added in order,
 * so the figures do not depend on the number of threads.
 */
public final class Evaluation implements AutoCloseable {

  private final Architecture architecture;
  private final Loss loss;
  private final OutputLoss outputLoss;
  private final Examples examples;
  private final RowBlocks blocks;
  private final LossRow[] lossRows; // [shares]
  private final double[] losses; // [blocks]
  private final double[] sums; // [blocks][answers.sums()]: of what the scores are made
  private final List<Metric> metrics;
  private final float[] given; // [rows][outputs] for the metrics; empty if there are none

  Evaluation(
      Architecture architecture,
      Loss loss,
      List<Metric> metrics,
      Examples examples,
      KernelChoice kernel,
      int threads) {
    this.architecture = architecture;
    this.loss = loss;
    this.metrics = metrics;
    this.examples = examples;
    outputLoss = loss.after(architecture.output().activation());
    blocks = new RowBlocks(architecture, kernel, threads, new Rows());
    lossRows = new LossRow[blocks.threads()];
    Arrays.setAll(lossRows, share -> new LossRow(architecture.outputs()));
    int count = RowBlocks.count(examples.rows());
    losses = new double[count];
    sums = new double[Math.multiplyExact(count, examples.answers().sums())];
    int kept = metrics.isEmpty() ? 0 : examples.rows();
    given = new float[Math.multiplyExact(kept, architecture.outputs())];
  }

  /**
   * Evaluates a network.
   *
   * @param examples at least one row
   * @throws IllegalArgumentException if examples and network do not fit
   */
  public static Scores of(Network network, Loss loss, Examples examples, Compute compute) {
    return of(network, loss, List.of(), examples, compute);
  }

  /**
   * The same with metrics.
   *
   * @param examples at least one row
   * @throws IllegalArgumentException if examples and network do not fit, or two metrics have one
   *     name
   */
  public static Scores of(
      Network network, Loss loss, List<Metric> metrics, Examples examples, Compute compute) {
    Metric.checkNames(metrics);
    examples.checkFit(network.architecture());
    try (Evaluation evaluation =
        new Evaluation(
            network.architecture(), loss, metrics, examples, compute.kernel(), compute.threads())) {
      return evaluation.run(network.parameters());
    }
  }

  /**
   * How good outputs are that were computed elsewhere, such as the average of several networks. The
   * loss is taken from the outputs, not from a layer's sums.
   *
   * @param outputs {@code [rows][outputs]}; kept by the metrics, must not be changed
   * @throws IllegalArgumentException if there are not as many outputs as answers
   */
  public static Scores of(float[] outputs, Loss loss, List<Metric> metrics, Answers answers) {
    Metric.checkNames(metrics);
    int units = answers.outputs();
    if (outputs.length != (long) answers.rows() * units) {
      throw new IllegalArgumentException(
          "%d rows of %d outputs need %d numbers, got %d."
              .formatted(answers.rows(), units, (long) answers.rows() * units, outputs.length));
    }
    double[] a = new double[units];
    double[] y = new double[units];
    double[] sums = new double[answers.sums()];
    double sum = 0;
    for (int row = 0; row < answers.rows(); row++) {
      for (int i = 0; i < units; i++) {
        a[i] = outputs[row * units + i];
        y[i] = answers.target(row, i);
      }
      sum += loss.value(a, y);
      answers.add(row, outputs, row * units, sums, 0);
    }
    Scores scores = answers.scores(sum * loss.scale(answers.rows(), units), sums);
    return metrics.isEmpty() ? scores : scores.with(measured(metrics, answers.outcomes(outputs)));
  }

  Scores run(float[] parameters) {
    blocks.walk(parameters, examples.rows());
    double loss = Arrays.stream(losses).sum();
    double[] all = new double[examples.answers().sums()];
    Arrays.setAll(
        all,
        i ->
            IntStream.range(0, losses.length)
                .mapToDouble(block -> sums[block * all.length + i])
                .sum()); // in the order of the blocks
    Scores scores =
        examples
            .answers()
            .scores(loss * this.loss.scale(examples.rows(), architecture.outputs()), all);
    return metrics.isEmpty()
        ? scores
        : scores.with(measured(metrics, examples.answers().outcomes(given)));
  }

  private static List<Score> measured(List<Metric> metrics, Outcomes outcomes) {
    return metrics.stream()
        .map(m -> new Score(m.name(), m.of(outcomes), m.higherIsBetter()))
        .toList();
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
      int stride = Padding.stride(outputs);
      losses[block] = 0;
      Answers answers = examples.answers();
      int from = block * answers.sums();
      Arrays.fill(sums, from, from + answers.sums(), 0);
      for (int row = 0; row < rows; row++) {
        losses[block] += lossRows[share].value(outputLoss, examples, first + row, pass, row);
        answers.add(first + row, pass.output(), row * stride, sums, from);
        if (given.length > 0) {
          System.arraycopy(pass.output(), row * stride, given, (first + row) * outputs, outputs);
        }
      }
    }
  }

  /** Ends its threads. */
  @Override
  public void close() {
    blocks.close();
  }
}
