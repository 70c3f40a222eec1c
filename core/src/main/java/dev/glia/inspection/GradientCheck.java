package dev.glia.inspection;

import dev.glia.compute.KernelChoice;
import dev.glia.layer.Slot;
import dev.glia.loss.Loss;
import dev.glia.loss.OutputLoss;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.training.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Checks the engine's gradients against finite differences.
 *
 * <p>The differences are central, {@code (L(p + h) - L(p - h)) / 2h}, of a plain forward pass in
 * double precision, so that what remains is the engine's own rounding. How much that can be is
 * found out, too: a gradient that is truly 0 is right if it is 0 but for {@link RoundingNoise}.
 */
public final class GradientCheck {

  /** Truncation is near 1e-10 and rounding near 1e-11, both far below the engine's 1e-7. */
  private static final double STEP = 1e-5;

  /**
   * The engine's float32 sums leave a relative difference of some 1e-7 to 1e-6; a wrong formula one
   * of 0.01 or more.
   */
  private static final double LIMIT = 1e-4;

  /** A parameter that is further off is looked at again: it may lie at a kink, such as relu's. */
  private static final double CLOSE = 1e-5;

  /** The step of that second look. */
  private static final double SMALL_STEP = STEP / 16;

  /** More than a smooth activation's derivative changes over that step. */
  private static final double JUMP = 1e-3;

  private final Architecture architecture;
  private final Examples examples;
  private final OutputLoss outputLoss;
  private final double lossScale;
  private final PlainBatch plain;
  private final float[] engine; // the gradients, laid out as the parameters
  private final Noise noise;
  private final double loss; // of all examples, with the parameters as they are

  /** What rounding alone can do. */
  @FunctionalInterface
  interface Noise {
    /** The norm of the noise in the gradients by an array; {@code step} is of the differences. */
    double of(int layer, Slot slot, double step);
  }

  private GradientCheck(Network network, Examples examples, Loss loss, KernelChoice kernel) {
    architecture = network.architecture();
    examples.checkFit(architecture);
    this.examples = examples;
    outputLoss = loss.after(architecture.output().activation());
    float[] parameters = network.parameters();
    lossScale = loss.scale(examples.rows(), architecture.outputs());
    plain = new PlainBatch(architecture, parameters, examples, true);
    plain.run();
    this.loss = loss(0);
    engine = gradients(parameters.clone(), loss, kernel);
    noise =
        architecture.allDense()
            ? new RoundingNoise(architecture, parameters, examples, outputLoss, lossScale)
            : new LastBits(
                architecture, parameters, engine, p -> gradients(p, loss, kernel), this.loss);
  }

  private float[] gradients(float[] parameters, Loss loss, KernelChoice kernel) {
    return new EngineGradients(architecture, parameters, examples, loss, outputLoss, kernel)
        .gradients();
  }

  /**
   * The comparison of one array of a layer.
   *
   * @param layer from 0
   * @param name of the array, such as {@code weights} or {@code biases}
   * @param count how many parameters were compared
   * @param difference the Euclidean norm of (engine - differences) over the sum of both norms; 0 if
   *     both are 0. A right gradient gives some 1e-7, a wrong one some 0.1. Gradients so small that
   *     rounding alone would bring the quotient to its limit are taken for as large as that
   */
  public record Comparison(int layer, String name, int count, double difference) {

    /** Whether rounding can explain the difference. */
    public boolean isRight() {
      return difference <= LIMIT;
    }
  }

  /**
   * Compares the gradients of all layers for one batch of all examples.
   *
   * @return for each layer its trained arrays, such as its weights, then its biases
   * @throws IllegalArgumentException if network, examples and loss do not fit
   */
  public static List<Comparison> run(
      Network network, Examples examples, Loss loss, KernelChoice kernel) {
    GradientCheck check = new GradientCheck(network, examples, loss, kernel);
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
      agreement.add(gradient, difference(layer, values, i, gradient));
    }
    return agreement.comparison(layer, inWords(slot), noise.of(layer, slot, STEP));
  }

  private static String inWords(Slot slot) {
    return switch (slot.name()) {
      case "weight" -> "weights";
      case "bias" -> "biases";
      default -> slot.name();
    };
  }

  /**
   * The derivative by {@code parameters[i]} of a layer as finite differences have it.
   *
   * <p>At a kink there are two, one on each side, and a central difference is neither. So if a
   * gradient is not close to it, the differences to both sides are taken, and of all that lies
   * between them what is nearest. Where there is no kink, they are nearly the same. At a kink of an
   * activation even that is too strict: with another such behind it, what the chain rule makes of
   * their derivatives need not lie between those of the loss, so there is nothing to compare with.
   */
  private double difference(int layer, double[] parameters, int i, double gradient) {
    double central = difference(parameters, i, () -> loss(layer));
    if (Math.abs(gradient - central) <= CLOSE * (Math.abs(gradient) + Math.abs(central))) {
      return central;
    }
    double value = parameters[i];
    parameters[i] = value + SMALL_STEP;
    double above = (loss(layer) - loss) / SMALL_STEP;
    double[] slopesAbove = plain.slopes();
    parameters[i] = value - SMALL_STEP;
    double below = (loss - loss(layer)) / SMALL_STEP;
    double[] slopesBelow = plain.slopes();
    parameters[i] = value;
    for (int unit = 0; unit < slopesAbove.length; unit++) {
      if (Math.abs(slopesAbove[unit] - slopesBelow[unit]) > JUMP) {
        return gradient;
      }
    }
    return Math.clamp(gradient, Math.min(above, below), Math.max(above, below));
  }

  /** The loss of all examples where nothing has changed before a layer. */
  private double loss(int from) {
    return plain.loss(outputLoss, from) * lossScale;
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

    /** See {@link Comparison#difference}; without an idea of rounding. */
    double relative() {
      return relative(0);
    }

    private double relative(double noise) {
      double norms = Math.sqrt(gradientSquares) + Math.sqrt(differenceSquares);
      double size = Math.max(norms, noise / LIMIT);
      return offSquares == 0 ? 0 : Math.sqrt(offSquares) / size;
    }

    private Comparison comparison(int layer, String name, double noise) {
      return new Comparison(layer, name, count, relative(noise));
    }
  }
}
