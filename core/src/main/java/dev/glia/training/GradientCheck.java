package dev.glia.training;

import dev.glia.internal.kernel.Kernel;
import dev.glia.network.Architecture;
import dev.glia.network.Backpropagation;
import dev.glia.network.ForwardPass;
import dev.glia.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks the engine's gradients against finite differences.
 *
 * <p>The differences are central, {@code (L(p + h) - L(p - h)) / 2h}, of a plain forward pass in
 * double precision, so that what remains is the engine's own rounding.
 */
public final class GradientCheck {

  /** Truncation is near 1e-10 and rounding near 1e-11, both far below the engine's 1e-7. */
  private static final double STEP = 1e-5;

  private final Architecture architecture;
  private final Examples examples;
  private final Loss loss;
  private final OutputLoss outputLoss;
  private final float[] parameters; // as Architecture lays them out

  private GradientCheck(Network network, Examples examples, Loss loss) {
    architecture = network.architecture();
    examples.checkFit(architecture);
    this.examples = examples;
    this.loss = loss;
    outputLoss = loss.after(architecture.activationOf(architecture.depth() - 1));
    parameters = network.parameters();
  }

  /**
   * The comparison of one layer's weights or biases.
   *
   * @param layer from 0
   * @param name {@code weights} or {@code biases}
   * @param count how many parameters were compared
   * @param difference the Euclidean norm of (engine - differences) over the sum of both norms; 0 if
   *     both are 0. A right gradient gives some 1e-7, a wrong one some 0.1
   */
  public record Comparison(int layer, String name, int count, double difference) {}

  /**
   * Compares the gradients of all layers for one batch of all examples.
   *
   * @return for each layer its weights, then its biases
   * @throws IllegalArgumentException if network, examples and loss do not fit
   */
  public static List<Comparison> run(
      Network network, Examples examples, Loss loss, KernelChoice kernel) {
    GradientCheck check = new GradientCheck(network, examples, loss);
    float[] engine = check.engineGradients(kernel.kernel());
    List<Comparison> comparisons = new ArrayList<>();
    Architecture a = check.architecture;
    for (int layer = 0; layer < a.depth(); layer++) {
      comparisons.add(check.compare(engine, layer, "weights", check.weightsOf(layer)));
      comparisons.add(check.compare(engine, layer, "biases", check.biasesOf(layer)));
    }
    return comparisons;
  }

  private float[] engineGradients(Kernel kernel) {
    int rows = examples.rows();
    ForwardPass forward = new ForwardPass(architecture, rows, kernel);
    Backpropagation backward = new Backpropagation(architecture, forward, kernel);
    backward.transpose(parameters, 0, 1);
    int[] order = new int[rows];
    Arrays.setAll(order, row -> row);
    examples.giveInputs(forward, order, 0);
    examples.copyInputs(forward, order, 0, 0, rows);
    forward.run(parameters, 0, rows);
    int outputs = architecture.outputs();
    float[] targets = new float[rows * Kernel.stride(outputs)]; // [rows][stride]
    examples.copyTargets(order, 0, targets, 0, rows);
    outputLoss.gradient(
        kernel,
        forward.outputSums(),
        forward.output(),
        targets,
        backward.outputGradient(),
        0,
        rows,
        outputs,
        loss.scale(rows, outputs));
    backward.run(0, rows);
    for (int layer = 0; layer < architecture.depth(); layer++) {
      backward.gradients(layer, rows, 0, 1);
    }
    return backward.gradients();
  }

  /** Where the weights of a layer stand. */
  private int[] weightsOf(int layer) {
    int units = architecture.unitsOf(layer);
    int[] places = new int[architecture.inputsOf(layer) * units];
    Arrays.setAll(places, i -> architecture.weightAt(layer, i / units, i % units));
    return places;
  }

  /** Where the biases of a layer stand. */
  private int[] biasesOf(int layer) {
    int[] places = new int[architecture.unitsOf(layer)];
    Arrays.setAll(places, unit -> architecture.biasesAt(layer) + unit);
    return places;
  }

  /** Compares the parameters at some places. */
  private Comparison compare(float[] engine, int layer, String name, int[] places) {
    double[] shifted = new double[parameters.length];
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = parameters[i];
    }
    double offSquares = 0;
    double engineSquares = 0;
    double differenceSquares = 0;
    for (int i : places) {
      double difference = finiteDifference(shifted, i);
      offSquares += (engine[i] - difference) * (engine[i] - difference);
      engineSquares += (double) engine[i] * engine[i];
      differenceSquares += difference * difference;
    }
    double norms = Math.sqrt(engineSquares) + Math.sqrt(differenceSquares);
    double relative = norms == 0 ? 0 : Math.sqrt(offSquares) / norms;
    return new Comparison(layer, name, places.length, relative);
  }

  private double finiteDifference(double[] shifted, int i) {
    double value = shifted[i];
    shifted[i] = value + STEP;
    double above = loss(shifted);
    shifted[i] = value - STEP;
    double below = loss(shifted);
    shifted[i] = value;
    return (above - below) / (2 * STEP);
  }

  /** The loss of all examples: the forward pass as a textbook has it. */
  private double loss(double[] p) {
    double sum = 0;
    float[] input = new float[architecture.inputs()];
    double[] y = new double[architecture.outputs()];
    for (int row = 0; row < examples.rows(); row++) {
      examples.copyInput(row, input, 0);
      double[] a = new double[input.length];
      for (int i = 0; i < a.length; i++) {
        a[i] = input[i];
      }
      double[] z = a;
      for (int layer = 0; layer < architecture.depth(); layer++) {
        z = sums(p, layer, a);
        a = new double[z.length];
        architecture.activationOf(layer).forward(z, a);
      }
      examples.copyTarget(row, y);
      sum += outputLoss.value(z, a, y);
    }
    return sum * loss.scale(examples.rows(), architecture.outputs());
  }

  private double[] sums(double[] p, int layer, double[] a) {
    double[] z = new double[architecture.unitsOf(layer)];
    for (int out = 0; out < z.length; out++) {
      z[out] = p[architecture.biasesAt(layer) + out];
      for (int in = 0; in < a.length; in++) {
        z[out] += a[in] * p[architecture.weightAt(layer, in, out)];
      }
    }
    return z;
  }
}
