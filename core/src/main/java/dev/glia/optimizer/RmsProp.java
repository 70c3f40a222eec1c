package dev.glia.optimizer;

import dev.glia.internal.text.Call;
import java.util.List;

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
  public List<String> memory() {
    return List.of("v");
  }

  @Override
  public void update(
      float[] factors, float[] parameters, float[] gradients, float[][] memory, int from, int to) {
    float rate = factors[0];
    float keep = (float) alpha;
    float add = (float) (1 - alpha);
    float eps = (float) epsilon;
    float[] square = memory[0];
    for (int i = from; i < to; i++) {
      float g = gradients[i];
      float v = keep * square[i] + add * (g * g);
      square[i] = v;
      parameters[i] -= rate * (g / ((float) Math.sqrt(v) + eps));
    }
  }
}
