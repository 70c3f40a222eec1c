package dev.glia.training;

import dev.glia.internal.kernel.Kernel;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.network.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

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
  private final PlainBatch plain;
  private final float[] engine; // the gradients, laid out as the parameters

  private GradientCheck(Network network, Examples examples, Loss loss, Kernel kernel) {
    architecture = network.architecture();
    examples.checkFit(architecture);
    this.examples = examples;
    this.loss = loss;
    outputLoss = loss.after(architecture.output().activation());
    float[] parameters = network.parameters();
    plain = new PlainBatch(architecture, parameters, examples, true);
    plain.run();
    engine =
        new EngineGradients(architecture, parameters, examples, loss, outputLoss, kernel)
            .gradients();
  }

  /**
   * The comparison of one layer's weights or biases.
   *
   * @param layer from 0
   * @param name of the array, such as {@code weights} or {@code biases}
   * @param count how many parameters were compared
   * @param difference the Euclidean norm of (engine - differences) over the sum of both norms; 0 if
   *     both are 0. A right gradient gives some 1e-7, a wrong one some 0.1
   */
  public record Comparison(int layer, String name, int count, double difference) {}

  /**
   * Compares the gradients of all layers for one batch of all examples.
   *
   * @return for each layer its trained arrays, such as its weights, then its biases
   * @throws IllegalArgumentException if network, examples and loss do not fit
   */
  public static List<Comparison> run(
      Network network, Examples examples, Loss loss, KernelChoice kernel) {
    GradientCheck check = new GradientCheck(network, examples, loss, kernel.kernel());
    List<Comparison> comparisons = new ArrayList<>();
    for (int layer = 0; layer < check.architecture.depth(); layer++) {
      for (Slot slot : check.architecture.slotsOf(layer)) {
        if (slot.trained()) {
          comparisons.add(check.compare(layer, slot));
        }
      }
    }
    return comparisons;
  }

  private Comparison compare(int layer, Slot slot) {
    Agreement agreement = new Agreement();
    double[] values = plain.array(layer, slot.name());
    int start = architecture.at(layer, slot.name());
    for (int i = 0; i < values.length; i++) {
      float gradient = engine[Architecture.indexOf(slot, start, i)];
      agreement.add(gradient, difference(values, i, () -> loss(layer)));
    }
    return agreement.comparison(layer, inWords(slot));
  }

  private static String inWords(Slot slot) {
    return switch (slot.name()) {
      case "weight" -> "weights";
      case "bias" -> "biases";
      default -> slot.name();
    };
  }

  /** The loss of all examples when nothing has changed before a layer. */
  private double loss(int from) {
    return plain.loss(outputLoss, from) * loss.scale(examples.rows(), architecture.outputs());
  }

  /** The central difference of a loss by {@code parameters[i]}, which is as before afterwards. */
  static double difference(double[] parameters, int i, DoubleSupplier loss) {
    double value = parameters[i];
    parameters[i] = value + STEP;
    double above = loss.getAsDouble();
    parameters[i] = value - STEP;
    double below = loss.getAsDouble();
    parameters[i] = value;
    return (above - below) / (2 * STEP);
  }

  /** How far gradients and finite differences agree, all together. */
  static final class Agreement {
    private int count;
    private double offSquares;
    private double gradientSquares;
    private double differenceSquares;

    void add(double gradient, double difference) {
      count++;
      offSquares += (gradient - difference) * (gradient - difference);
      gradientSquares += gradient * gradient;
      differenceSquares += difference * difference;
    }

    /** See {@link Comparison#difference}. */
    double relative() {
      double norms = Math.sqrt(gradientSquares) + Math.sqrt(differenceSquares);
      return norms == 0 ? 0 : Math.sqrt(offSquares) / norms;
    }

    private Comparison comparison(int layer, String name) {
      return new Comparison(layer, name, count, relative());
    }
  }
}
