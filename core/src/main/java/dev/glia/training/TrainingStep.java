package dev.glia.training;

import dev.glia.compute.KernelChoice;
import dev.glia.compute.Padding;
import dev.glia.internal.kernel.Kernel;
import dev.glia.internal.kernel.Workers;
import dev.glia.layer.Slot;
import dev.glia.loss.OutputLoss;
import dev.glia.network.Architecture;
import dev.glia.network.Backpropagation;
import dev.glia.network.ForwardPass;
import dev.glia.optimizer.Optimizer;
import dev.glia.optimizer.OptimizerMemory;
import dev.glia.optimizer.WholeOptimizer;
import dev.glia.penalty.Penalty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One update: a batch forward, its gradient back, and the optimizer's step.
 *
 * <p>Threads first share the rows of the batch (forward, loss, back), then the parameters
 * (gradients, update). No sum is split between them, so the result does not depend on their number.
 * After construction a step allocates nothing.
 */
final class TrainingStep {

  private final Architecture architecture;
  private final TrainingOptions options;
  private final OutputLoss loss;
  private final LossRow lossRow;
  private final double[] scratch; // of an optimizer that works on all parameters
  private final WholeOptimizer.Objective objective = this::wholeLoss;
  private final Penalty[] penalties;
  private final boolean limits; // whether one changes weights after the step
  private final List<Weights> weights; // that it changes
  private final Examples examples;
  private final Workers workers;
  private final float[] parameters; // as Architecture lays them out
  private final ForwardPass forward;
  private final Backpropagation backward;
  private final OptimizerMemory memory;
  private final long seed; // of what is random inside an update
  private final Stretch[][] stretches; // [layer][]
  private final float[] targets; // [capacity][stride of the outputs]
  private final boolean oneBatch; // the same rows each time, in the same order: copied once
  private final boolean[] finite; // [shares]: whether a share's gradients are
  private final Workers.Task[] phases; // on rows, or on the units of a layer that looks at all rows
  private final Workers.Task parametersTask = this::gradientsAndUpdate;
  private final Workers.Task gradientsTask = this::gradients;
  private final Workers.Task updateTask = this::update;
  private final Workers.Task limitTask = this::limit;
  private final Workers.Task changedTask = this::changed;

  private int[] order = new int[0]; // the running batch is order[start .. start + rows)
  private int start;
  private int rows;
  private float gradientFactor; // what clipping by norm multiplies gradients with

  TrainingStep(
      Architecture architecture,
      float[] parameters,
      OptimizerMemory memory,
      long seed,
      TrainingOptions options,
      Examples examples,
      KernelChoice kernel,
      Workers workers) {
    this.architecture = architecture;
    this.parameters = parameters;
    this.memory = memory;
    this.seed = seed;
    this.options = options;
    this.examples = examples;
    this.workers = workers;
    penalties = options.penalties().toArray(Penalty[]::new);
    limits = options.penalties().stream().anyMatch(Penalty::limits);
    weights = limits ? weights(architecture) : List.of();
    loss = options.loss().after(architecture.output().activation());
    lossRow = new LossRow(architecture.outputs());
    scratch =
        options.optimizer() instanceof WholeOptimizer whole
            ? new double[whole.scratch()]
            : new double[0];
    int capacity = options.batching().largest(examples.rows());
    backward = new Backpropagation(architecture, capacity, kernel);
    forward = backward.forward();
    targets = new float[capacity * architecture.strideOf(architecture.depth() - 1)];
    oneBatch = capacity == examples.rows();
    if (oneBatch) {
      order = new int[capacity];
      Arrays.setAll(order, row -> row);
      forward.keep(examples.features(), order);
      examples.copyTargets(order, 0, targets, 0, capacity);
    }
    finite = new boolean[workers.count()];
    stretches = stretches(architecture, options.optimizer());
    phases = phases();
    backward.changed(parameters, 0, 1);
  }

  /**
   * Learns from the examples {@code order[start .. start + rows)}.
   *
   * @param update how many came before it in this training
   * @param rate the length of the step, before a layer's share of it
   * @return false if a gradient was not finite and the policy is to stop; {@link #firstNotFinite}
   *     then says where
   */
  boolean run(int[] order, int start, int rows, long update, double rate) {
    this.order = order;
    this.start = start;
    this.rows = rows;
    if (!oneBatch) {
      forward.take(examples.features(), order, start);
    }
    forward.beginUpdate(seed, update);
    long step = memory.beginStep();
    if (options.optimizer() instanceof WholeOptimizer whole) {
      return runWhole(whole, rate);
    }
    Arrays.fill(finite, true);
    for (Stretch[] ofLayer : stretches) {
      for (Stretch stretch : ofLayer) {
        options.optimizer().prepare(step, rate * stretch.rate, stretch.decay, stretch.factors);
      }
    }
    for (Workers.Task phase : phases) {
      workers.run(phase);
    }
    if (options.clipNorm() == Double.POSITIVE_INFINITY) {
      gradientFactor = 1;
      workers.run(parametersTask);
    } else {
      workers.run(gradientsTask);
      if (!allFinite()) {
        return false;
      }
      gradientFactor = clipFactor(backward.gradients(), options.clipNorm());
      workers.run(updateTask);
    }
    limit();
    return allFinite();
  }

  private void limit() {
    if (limits) {
      workers.run(limitTask);
      workers.run(changedTask);
    }
  }

  private boolean runWhole(WholeOptimizer optimizer, double rate) {
    gradientFactor = 1;
    boolean began =
        optimizer.step(rate, objective, parameters, backward.gradients(), memory.arrays(), scratch);
    workers.run(changedTask);
    limit();
    return began;
  }

  /** The batch's loss at the parameters as they are, with its gradients, penalties included. */
  private double wholeLoss() {
    workers.run(changedTask);
    Arrays.fill(finite, true);
    for (Workers.Task phase : phases) {
      workers.run(phase);
    }
    workers.run(gradientsTask);
    double value = 0;
    for (int row = 0; row < rows; row++) {
      value += examples.weight(row) * lossRow.value(loss, examples, row, forward, row);
    }
    value *= options.loss().scale(rows, architecture.outputs());
    for (Stretch[] ofLayer : stretches) {
      for (Stretch stretch : ofLayer) {
        for (Penalty penalty : penalties) {
          value += penalty.value(stretch.decay, parameters, stretch.from, stretch.to);
        }
        addPenalties(stretch, stretch.from, stretch.to);
      }
    }
    return allFinite() ? value : Double.NaN;
  }

  private boolean allFinite() {
    for (boolean f : finite) {
      if (!f) {
        return false;
      }
    }
    return true;
  }

  /**
   * Forward, the loss's gradient, back: one phase on rows for a network of dense layers. Each layer
   * that looks at the whole batch adds a phase on its units and one on rows, forward and back.
   */
  private Workers.Task[] phases() {
    List<Workers.Task> tasks = new ArrayList<>();
    int[] meetings = forward.meetings();
    int from = 0;
    for (int meeting : meetings) {
      tasks.add(forward(from, meeting));
      tasks.add((share, count) -> forward.lookAtBatch(parameters, meeting, rows, share, count));
      from = meeting;
    }
    tasks.add(lossAndBack(from, meetings.length == 0 ? -1 : meetings[meetings.length - 1]));
    for (int i = meetings.length - 1; i >= 0; i--) {
      int meeting = meetings[i];
      tasks.add((share, count) -> backward.lookAtBatch(parameters, meeting, rows, share, count));
      tasks.add(back(meeting, i == 0 ? -1 : meetings[i - 1]));
    }
    return tasks.toArray(Workers.Task[]::new);
  }

  private Workers.Task forward(int fromLayer, int toLayer) {
    return (share, count) -> {
      int from = from(share, count);
      int to = from(share + 1, count);
      forward.run(parameters, from, to, fromLayer, toLayer);
    };
  }

  private Workers.Task lossAndBack(int fromLayer, int downTo) {
    return (share, count) -> {
      int from = from(share, count);
      int to = from(share + 1, count);
      if (!oneBatch) {
        examples.copyTargets(order, start, targets, from, to);
      }
      int depth = architecture.depth();
      forward.run(parameters, from, to, fromLayer, depth);
      int outputs = architecture.outputs();
      loss.gradient(
          forward.functions(),
          forward.outputSums(),
          forward.output(),
          targets,
          backward.outputGradient(),
          from * Padding.stride(outputs),
          to - from,
          outputs,
          options.loss().scale(rows, outputs));
      if (examples.isWeighted()) {
        weigh(backward.outputGradient(), from, to, Padding.stride(outputs));
      }
      backward.run(parameters, from, to, depth - 1, downTo);
    };
  }

  /** Multiplies the gradient of each row by what it counts. */
  private void weigh(float[] gradient, int from, int to, int stride) {
    for (int row = from; row < to; row++) {
      float weight = examples.weight(order[start + row]);
      for (int i = row * stride; i < (row + 1) * stride; i++) {
        gradient[i] *= weight;
      }
    }
  }

  private Workers.Task back(int fromLayer, int downTo) {
    return (share, count) ->
        backward.run(parameters, from(share, count), from(share + 1, count), fromLayer, downTo);
  }

  /** The first row of a share of the batch. */
  private int from(int share, int count) {
    return (int) ((long) rows * share / count);
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
      } else if (!backward.areFinite(from, to)) {
        finite[share] = false;
      }
      if (options.clipValue() < Double.POSITIVE_INFINITY) {
        clip(gradients, (float) options.clipValue(), from, to);
      }
    }
  }

  /** A share of the parameters: the optimizer's step. */
  private void update(int share, int count) {
    for (int layer = 0; layer < architecture.depth(); layer++) {
      int from = backward.shareStart(layer, share, count);
      int to = backward.shareEnd(layer, share, count);
      for (Stretch stretch : stretches[layer]) {
        update(stretch, Math.max(from, stretch.from), Math.min(to, stretch.to));
      }
    }
    if (!limits) {
      changed(share, count);
    }
  }

  private void changed(int share, int count) {
    backward.changed(parameters, share, count);
  }

  /** A share of the units: what penalties hold their weights to. */
  private void limit(int share, int count) {
    for (int i = 0; i < weights.size(); i++) {
      Weights array = weights.get(i);
      int to = (int) ((long) array.units * (share + 1) / count);
      for (int unit = (int) ((long) array.units * share / count); unit < to; unit++) {
        for (Penalty penalty : penalties) {
          if (penalty.limits()) {
            penalty.limit(parameters, array.at(unit), array.inputs, Kernel.LANES);
          }
        }
      }
    }
  }

  /** The weights of some units: those that are the rows of an array. */
  private record Weights(Slot slot, int start, int units, int inputs) {
    int at(int unit) {
      return Architecture.indexOf(slot, start, unit * inputs);
    }
  }

  private static List<Weights> weights(Architecture architecture) {
    List<Weights> weights = new ArrayList<>();
    for (int layer = 0; layer < architecture.depth(); layer++) {
      for (Slot slot : architecture.slotsOf(layer)) {
        if (slot.trained() && slot.shape().size() == 2) {
          int start = architecture.at(layer, slot.name());
          weights.add(new Weights(slot, start, slot.shape().getFirst(), slot.shape().get(1)));
        }
      }
    }
    return weights;
  }

  private void update(Stretch stretch, int from, int to) {
    float[] gradients = backward.gradients();
    if (gradientFactor != 1) {
      for (int i = from; i < to; i++) {
        gradients[i] *= gradientFactor;
      }
    }
    addPenalties(stretch, from, to);
    options.optimizer().update(stretch.factors, parameters, gradients, memory.arrays(), from, to);
  }

  private void addPenalties(Stretch stretch, int from, int to) {
    if (stretch.decay > 0) {
      for (Penalty penalty : penalties) {
        penalty.addGradient(stretch.decay, parameters, backward.gradients(), from, to);
      }
    }
  }

  /**
   * Neighbouring numbers of a layer that learn alike: most layers are one stretch.
   *
   * @param rate what the learning rate is multiplied by
   * @param decay what a weight decay is multiplied by
   * @param factors what the optimizer computed for the running step
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stretch(int from, int to, double rate, double decay, float[] factors) {
    boolean isLike(Slot slot) {
      return rate == slot.rate() && decay == slot.decay();
    }
  }

  private static Stretch[][] stretches(Architecture architecture, Optimizer optimizer) {
    Stretch[][] stretches = new Stretch[architecture.depth()][];
    for (int layer = 0; layer < stretches.length; layer++) {
      List<Stretch> own = new ArrayList<>();
      int end = architecture.startOf(layer) + architecture.trainedSize(layer);
      List<Slot> slots = architecture.slotsOf(layer).stream().filter(Slot::trained).toList();
      for (int i = 0; i < slots.size(); i++) {
        Slot slot = slots.get(i);
        int to = i + 1 < slots.size() ? architecture.at(layer, slots.get(i + 1).name()) : end;
        Stretch last = own.isEmpty() ? null : own.getLast();
        int from = architecture.at(layer, slot.name());
        if (last != null && last.isLike(slot)) {
          own.removeLast();
          from = last.from;
        }
        own.add(new Stretch(from, to, slot.rate(), slot.decay(), new float[optimizer.factors()]));
      }
      stretches[layer] = own.toArray(Stretch[]::new);
    }
    return stretches;
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
      if (!backward.areFinite(from, backward.shareEnd(layer, 0, 1))) {
        return "the gradients of " + architecture.nameOf(layer) + " are not finite";
      }
    }
    return "its numbers are not finite";
  }
}
