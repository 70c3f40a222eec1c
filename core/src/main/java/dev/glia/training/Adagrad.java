package dev.glia.training;

import dev.glia.internal.text.Call;
import java.util.Map;

/**
 * Adagrad: the gradient over the root of all its squares so far; {@code s += g^2; p -= rate * g /
 * (sqrt(s) + epsilon)}.
 *
 * <p>Duchi, Hazan and Singer (2011), as PyTorch has it.
 *
 * @param epsilon added to the divisor
 */
public record Adagrad(double epsilon) implements Optimizer {

  /** Checks the setting. */
  public Adagrad {
    Optimizer.checkPositive("adagrad", "epsilon", epsilon);
  }

  @Override
  public String name() {
    return Call.text("adagrad", epsilon);
  }

  @Override
  public State newState(int size) {
    return new AdagradState((float) epsilon, new float[size]);
  }

  private static final class AdagradState implements State {
    private final float epsilon;
    private final float[] sum; // [size]: all squares so far
    private float rate;

    AdagradState(float epsilon, float[] sum) {
      this.epsilon = epsilon;
      this.sum = sum;
    }

    @Override
    public void beginStep(double learningRate) {
      rate = (float) learningRate;
    }

    @Override
    public void update(float[] parameters, float[] gradients, int from, int to) {
      for (int i = from; i < to; i++) {
        float g = gradients[i];
        float s = sum[i] + g * g;
        sum[i] = s;
        parameters[i] -= rate * (g / ((float) Math.sqrt(s) + epsilon));
      }
    }

    @Override
    public Map<String, Double> memory(int parameter) {
      return Map.of("s", (double) sum[parameter]);
    }

    @Override
    public State copy() {
      return new AdagradState(epsilon, sum.clone());
    }

    @Override
    public long bytes() {
      return (long) Float.BYTES * sum.length;
    }
  }
}
