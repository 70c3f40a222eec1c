package dev.glia.optimizer;

import dev.glia.internal.text.Call;
import java.util.List;

/**
 * Gradient descent that keeps going the way it went: {@code v = momentum * v + g; p -= rate * v}.
 *
 * <p>Nesterov's variant looks a step ahead: {@code p -= rate * (g + momentum * v)}. Both as
 * PyTorch's {@code SGD} (Sutskever et al. 2013, without its rate inside v).
 *
 * @param momentum at least 0, under 1
 * @param nesterov whether it is Nesterov's
 */
public record Momentum(double momentum, boolean nesterov) implements Optimizer {

  /** Checks the momentum. */
  public Momentum {
    Optimizer.checkShare(nesterov ? "nesterov" : "momentum", "momentum", momentum);
  }

  @Override
  public String name() {
    return Call.text(nesterov ? "nesterov" : "momentum", momentum);
  }

  @Override
  public List<String> memory() {
    return List.of("v");
  }

  @Override
  public void update(
      float[] factors, float[] parameters, float[] gradients, float[][] memory, int from, int to) {
    float rate = factors[0];
    float keep = (float) momentum;
    float[] velocity = memory[0];
    if (nesterov) {
      for (int i = from; i < to; i++) {
        float v = keep * velocity[i] + gradients[i];
        velocity[i] = v;
        parameters[i] -= rate * (gradients[i] + keep * v);
      }
    } else {
      for (int i = from; i < to; i++) {
        float v = keep * velocity[i] + gradients[i];
        velocity[i] = v;
        parameters[i] -= rate * v;
      }
    }
  }
}
