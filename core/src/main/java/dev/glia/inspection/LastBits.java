package dev.glia.inspection;

import dev.glia.layer.Slot;
import dev.glia.network.Architecture;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * How far rounding alone can bring the gradients of a network of any layers from the true ones: the
 * engine runs again, some times, with all parameters off by up to a unit in their last place. What
 * then changes, rounding can change.
 *
 * <p>It sees less than {@link RoundingNoise}, which follows each number but knows dense layers
 * alone: how an activation's derivative such as {@code 1 - a * a} rounds where it is flat shows in
 * no parameter. So a gradient that is nothing but such rounding may be said to be wrong.
 */
final class LastBits implements GradientCheck.Noise {

  private static final float FLOAT = 0x1p-23f; // a unit in the last place, relative to a number
  private static final double DOUBLE = 0x1p-53;
  private static final int SAMPLES = 4;

  /** Sums within a layer round, too, and their errors may add up worse than these samples'. */
  private static final double SAFETY = 8;

  private final Architecture architecture;
  private final double[][] changes = new double[SAMPLES][]; // as the parameters are laid out
  private final double lossNoise; // of a loss in double precision

  /**
   * Finds out.
   *
   * @param gradients by the parameters, as the engine has them
   * @param engine gives them for other parameters
   */
  LastBits(
      Architecture architecture,
      float[] parameters,
      float[] gradients,
      UnaryOperator<float[]> engine,
      double loss) {
    this.architecture = architecture;
    lossNoise = DOUBLE * (1 + Math.abs(loss));
    SplittableRandom random = new SplittableRandom(1); // the same noise in every run
    for (int sample = 0; sample < SAMPLES; sample++) {
      float[] other = parameters.clone();
      for (int i = 0; i < other.length; i++) {
        other[i] *= 1 + FLOAT * (2 * random.nextInt(2) - 1);
      }
      float[] off = engine.apply(other);
      changes[sample] = new double[off.length];
      for (int i = 0; i < off.length; i++) {
        changes[sample][i] = (double) off[i] - gradients[i];
      }
    }
  }

  @Override
  public double of(int layer, Slot slot, double step) {
    int start = architecture.at(layer, slot.name());
    double most = 0;
    for (double[] change : changes) {
      double squares = 0;
      for (int i = 0; i < slot.size(); i++) {
        double off = change[Architecture.indexOf(slot, start, i)];
        squares += off * off;
      }
      most = Math.max(most, Math.sqrt(squares));
    }
    return SAFETY * (most + lossNoise / step * Math.sqrt((double) slot.size()));
  }
}
