package dev.glia.penalty;

import dev.glia.internal.text.Call;

/**
 * Holds the Euclidean norm of the weights that go into a unit to a limit, after every step: {@code
 * w *= min(norm, limit) / (norm + 1e-7)}, as {@code keras.constraints.MaxNorm} does. Biases stay.
 *
 * @param limit over 0
 */
public record MaxNorm(double limit) implements Penalty {

  private static final double EPSILON = 1e-7; // Keras'

  /** Checks the limit. */
  public MaxNorm {
    if (!(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Norms can be held to a number over 0, got " + limit + ".");
    }
  }

  @Override
  public String name() {
    return Call.text("max_norm", limit);
  }

  @Override
  public boolean limits() {
    return true;
  }

  @Override
  public void limit(float[] parameters, int first, int count, int distance) {
    double squares = 0;
    int end = first + count * distance;
    for (int i = first; i < end; i += distance) {
      squares += (double) parameters[i] * parameters[i];
    }
    double norm = Math.sqrt(squares);
    float keep = (float) (Math.min(norm, limit) / (norm + EPSILON));
    for (int i = first; i < end; i += distance) {
      parameters[i] *= keep;
    }
  }
}
