package dev.glia.training;

/** A training whose numbers are no longer finite; the message says where first and what to try. */
public class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** An exception with a sentence for the user. */
  public DivergedException(String message) {
    super(message);
  }
}
