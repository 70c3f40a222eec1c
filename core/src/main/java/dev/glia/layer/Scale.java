package dev.glia.layer;

import static dev.glia.internal.kernel.Kernel.LANES;

import dev.glia.internal.text.Call;
import java.util.List;

/**
 * Multiplies each feature by a number that is learnt, 1 at first: {@code y = weight * x}.
 *
 * <p>In front of the first dense layer it lets a network learn which features count: the scaling
 * layer of RealMLP (Holzmueller, Grinsztajn and Steinwart, "Better by Default", 2024).
 *
 * @param rate what the learning rate is multiplied by for these numbers, over 0; RealMLP takes 6
 */
public record Scale(double rate) implements Layer {

  private static final String WEIGHT = "weight";

  /** Checks the rate. */
  public Scale {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("scale's rate must be over 0, got " + rate + ".");
    }
  }

  /** At the learning rate of the others. */
  public Scale() {
    this(1);
  }

  @Override
  public String name() {
    return rate == 1 ? "scale" : Call.text("scale", rate);
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public List<Slot> slots(int inputs) {
    return List.of(Slot.trained(WEIGHT, 1, inputs).withShares(rate, 1));
  }

  @Override
  public Pass pass(Place place) {
    int weight = place.at(WEIGHT);
    int stride = place.outStride();
    return new Pass() {
      @Override
      public void forward(float[] parameters, int from, int to) {
        multiply(parameters, place.in(), place.out(), from, to);
      }

      @Override
      public void backward(float[] parameters, int from, int to) {
        if (place.wantsInGradient()) {
          multiply(parameters, place.outGradient(), place.inGradient(), from, to);
        }
      }

      private void multiply(float[] parameters, float[] source, float[] target, int from, int to) {
        for (int row = from; row < to; row++) {
          int start = row * stride;
          for (int unit = 0; unit < stride; unit++) {
            target[start + unit] = parameters[weight + unit] * source[start + unit];
          }
        }
      }

      @Override
      public int shareStart(int part, int parts, int size) {
        return (int) ((long) stride / LANES * part / parts) * LANES;
      }

      @Override
      public void gradients(int rows, int part, int parts) {
        int from = shareStart(part, parts, stride);
        int to = shareStart(part + 1, parts, stride);
        float[] x = place.in();
        float[] d = place.outGradient();
        float[] sums = place.gradients();
        for (int unit = from; unit < to; unit++) {
          sums[weight + unit] = 0;
        }
        for (int row = 0; row < rows; row++) {
          int start = row * stride;
          for (int unit = from; unit < to; unit++) {
            sums[weight + unit] += d[start + unit] * x[start + unit];
          }
        }
      }
    };
  }

  @Override
  public double[][] textbook(double[][] x, Numbers arrays, Batch batch) {
    double[] weight = arrays.get(WEIGHT);
    double[][] y = new double[x.length][weight.length];
    for (int row = 0; row < x.length; row++) {
      for (int unit = 0; unit < weight.length; unit++) {
        y[row][unit] = weight[unit] * x[row][unit];
      }
    }
    return y;
  }

  @Override
  public String toString() {
    return name();
  }
}
