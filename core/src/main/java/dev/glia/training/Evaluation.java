package dev.glia.training;

import dev.glia.internal.kernel.Workers;
import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.ForwardPass;
import dev.glia.network.KernelChoice;
import dev.glia.network.Network;
import dev.glia.network.Place;
import dev.glia.task.Answers;
import java.util.Arrays;
import java.util.stream.IntStream;

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
  private final double[] sums; // [blocks][answers.sums()]: of what the scores are made
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
    sums = new double[Math.multiplyExact(blocks, examples.answers().sums())];
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
    double loss = Arrays.stream(losses).sum();
    double[] all = new double[examples.answers().sums()];
    Arrays.setAll(
        all,
        i ->
            IntStream.range(0, losses.length)
                .mapToDouble(block -> sums[block * all.length + i])
                .sum()); // in the order of the blocks
    return examples
        .answers()
        .scores(loss * this.loss.scale(examples.rows(), architecture.outputs()), all);
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
    Answers answers = examples.answers();
    int from = block * answers.sums();
    Arrays.fill(sums, from, from + answers.sums(), 0);
    for (int row = 0; row < rows; row++) {
      losses[block] += lossRow.value(outputLoss, examples, first + row, pass, row);
      answers.add(first + row, pass.output(), row * stride, sums, from);
    }
  }
}
