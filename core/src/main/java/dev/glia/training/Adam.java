package dev.glia.training;

import dev.glia.internal.text.Call;
import java.util.Map;

/**
 * Adam: steps as long as the gradient's mean over its root mean square.
 *
 * <p>Kingma and Ba (2015), in PyTorch's form: {@code p -= rate / (1 - beta1^t) * m / (sqrt(v) /
 * sqrt(1 - beta2^t) + epsilon)}. With a weight decay it is AdamW (Loshchilov and Hutter, 2019),
 * which shrinks the parameters themselves, {@code p -= rate * decay * p}, before the step.
 *
 * @param beta1 share of the old mean, at least 0 and under 1
 * @param beta2 share of the old mean square, at least 0 and under 1
 * @param epsilon added to the divisor
 * @param weightDecay 0 for plain Adam
 */
public record Adam(double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {

  /** Checks the settings. */
  public Adam {
    Optimizer.checkShare("adam", "beta1", beta1);
    Optimizer.checkShare("adam", "beta2", beta2);
    Optimizer.checkPositive("adam", "epsilon", epsilon);
    Optimizer.checkNotNegative("adamw", "weight_decay", weightDecay);
    weightDecay += 0.0; // which makes 0 of -0: both are plain Adam, whose name has no decay
  }

  /** Plain Adam with the paper's settings: 0.9, 0.999, 1e-8. */
  public Adam() {
    this(0.9, 0.999, 1e-8, 0);
  }

  @Override
  public String name() {
    if (equals(new Adam())) {
      return "adam";
    }
    return weightDecay == 0
        ? Call.text("adam", beta1, beta2, epsilon)
        : Call.text("adamw", weightDecay, beta1, beta2, epsilon);
  }

  @Override
  public State newState(int size) {
    return new AdamState(this, new float[size], new float[size], 0);
  }

  private static final class AdamState implements State {
    private final Adam adam;
    private final float[] mean; // [size]: m
    private final float[] square; // [size]: v
    private long step;
    private float meanRate; // rate / (1 - beta1^t)
    private float squareScale; // 1 / sqrt(1 - beta2^t)
    private float keep; // 1 - rate * decay

    AdamState(Adam adam, float[] mean, float[] square, long step) {
      this.adam = adam;
      this.mean = mean;
      this.square = square;
      this.step = step;
    }

    @Override
    public void beginStep(double learningRate) {
      step++;
      meanRate = (float) (learningRate / (1 - StrictMath.pow(adam.beta1, (double) step)));
      squareScale = (float) (1 / Math.sqrt(1 - StrictMath.pow(adam.beta2, (double) step)));
      keep = (float) (1 - learningRate * adam.weightDecay);
    }

    @Override
    public void update(float[] parameters, float[] gradients, int from, int to) {
      float keepMean = (float) adam.beta1;
      float addMean = (float) (1 - adam.beta1);
      float keepSquare = (float) adam.beta2;
      float addSquare = (float) (1 - adam.beta2);
      float epsilon = (float) adam.epsilon;
      for (int i = from; i < to; i++) {
        float g = gradients[i];
        float m = keepMean * mean[i] + addMean * g;
        float v = keepSquare * square[i] + addSquare * (g * g);
        mean[i] = m;
        square[i] = v;
        float divisor = (float) Math.sqrt(v) * squareScale + epsilon;
        parameters[i] = keep * parameters[i] - meanRate * (m / divisor);
      }
    }

    @Override
    public Map<String, Double> memory(int parameter) {
      return Map.of(
          "m", (double) mean[parameter], "v", (double) square[parameter], "t", (double) step);
    }

    @Override
    public State copy() {
      return new AdamState(adam, mean.clone(), square.clone(), step);
    }

    @Override
    public long bytes() {
      return 2L * Float.BYTES * mean.length;
    }
  }
}
