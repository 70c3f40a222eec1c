package dev.glia.inspection;

import dev.glia.activation.Activation;
import dev.glia.activation.Elementwise;
import dev.glia.compute.KernelChoice;
import dev.glia.compute.Padding;
import dev.glia.inspection.GradientCheck.Agreement;
import dev.glia.layer.Slot;
import dev.glia.loss.Loss;
import dev.glia.loss.OutputLoss;
import dev.glia.network.Architecture;
import dev.glia.network.Backpropagation;
import dev.glia.network.ForwardPass;
import dev.glia.optimizer.OptimizerMemory;
import dev.glia.optimizer.WholeOptimizer;
import dev.glia.training.Checkpoint;
import dev.glia.training.Examples;
import dev.glia.training.NanPolicy;
import dev.glia.training.TrainingOptions;
import java.util.Arrays;
import java.util.Map;

/**
 * Every number of one example on its way through a network and back, at a {@link Checkpoint}: sums,
 * activations, loss, gradients, and the parameters after an update by this example alone.
 *
 * <p>With x for what comes into a layer, w and b for its parameters, L for the loss:
 *
 * <pre>
 *   z  = x * w + b          {@link #sums}
 *   a  = f(z)               {@link #activations}
 *   da = dL / da            {@link #activationGradients}
 *   dz = da * f'(z)         {@link #sumGradients}, f' is {@link #derivatives}
 *   dw = x * dz, db = dz    {@link #gradient}, {@link #biasGradient}
 * </pre>
 *
 * <p>A layer that is not dense makes y of x by numbers of its own. Its y stands with the {@link
 * #activations}, dL / dy with their gradients, dL / dx with the {@link #inputGradients}; its
 * numbers are those of the {@linkplain Architecture#slotsOf arrays} that it has, {@link #value} and
 * {@link #parameter}. A batch normalisation takes its running numbers, as ever for a single row.
 *
 * <p>The numbers are the engine's own floats. To compare the gradients with there are finite
 * differences in double precision, computed when asked for.
 *
 * <p>A softmax mixes the units of its layer, so there dz of a unit needs all da of the layer:
 * {@code dz[i] = sum over j of da[j] * da_j/dz_i}, the last factor being {@link #derivative}. A
 * loss that is computed {@linkplain #lossFromSums from the sums}, such as cross entropy behind a
 * softmax, gives dz without da; then da of the output layer is the formula's value and no step on
 * the way.
 *
 * <p>To be used by one thread at a time.
 */
public final class ExampleTrace {

  private final Architecture architecture;
  private final TrainingOptions options;
  private final OutputLoss outputLoss;
  private final double lossScale;
  private final KernelChoice kernel;
  private final ForwardPass forward;
  private final EngineGradients engine;
  private final double[] x; // [inputs]
  private final double[] y; // [outputs]
  private final float[] parameters; // these and the following as Architecture lays them out
  private final float[] gradients;
  private final float[] inputGradient; // [inputs]
  private final OptimizerMemory memory; // before the update
  private final float[] stepGradients;
  private final float[] updated;
  private final PlainBatch plain;

  private ExampleTrace(Checkpoint checkpoint, Examples example) {
    architecture = checkpoint.architecture().predicting();
    options = checkpoint.options();
    Loss loss = options.loss();
    outputLoss = loss.after(architecture.output().activation());
    lossScale = loss.scale(1, architecture.outputs());
    kernel = KernelChoice.AUTO;
    x = new double[architecture.inputs()];
    example.copyInput(0, x);
    y = new double[architecture.outputs()];
    example.copyTarget(0, y);
    parameters = checkpoint.parameters();
    Backpropagation backward = Backpropagation.toInput(architecture, 1, kernel);
    engine = new EngineGradients(backward, architecture, parameters, example, loss, outputLoss);
    inputGradient = backward.inputGradient(0);
    forward = engine.forward();
    gradients = engine.gradients();
    memory = checkpoint.memory();
    Checkpoint.Update update = checkpoint.update(example, kernel);
    stepGradients = update.gradients();
    updated = update.parameters();
    plain = new PlainBatch(architecture, parameters, example, true);
    plain.run();
  }

  /**
   * Traces one of some examples.
   *
   * @param checkpoint the network, and the optimizer for the update; stays as it is
   * @throws IllegalArgumentException if examples and network do not fit, or there is no such row
   */
  public static ExampleTrace of(Checkpoint checkpoint, Examples examples, int row) {
    examples.checkFit(checkpoint.architecture());
    if (row < 0 || row >= examples.rows()) {
      throw new IllegalArgumentException(
          "There are %d rows, from 0 to %d, got %d."
              .formatted(examples.rows(), examples.rows() - 1, row));
    }
    return new ExampleTrace(checkpoint, examples.row(row));
  }

  /** The network's shape. */
  public Architecture architecture() {
    return architecture;
  }

  /** What comes into a layer, {@code [inputs]}: the example's features for the first. */
  public double[] inputs(int layer) {
    return layer == 0 ? x.clone() : activations(layer - 1);
  }

  /** The weight from an input to a unit. */
  public double weight(int layer, int in, int unit) {
    return parameters[architecture.weightAt(layer, in, unit)];
  }

  /** The bias of a unit. */
  public double bias(int layer, int unit) {
    return parameters[architecture.biasesAt(layer) + unit];
  }

  /** The sums z of a layer, {@code [units]}. */
  public double[] sums(int layer) {
    return doubles(forward.sums(layer, 0));
  }

  /** The activations a of a layer, {@code [units]}: what comes out of it. */
  public double[] activations(int layer) {
    return doubles(forward.activations(layer, 0));
  }

  /** What the outputs should be, {@code [outputs]}. */
  public double[] targets() {
    return y.clone();
  }

  /** The loss of this example alone. */
  public double loss() {
    int last = architecture.depth() - 1;
    return outputLoss.value(sums(last), activations(last), y) * lossScale;
  }

  /** What each output adds to the loss, {@code [outputs]}. */
  public double[] lossParts() {
    double[] z = sums(architecture.depth() - 1);
    double[] a = activations(architecture.depth() - 1);
    double[] parts = new double[z.length];
    Arrays.setAll(parts, i -> outputLoss.value(z, a, y, i) * lossScale);
    return parts;
  }

  /** Whether the engine takes dz of the output layer from its sums, without da. */
  public boolean lossFromSums() {
    return !(outputLoss instanceof OutputLoss.Chained);
  }

  /**
   * The gradient da of the loss by the activations of a layer, {@code [units]}, as the engine has
   * it on its way back; for the output layer it may be infinite where the loss is taken {@linkplain
   * #lossFromSums from the sums}.
   */
  public double[] activationGradients(int layer) {
    if (layer == architecture.depth() - 1) {
      double[] da = new double[architecture.unitsOf(layer)];
      double[] a = activations(layer);
      for (int i = 0; i < da.length; i++) {
        da[i] = (float) (lossScale * options.loss().derivative(a[i], y[i]));
      }
      return da;
    }
    return doubles(engine.byOutput(layer));
  }

  /**
   * The gradient of the loss by what comes into a layer, {@code [inputs]}; for the first that by
   * the example's features, which no training needs.
   */
  public double[] inputGradients(int layer) {
    return layer == 0 ? doubles(inputGradient) : activationGradients(layer - 1);
  }

  /** Whether each activation of a layer depends on its own sum alone: not so for a softmax. */
  public boolean elementwise(int layer) {
    return architecture.activationOf(layer) instanceof Elementwise;
  }

  /**
   * The derivative of each activation of a layer by its own sum, {@code [units]}; where the layer
   * is not {@linkplain #elementwise elementwise} this is not all of dz.
   */
  public double[] derivatives(int layer) {
    int units = architecture.unitsOf(layer);
    if (elementwise(layer)) {
      float[] ones = new float[Padding.stride(units)];
      Arrays.fill(ones, 1);
      return doubles(Arrays.copyOf(back(layer, ones), units));
    }
    double[] own = new double[units];
    Arrays.setAll(own, unit -> derivative(layer, unit, unit));
    return own;
  }

  /** The derivative of the activation of one unit by the sum of one, maybe another. */
  public double derivative(int layer, int ofActivation, int bySum) {
    float[] one = new float[architecture.strideOf(layer)];
    one[ofActivation] = 1;
    return back(layer, one)[bySum];
  }

  /** The engine's way from da to dz, in place. */
  private float[] back(int layer, float[] d) {
    Activation activation = architecture.activationOf(layer);
    int units = architecture.unitsOf(layer);
    float[] z = Arrays.copyOf(forward.sums(layer, 0), d.length);
    float[] a = Arrays.copyOf(forward.activations(layer, 0), d.length);
    activation.backward(forward.functions(), z, a, d, 0, 1, units);
    return d;
  }

  /** The gradient dz of the loss by the sums of a layer, {@code [units]}. */
  public double[] sumGradients(int layer) {
    // One row's gradient by a bias is that by the sum.
    int from = architecture.biasesAt(layer);
    return doubles(Arrays.copyOfRange(gradients, from, from + architecture.unitsOf(layer)));
  }

  /** The gradient of the loss by a weight. */
  public double gradient(int layer, int in, int unit) {
    return gradients[architecture.weightAt(layer, in, unit)];
  }

  /** The gradient of the loss by a bias. */
  public double biasGradient(int layer, int unit) {
    return gradients[architecture.biasesAt(layer) + unit];
  }

  /**
   * The gradient by a weight as the optimizer gets it: after the policy for what is not finite,
   * clipping, and L2.
   */
  public double stepGradient(int layer, int in, int unit) {
    return stepGradients[architecture.weightAt(layer, in, unit)];
  }

  /** The gradient by a bias as the optimizer gets it. */
  public double biasStepGradient(int layer, int unit) {
    return stepGradients[architecture.biasesAt(layer) + unit];
  }

  /**
   * What the optimizer {@linkplain OptimizerMemory remembered} of a weight before; nothing of one
   * that works on all parameters at once.
   */
  public Map<String, Double> memory(int layer, int in, int unit) {
    return memoryOf(architecture.weightAt(layer, in, unit));
  }

  private Map<String, Double> memoryOf(int parameter) {
    return options.optimizer() instanceof WholeOptimizer ? Map.of() : memory.of(parameter);
  }

  /** What the optimizer remembered of a bias before. */
  public Map<String, Double> biasMemory(int layer, int unit) {
    return memoryOf(architecture.biasesAt(layer) + unit);
  }

  /**
   * The central finite difference of the loss by a weight, as {@link GradientCheck} takes it. At
   * the kink of an activation such as relu it is none of the derivatives on its sides.
   */
  public double difference(int layer, int in, int unit) {
    int index = unit * architecture.inputsOf(layer) + in; // [out][in]
    return difference(layer, unit, "weight", index);
  }

  /** The central finite difference of the loss by a bias. */
  public double biasDifference(int layer, int unit) {
    return difference(layer, unit, "bias", unit);
  }

  private double difference(int layer, int unit, String slot, int index) {
    return GradientCheck.difference(
        plain.array(layer, slot), index, () -> lossScale * plain.loss(outputLoss, layer, unit));
  }

  /**
   * How far the gradients by all weights and the bias of a unit are from the finite differences:
   * the norm of what is between them over the sum of their norms, as {@link
   * GradientCheck.Comparison#difference}.
   */
  public double relativeDifference(int layer, int unit) {
    Agreement agreement = new Agreement();
    for (int in = 0; in < architecture.inputsOf(layer); in++) {
      agreement.add(gradient(layer, in, unit), difference(layer, in, unit));
    }
    agreement.add(biasGradient(layer, unit), biasDifference(layer, unit));
    return agreement.relative();
  }

  /**
   * A weight after one update by this example alone, with the checkpoint's optimizer and options;
   * as it was where the training would stop, {@link NanPolicy#STOP}.
   */
  public double updated(int layer, int in, int unit) {
    return updated[architecture.weightAt(layer, in, unit)];
  }

  /** A bias after that update. */
  public double updatedBias(int layer, int unit) {
    return updated[architecture.biasesAt(layer) + unit];
  }

  // Layers that are not dense.

  /** A number of an array, whether it is trained or kept by the layer itself. */
  public double value(int layer, Slot slot, int index) {
    return parameters[at(layer, slot, index)];
  }

  /**
   * A number that is trained, with what goes back to it and what the update makes of it.
   *
   * @param value before the update
   * @param gradient of the loss by it
   * @param stepGradient the gradient as the optimizer gets it, see {@link #stepGradient}
   * @param memory what the optimizer remembered of it, see {@link #memory}
   * @param updated its value after the update, see {@link #updated}
   * @param difference the central finite difference of the loss by it, see {@link #difference}
   */
  public record Parameter(
      double value,
      double gradient,
      double stepGradient,
      Map<String, Double> memory,
      double updated,
      double difference) {}

  /**
   * A number of an array that is trained, of any layer.
   *
   * @param index counted in the array's shape, row by row
   * @throws IllegalArgumentException if the array is not trained
   */
  public Parameter parameter(int layer, Slot slot, int index) {
    if (!slot.trained()) {
      throw new IllegalArgumentException(
          "The array %s of %s is not trained: it has no gradient."
              .formatted(slot.name(), architecture.nameOf(layer)));
    }
    int at = at(layer, slot, index);
    return new Parameter(
        parameters[at],
        gradients[at],
        stepGradients[at],
        memoryOf(at),
        updated[at],
        GradientCheck.difference(
            plain.array(layer, slot.name()),
            index,
            () -> lossScale * plain.loss(outputLoss, layer)));
  }

  private int at(int layer, Slot slot, int index) {
    return Architecture.indexOf(slot, architecture.at(layer, slot.name()), index);
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    Arrays.setAll(doubles, i -> floats[i] + 0.0); // 0 for -0, which readers wonder at
    return doubles;
  }
}
