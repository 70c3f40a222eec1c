package dev.glia.optimizer;

import dev.glia.internal.text.Call;
import java.util.List;

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
  public List<String> memory() {
    return List.of("s");
  }

  @Override
  public void update(
      float[] factors, float[] parameters, float[] gradients, float[][] memory, int from, int to) {
    float rate = factors[0];
    float eps = (float) epsilon;
    float[] sum = memory[0];
    for (int i = from; i < to; i++) {
      float g = gradients[i];
      float s = sum[i] + g * g;
      sum[i] = s;
      parameters[i] -= rate * (g / ((float) Math.sqrt(s) + eps));
    }
  }
}
