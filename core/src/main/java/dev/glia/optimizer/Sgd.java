package dev.glia.optimizer;

/** Gradient descent: {@code p -= rate * g}. */
public record Sgd() implements Optimizer {

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public void update(
      float[] factors, float[] parameters, float[] gradients, float[][] memory, int from, int to) {
    float rate = factors[0];
    for (int i = from; i < to; i++) {
      parameters[i] -= rate * gradients[i];
    }
  }
}
