package dev.glia.training;

import dev.glia.internal.text.Call;
import java.util.Map;

/**
 * RMSprop: the gradient over its root mean square; {@code v = alpha * v + (1 - alpha) * g^2; p -=
 * rate * g / (sqrt(v) + epsilon)}.
 *
 * <p>Tieleman and Hinton (2012), not centred, as PyTorch has it.
 *
 * @param alpha share of the old mean square, at least 0 and under 1
 * @param epsilon added to the divisor
 */
public record RmsProp(double alpha, double epsilon) implements Optimizer {

  /** Checks the settings. */
  public RmsProp {
    Optimizer.checkShare("rmsprop", "alpha", alpha);
    Optimizer.checkPositive("rmsprop", "epsilon", epsilon);
  }

  @Override
  public String name() {
    return Call.text("rmsprop", alpha, epsilon);
  }

  @Override
  public State newState(int size) {
    return new RmsPropState((float) alpha, (float) (1 - alpha), (float) epsilon, new float[size]);
  }

  private static final class RmsPropState implements State {
    private final float keep;
    private final float add;
    private final float epsilon;
    private final float[] square; // [size]: v
    private float rate;

    RmsPropState(float keep, float add, float epsilon, float[] square) {
      this.keep = keep;
      this.add = add;
      this.epsilon = epsilon;
      this.square = square;
    }

    @Override
    public void beginStep(double learningRate) {
      rate = (float) learningRate;
    }

    @Override
    public void update(float[] parameters, float[] gradients, int from, int to) {
      for (int i = from; i < to; i++) {
        float g = gradients[i];
        float v = keep * square[i] + add * (g * g);
        square[i] = v;
        parameters[i] -= rate * (g / ((float) Math.sqrt(v) + epsilon));
      }
    }

    @Override
    public Map<String, Double> memory(int parameter) {
      return Map.of("v", (double) square[parameter]);
    }

    @Override
    public State copy() {
      return new RmsPropState(keep, add, epsilon, square.clone());
    }

    @Override
    public long bytes() {
      return (long) Float.BYTES * square.length;
    }
  }
}
