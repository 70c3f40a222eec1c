package dev.glia.training;

import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.Workers;
import dev.glia.network.Architecture;
import dev.glia.network.Backpropagation;
import dev.glia.network.ForwardPass;
import java.util.Arrays;

/**
 * One update: a batch forward, its gradient back, and the optimizer's step.
 *
 * <p>Threads first share the rows of the batch (forward, loss, back), then the parameters
 * (gradients, update). No sum is split between them, so the result does not depend on their number.
 * After construction a step allocates nothing.
 */
final class TrainingStep {

  private final Architecture architecture;
  private final Kernel kernel;
  private final TrainingOptions options;
  private final OutputLoss loss;
  private final Examples examples;
  private final Workers workers;
  private final float[] parameters; // as Architecture lays them out
  private final ForwardPass forward;
  private final Backpropagation backward;
  private final OptimizerMemory memory;
  private final float[] factors; // what the optimizer computed for the running step
  private final float[] targets; // [capacity][stride of the outputs]
  private final boolean oneBatch; // the same rows each time, in the same order: copied once
  private final boolean[] finite; // [shares]: whether a share's gradients are
  private final Workers.Task rowsTask = this::rows;
  private final Workers.Task parametersTask = this::gradientsAndUpdate;
  private final Workers.Task gradientsTask = this::gradients;
  private final Workers.Task updateTask = this::update;

  private int[] order = new int[0]; // the running batch is order[start .. start + rows)
  private int start;
  private int rows;
  private float gradientFactor; // what clipping by norm multiplies gradients with

  TrainingStep(
      Architecture architecture,
      float[] parameters,
      OptimizerMemory memory,
      TrainingOptions options,
      Examples examples,
      Kernel kernel,
      Workers workers) {
    this.architecture = architecture;
    this.kernel = kernel;
    this.parameters = parameters;
    this.memory = memory;
    this.options = options;
    this.examples = examples;
    this.workers = workers;
    loss = options.loss().after(architecture.activationOf(architecture.depth() - 1));
    int capacity = options.batching().largest(examples.rows());
    forward = new ForwardPass(architecture, capacity, kernel);
    backward = new Backpropagation(architecture, forward, kernel);
    targets = new float[capacity * architecture.strideOf(architecture.depth() - 1)];
    oneBatch = capacity == examples.rows();
    if (oneBatch) {
      order = new int[capacity];
      Arrays.setAll(order, row -> row);
      examples.giveInputs(forward, order, 0);
      copyBatch(0, capacity);
    }
    finite = new boolean[workers.count()];
    factors = new float[options.optimizer().factors()];
    backward.transpose(parameters, 0, 1);
  }

  /**
   * Learns from the examples {@code order[start .. start + rows)}.
   *
   * @return false if a gradient was not finite and the policy is to stop; {@link #firstNotFinite}
   *     then says where
   */
  boolean run(int[] order, int start, int rows) {
    this.order = order;
    this.start = start;
    this.rows = rows;
    if (!oneBatch) {
      examples.giveInputs(forward, order, start);
    }
    Arrays.fill(finite, true);
    options.optimizer().prepare(memory.beginStep(), options.learningRate(), factors);
    workers.run(rowsTask);
    if (options.clipNorm() == Double.POSITIVE_INFINITY) {
      gradientFactor = 1;
      workers.run(parametersTask);
      return allFinite();
    }
    workers.run(gradientsTask);
    if (!allFinite()) {
      return false;
    }
    gradientFactor = clipFactor(backward.gradients(), options.clipNorm());
    workers.run(updateTask);
    return true;
  }

  private boolean allFinite() {
    for (boolean f : finite) {
      if (!f) {
        return false;
      }
    }
    return true;
  }

  /** A share of the batch's rows: forward, the loss's gradient, back. */
  private void rows(int share, int count) {
    int from = (int) ((long) rows * share / count);
    int to = (int) ((long) rows * (share + 1) / count);
    if (!oneBatch) {
      copyBatch(from, to);
    }
    forward.run(parameters, from, to);
    int outputs = architecture.outputs();
    loss.gradient(
        kernel,
        forward.outputSums(),
        forward.output(),
        targets,
        backward.outputGradient(),
        from * Kernel.stride(outputs),
        to - from,
        outputs,
        options.loss().scale(rows, outputs));
    backward.run(from, to);
  }

  /** Copies rows of the running batch: what is known of them, and what the outputs should be. */
  private void copyBatch(int from, int to) {
    examples.copyInputs(forward, order, start, from, to);
    examples.copyTargets(order, start, targets, from, to);
  }

  /** A share of the parameters, start to end. */
  private void gradientsAndUpdate(int share, int count) {
    gradients(share, count);
    if (finite[share]) {
      update(share, count);
    }
  }

  /** A share of the parameters: their gradients, made finite and clipped as asked for. */
  private void gradients(int share, int count) {
    float[] gradients = backward.gradients();
    for (int layer = 0; layer < architecture.depth(); layer++) {
      backward.gradients(layer, rows, share, count);
      int from = backward.shareStart(layer, share, count);
      int to = backward.shareEnd(layer, share, count);
      if (options.nanPolicy() == NanPolicy.ZERO) {
        nanToNum(gradients, from, to);
      } else if (!kernel.allFinite(gradients, from, to)) {
        finite[share] = false;
      }
      if (options.clipValue() < Double.POSITIVE_INFINITY) {
        clip(gradients, (float) options.clipValue(), from, to);
      }
    }
  }

  /** A share of the parameters: the optimizer's step. */
  private void update(int share, int count) {
    Optimizer optimizer = options.optimizer();
    float[] gradients = backward.gradients();
    for (int layer = 0; layer < architecture.depth(); layer++) {
      int from = backward.shareStart(layer, share, count);
      int to = backward.shareEnd(layer, share, count);
      if (gradientFactor != 1) {
        for (int i = from; i < to; i++) {
          gradients[i] *= gradientFactor;
        }
      }
      if (options.l2() > 0) {
        float l2 = (float) options.l2();
        for (int i = from; i < to; i++) {
          gradients[i] += l2 * parameters[i];
        }
      }
      optimizer.update(factors, parameters, gradients, memory.arrays(), from, to);
    }
    backward.transpose(parameters, share, count);
  }

  private static void nanToNum(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = values[i];
      values[i] = Float.isNaN(value) ? 0 : Math.clamp(value, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
  }

  private static void clip(float[] values, float limit, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.max(-limit, Math.min(limit, values[i]));
    }
  }

  /** As PyTorch's {@code clip_grad_norm_}: the limit over the norm plus 1e-6, at most 1. */
  private static float clipFactor(float[] gradients, double limit) {
    return (float) Math.min(1, limit / (Math.sqrt(sumOfSquares(gradients)) + 1e-6));
  }

  /** Eight sums, of numbers eight apart: an addition waits for the one before it in its sum. */
  private static double sumOfSquares(float[] values) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double sum4 = 0;
    double sum5 = 0;
    double sum6 = 0;
    double sum7 = 0;
    for (int i = 0; i < values.length; i += 8) { // whole lanes: see Architecture
      sum0 += (double) values[i] * values[i];
      sum1 += (double) values[i + 1] * values[i + 1];
      sum2 += (double) values[i + 2] * values[i + 2];
      sum3 += (double) values[i + 3] * values[i + 3];
      sum4 += (double) values[i + 4] * values[i + 4];
      sum5 += (double) values[i + 5] * values[i + 5];
      sum6 += (double) values[i + 6] * values[i + 6];
      sum7 += (double) values[i + 7] * values[i + 7];
    }
    return ((sum0 + sum1) + (sum2 + sum3)) + ((sum4 + sum5) + (sum6 + sum7));
  }

  /** The gradients as the optimizer got them in the last run, laid out as the parameters. */
  float[] gradients() {
    return backward.gradients();
  }

  /** Where the running batch's numbers stopped being finite first: forward, then back. */
  String firstNotFinite() {
    int forwardLayer = forward.firstNotFinite(rows);
    if (forwardLayer >= 0) {
      return "the sums of " + architecture.nameOf(forwardLayer) + " are not finite";
    }
    for (int layer = architecture.depth() - 1; layer >= 0; layer--) {
      int from = backward.shareStart(layer, 0, 1);
      if (!kernel.allFinite(backward.gradients(), from, backward.shareEnd(layer, 0, 1))) {
        return "the gradients of " + architecture.nameOf(layer) + " are not finite";
      }
    }
    return "its numbers are not finite";
  }
}
