package dev.glia.training;

import dev.glia.internal.text.Call;
import java.util.Map;

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
  public State newState(int size) {
    return new MomentumState((float) momentum, nesterov, new float[size]);
  }

  private static final class MomentumState implements State {
    private final float momentum;
    private final boolean nesterov;
    private final float[] velocity; // [size]
    private float rate;

    MomentumState(float momentum, boolean nesterov, float[] velocity) {
      this.momentum = momentum;
      this.nesterov = nesterov;
      this.velocity = velocity;
    }

    @Override
    public void beginStep(double learningRate) {
      rate = (float) learningRate;
    }

    @Override
    public void update(float[] parameters, float[] gradients, int from, int to) {
      if (nesterov) {
        for (int i = from; i < to; i++) {
          float v = momentum * velocity[i] + gradients[i];
          velocity[i] = v;
          parameters[i] -= rate * (gradients[i] + momentum * v);
        }
      } else {
        for (int i = from; i < to; i++) {
          float v = momentum * velocity[i] + gradients[i];
          velocity[i] = v;
          parameters[i] -= rate * v;
        }
      }
    }

    @Override
    public Map<String, Double> memory(int parameter) {
      return Map.of("v", (double) velocity[parameter]);
    }

    @Override
    public State copy() {
      return new MomentumState(momentum, nesterov, velocity.clone());
    }

    @Override
    public long bytes() {
      return (long) Float.BYTES * velocity.length;
    }
  }
}
