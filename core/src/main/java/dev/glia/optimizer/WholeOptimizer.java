package dev.glia.optimizer;

/**
 * An optimizer that works on all parameters at once and asks for the loss again on its way: for
 * little data, all of it in one batch.
 *
 * <p>It works on one thread, in the order of the parameters; loss and gradients are computed on
 * all.
 */
public interface WholeOptimizer extends Optimizer {

  /** The loss and its gradients, penalties included. */
  @FunctionalInterface
  interface Objective {
    /** The loss at the parameters as they are now; the gradients are overwritten with its own. */
    double loss();
  }

  /** How many doubles {@link #step} needs for itself. */
  default int scratch() {
    return 0;
  }

  /**
   * Changes the parameters; allocates nothing.
   *
   * @param learningRate the length of a step, or what it begins to look for one with
   * @param parameters {@code [size]}; the objective looks at them
   * @param gradients {@code [size]}; the objective writes to them
   * @param memory {@code [memory().size()][size]}: 0 before the first step; the arrays may change
   *     places
   * @param scratch {@code [scratch()]}
   * @return false if the loss is not finite where the step begins
   */
  boolean step(
      double learningRate,
      Objective objective,
      float[] parameters,
      float[] gradients,
      float[][] memory,
      double[] scratch);

  /** It has a step of its own. */
  @Override
  default void update(
      float[] factors, float[] parameters, float[] gradients, float[][] memory, int from, int to) {
    throw new UnsupportedOperationException(name() + " changes all parameters at once.");
  }
}
