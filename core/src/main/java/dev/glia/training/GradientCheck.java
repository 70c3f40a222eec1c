package dev.glia.training;

import dev.glia.internal.kernel.Kernel;
import dev.glia.network.Architecture;
import dev.glia.network.Elementwise;
import dev.glia.network.Network;
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
  private final PlainForward plain;
  private final float[] engine; // the gradients, laid out as the parameters
  private final RoundingNoise noise;
  private final double loss; // of all examples, with the parameters as they are

  private GradientCheck(Network network, Examples examples, Loss loss, Kernel kernel) {
    architecture = network.architecture();
    examples.checkFit(architecture);
    this.examples = examples;
    outputLoss = loss.after(architecture.activationOf(architecture.depth() - 1));
    float[] parameters = network.parameters();
    lossScale = loss.scale(examples.rows(), architecture.outputs());
    noise = new RoundingNoise(architecture, parameters, examples, outputLoss, lossScale);
    plain = new PlainForward(architecture, parameters);
    this.loss = loss();
    engine =
        new EngineGradients(architecture, parameters, examples, loss, outputLoss, kernel)
            .gradients();
  }

  /**
   * The comparison of one layer's weights or biases.
   *
   * @param layer from 0
   * @param name {@code weights} or {@code biases}
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
   * @return for each layer its weights, then its biases
   * @throws IllegalArgumentException if network, examples and loss do not fit
   */
  public static List<Comparison> run(
      Network network, Examples examples, Loss loss, KernelChoice kernel) {
    GradientCheck check = new GradientCheck(network, examples, loss, kernel.kernel());
    List<Comparison> comparisons = new ArrayList<>();
    for (int layer = 0; layer < check.architecture.depth(); layer++) {
      comparisons.add(check.compareWeights(layer));
      comparisons.add(check.compareBiases(layer));
    }
    return comparisons;
  }

  private Comparison compareWeights(int layer) {
    Agreement agreement = new Agreement();
    for (int in = 0; in < architecture.inputsOf(layer); in++) {
      for (int unit = 0; unit < architecture.unitsOf(layer); unit++) {
        float gradient = engine[architecture.weightAt(layer, in, unit)];
        agreement.add(gradient, difference(plain.weights(layer, in), unit, gradient));
      }
    }
    return agreement.comparison(layer, "weights", noise.ofWeights(layer, STEP));
  }

  private Comparison compareBiases(int layer) {
    Agreement agreement = new Agreement();
    for (int unit = 0; unit < architecture.unitsOf(layer); unit++) {
      float gradient = engine[architecture.biasesAt(layer) + unit];
      agreement.add(gradient, difference(plain.biases(layer), unit, gradient));
    }
    return agreement.comparison(layer, "biases", noise.ofBiases(layer, STEP));
  }

  /**
   * The derivative by {@code parameters[i]} as finite differences have it.
   *
   * <p>At a kink there are two, one on each side, and a central difference is neither. So if a
   * gradient is not close to it, the differences to both sides are taken, and of all that lies
   * between them what is nearest. Where there is no kink, they are nearly the same. At a kink of an
   * activation even that is too strict: with another such behind it, what the chain rule makes of
   * their derivatives need not lie between those of the loss, so there is nothing to compare with.
   */
  private double difference(double[] parameters, int i, double gradient) {
    double central = difference(parameters, i, this::loss);
    if (Math.abs(gradient - central) <= CLOSE * (Math.abs(gradient) + Math.abs(central))) {
      return central;
    }
    double value = parameters[i];
    parameters[i] = value + SMALL_STEP;
    double above = (loss() - loss) / SMALL_STEP;
    double[] slopesAbove = slopes();
    parameters[i] = value - SMALL_STEP;
    double below = (loss - loss()) / SMALL_STEP;
    double[] slopesBelow = slopes();
    parameters[i] = value;
    for (int unit = 0; unit < slopesAbove.length; unit++) {
      if (Math.abs(slopesAbove[unit] - slopesBelow[unit]) > JUMP) {
        return gradient;
      }
    }
    return Math.clamp(gradient, Math.min(above, below), Math.max(above, below));
  }

  /** The derivatives of all activations that are elementwise, of all examples. */
  private double[] slopes() {
    int units = 0;
    for (int layer = 0; layer < architecture.depth(); layer++) {
      units += architecture.unitsOf(layer);
    }
    double[] slopes = new double[Math.multiplyExact(examples.rows(), units)];
    double[] x = new double[architecture.inputs()];
    double[] y = new double[architecture.outputs()];
    int filled = 0;
    for (int row = 0; row < examples.rows(); row++) {
      examples.copyInput(row, x);
      examples.copyTarget(row, y);
      plain.loss(x, y, outputLoss);
      for (int layer = 0; layer < architecture.depth(); layer++) {
        for (double z : plain.sums(layer)) {
          slopes[filled++] =
              architecture.activationOf(layer) instanceof Elementwise activation
                  ? activation.derivative(z)
                  : 0;
        }
      }
    }
    return slopes;
  }

  /** The loss of all examples. */
  private double loss() {
    double sum = 0;
    double[] x = new double[architecture.inputs()];
    double[] y = new double[architecture.outputs()];
    for (int row = 0; row < examples.rows(); row++) {
      examples.copyInput(row, x);
      examples.copyTarget(row, y);
      sum += plain.loss(x, y, outputLoss);
    }
    return sum * lossScale;
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
