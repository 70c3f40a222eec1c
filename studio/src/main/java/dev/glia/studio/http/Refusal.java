package dev.glia.studio.http;

/** A request that is not done, and why. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * A refusal.
   *
   * @param status of HTTP, such as 404
   * @param sentence for the user: what was expected, what came, what to do
   */
  public Refusal(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** The sentence for the user. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
