package dev.glia.textbook;

import java.util.List;

/**
 * A layer: what it makes of the rows of a batch, and how the gradient of the loss goes back through
 * it.
 *
 * <p>In all its arrays a row of the batch is a row: {@code [rows][in]} comes in, {@code
 * [rows][out]} comes out.
 */
public sealed interface TextbookLayer
    permits TextbookDense, TextbookDropout, TextbookBatchNorm, TextbookScale {

  /** What comes out while the network predicts. Nothing is changed by it. */
  double[][] predict(double[][] x);

  /** What comes out while the network learns. Keeps what {@link #backward} needs. */
  double[][] forward(double[][] x);

  /**
   * The chain rule, after {@link #forward}: from the gradient of the loss by what came out to the
   * {@link #gradients} by the layer's own numbers, and to that by what came in.
   *
   * @param dy the gradient by what came out, {@code [rows][out]}
   * @param first whether no layer comes before this one: then nobody asks for the gradient by what
   *     came in, and the layer may return no rows
   * @return the gradient by what came in, {@code [rows][in]}
   */
  double[][] backward(double[][] dy, boolean first);

  /**
   * The numbers that it learns, as one or more arrays, which {@link TextbookNetwork#step} changes.
   */
  default List<double[]> parameters() {
    return List.of();
  }

  /** The gradients of the last {@link #backward}, in the arrangement of {@link #parameters}. */
  default List<double[]> gradients() {
    return List.of();
  }

  /** How many times the step of the other layers its own is. */
  default double rate() {
    return 1;
  }
}
