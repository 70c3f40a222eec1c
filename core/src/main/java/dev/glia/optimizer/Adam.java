package dev.glia.optimizer;

import dev.glia.internal.text.Call;
import java.util.List;

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
  public List<String> memory() {
    return List.of("m", "v");
  }

  @Override
  public int factors() {
    return 3;
  }

  @Override
  public void prepare(long step, double learningRate, double decay, float[] factors) {
    factors[0] = (float) (learningRate / (1 - StrictMath.pow(beta1, (double) step)));
    factors[1] = (float) (1 / Math.sqrt(1 - StrictMath.pow(beta2, (double) step)));
    factors[2] = (float) (1 - learningRate * weightDecay * decay);
  }

  @Override
  public void update(
      float[] factors, float[] parameters, float[] gradients, float[][] memory, int from, int to) {
    float meanRate = factors[0];
    float squareScale = factors[1];
    float keep = factors[2];
    float keepMean = (float) beta1;
    float addMean = (float) (1 - beta1);
    float keepSquare = (float) beta2;
    float addSquare = (float) (1 - beta2);
    float eps = (float) epsilon;
    float[] mean = memory[0];
    float[] square = memory[1];
    for (int i = from; i < to; i++) {
      float g = gradients[i];
      float m = keepMean * mean[i] + addMean * g;
      float v = keepSquare * square[i] + addSquare * (g * g);
      mean[i] = m;
      square[i] = v;
      float divisor = (float) Math.sqrt(v) * squareScale + eps;
      parameters[i] = keep * parameters[i] - meanRate * (m / divisor);
    }
  }
}
