package dev.glia.inspection;

import dev.glia.activation.Activation;
import dev.glia.activation.Elementwise;
import dev.glia.layer.Slot;
import dev.glia.loss.OutputLoss;
import dev.glia.network.Architecture;
import dev.glia.training.Examples;
import java.util.SplittableRandom;

/**
 * How far rounding alone can bring the engine's gradients, and finite differences of the loss, from
 * the true gradients.
 *
 * <p>Of networks whose layers are all dense; {@link LastBits} is for others.
 *
 * <p>A gradient is a sum. Where its terms cancel, the sum may be 0 and the rounding of its terms is
 * not. So the size of the sum says nothing about its error, and neither does that of an
 * activation's derivative that is taken from {@code 1 - a * a}. This class repeats forward and
 * backward pass in double precision, once as they are and some times with every product, sum,
 * activation and derivative off by up to half a unit in the last place of a float, at random. What
 * then changes is what rounding can change.
 */
final class RoundingNoise implements GradientCheck.Noise {

  private static final double FLOAT = 0x1p-24; // how far rounding changes a float, relative to it
  private static final double DOUBLE = 0x1p-53;
  private static final int SAMPLES = 4;

  /** The engine rounds in another order, and its errors may add up worse than these samples'. */
  private static final double SAFETY = 8;

  private final Architecture architecture;
  private final float[] parameters;
  private final Examples examples;
  private final OutputLoss outputLoss;
  private final double scale;
  private final double[][] changes = new double[SAMPLES][]; // as the parameters are laid out
  private final double lossNoise; // of a loss in double precision

  private double unit; // how much a number is changed
  private SplittableRandom random = new SplittableRandom(1); // the same noise in every run
  private double loss;

  /** Finds out how much rounding changes; {@code parameters} are as {@link Architecture} has it. */
  RoundingNoise(
      Architecture architecture,
      float[] parameters,
      Examples examples,
      OutputLoss outputLoss,
      double scale) {
    this.architecture = architecture;
    this.parameters = parameters;
    this.examples = examples;
    this.outputLoss = outputLoss;
    this.scale = scale;
    double[] exact = gradients(0);
    double exactLoss = loss;
    double lossChange = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      changes[sample] = gradients(FLOAT);
      for (int i = 0; i < exact.length; i++) {
        changes[sample][i] -= exact[i];
      }
      lossChange = Math.max(lossChange, Math.abs(loss - exactLoss));
    }
    lossNoise = DOUBLE * (Math.abs(exactLoss) + lossChange / FLOAT);
  }

  @Override
  public double of(int layer, Slot slot, double step) {
    return slot.shape().size() == 2 ? ofWeights(layer, step) : ofBiases(layer, step);
  }

  /** The norm of the noise in the gradients by the weights of a layer. */
  private double ofWeights(int layer, double step) {
    double most = 0;
    for (double[] change : changes) {
      double squares = 0;
      for (int in = 0; in < architecture.inputsOf(layer); in++) {
        for (int unit = 0; unit < architecture.unitsOf(layer); unit++) {
          double off = change[architecture.weightAt(layer, in, unit)];
          squares += off * off;
        }
      }
      most = Math.max(most, Math.sqrt(squares));
    }
    int count = architecture.inputsOf(layer) * architecture.unitsOf(layer);
    return SAFETY * (most + lossNoise / step * Math.sqrt(count));
  }

  /** The norm of the noise in the gradients by the biases of a layer. */
  private double ofBiases(int layer, double step) {
    double most = 0;
    for (double[] change : changes) {
      double squares = 0;
      for (int unit = 0; unit < architecture.unitsOf(layer); unit++) {
        double off = change[architecture.biasesAt(layer) + unit];
        squares += off * off;
      }
      most = Math.max(most, Math.sqrt(squares));
    }
    return SAFETY * (most + lossNoise / step * Math.sqrt(architecture.unitsOf(layer)));
  }

  /** The gradients of all examples, with every number changed by up to so much of it. */
  private double[] gradients(double unit) {
    this.unit = unit;
    loss = 0;
    double[] gradients = new double[parameters.length];
    int depth = architecture.depth();
    double[][] a = new double[depth + 1][]; // the first are the inputs
    double[][] z = new double[depth][];
    a[0] = new double[architecture.inputs()];
    for (int layer = 0; layer < depth; layer++) {
      z[layer] = new double[architecture.unitsOf(layer)];
      a[layer + 1] = new double[architecture.unitsOf(layer)];
    }
    double[] y = new double[architecture.outputs()];
    for (int row = 0; row < examples.rows(); row++) {
      examples.copyInput(row, a[0]);
      examples.copyTarget(row, y);
      for (int layer = 0; layer < depth; layer++) {
        forward(layer, a[layer], z[layer], a[layer + 1]);
      }
      loss += scale * outputLoss.value(z[depth - 1], a[depth], y);
      double[] dz = outputGradient(z[depth - 1], a[depth], y);
      for (int layer = depth - 1; layer >= 0; layer--) {
        addGradients(layer, a[layer], dz, gradients);
        if (layer > 0) {
          dz = backward(layer, z[layer - 1], a[layer], dz);
        }
      }
    }
    return gradients;
  }

  private void forward(int layer, double[] in, double[] z, double[] a) {
    for (int unit = 0; unit < z.length; unit++) {
      double sum = parameters[architecture.biasesAt(layer) + unit];
      for (int i = 0; i < in.length; i++) {
        sum += rounded(in[i] * parameters[architecture.weightAt(layer, i, unit)]);
      }
      z[unit] = rounded(sum);
    }
    architecture.activationOf(layer).forward(z, a);
    for (int unit = 0; unit < a.length; unit++) {
      a[unit] = rounded(a[unit]);
    }
  }

  private double[] outputGradient(double[] z, double[] a, double[] y) {
    double[] dz = new double[z.length];
    outputLoss.gradient(z, a, y, dz);
    for (int i = 0; i < dz.length; i++) {
      double cancelled = // what the gradient is the difference of, or a factor of it
          switch (outputLoss) {
            case OutputLoss.Chained chained -> Math.abs(chained.loss().derivative(a[i], y[i]));
            default -> Math.abs(a[i]) + Math.abs(y[i]);
          };
      dz[i] = scale * (rounded(dz[i]) + noise() * cancelled);
    }
    return dz;
  }

  /** The gradients by the sums z of the layer below, whose activations are a. */
  private double[] backward(int layer, double[] z, double[] a, double[] dzAbove) {
    double[] da = new double[z.length];
    double greatest = 0;
    for (int i = 0; i < da.length; i++) {
      for (int unit = 0; unit < dzAbove.length; unit++) {
        da[i] += rounded(dzAbove[unit] * parameters[architecture.weightAt(layer, i, unit)]);
      }
      greatest = Math.max(greatest, Math.abs(da[i]));
    }
    Activation activation = architecture.activationOf(layer - 1);
    double[] dz = new double[z.length];
    activation.backward(z, a, da, dz);
    for (int i = 0; i < dz.length; i++) {
      double factor = activation instanceof Elementwise ? da[i] : greatest;
      dz[i] = rounded(dz[i]) + noise() * factor; // derivatives of 1 and less, as 1 - a * a
    }
    return dz;
  }

  private void addGradients(int layer, double[] in, double[] dz, double[] gradients) {
    for (int unit = 0; unit < dz.length; unit++) {
      gradients[architecture.biasesAt(layer) + unit] += rounded(dz[unit]);
      for (int i = 0; i < in.length; i++) {
        gradients[architecture.weightAt(layer, i, unit)] += rounded(in[i] * dz[unit]);
      }
    }
  }

  private double rounded(double value) {
    return value + value * noise();
  }

  private double noise() {
    return unit == 0 ? 0 : unit * (2 * random.nextDouble() - 1);
  }
}
