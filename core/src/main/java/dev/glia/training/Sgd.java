package dev.glia.training;

import java.util.Map;

/** Gradient descent: {@code p -= rate * g}. */
public record Sgd() implements Optimizer {

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public State newState(int size) {
    return new SgdState();
  }

  private static final class SgdState implements State {
    private float rate;

    @Override
    public void beginStep(double learningRate) {
      rate = (float) learningRate;
    }

    @Override
    public void update(float[] parameters, float[] gradients, int from, int to) {
      for (int i = from; i < to; i++) {
        parameters[i] -= rate * gradients[i];
      }
    }

    @Override
    public Map<String, Double> memory(int parameter) {
      return Map.of();
    }

    @Override
    public State copy() {
      return new SgdState();
    }

    @Override
    public long bytes() {
      return 0;
    }
  }
}
