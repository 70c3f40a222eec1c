package dev.glia.studio.http;

import java.util.Collection;

/** A request that is not done, and why. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String methods; // that there are, where the method is what is refused

  /**
   * A refusal.
   *
   * @param status of HTTP, such as 404
   * @param sentence for the user: what was expected, what came, what to do
   */
  public Refusal(int status, String sentence) {
    this(status, sentence, "");
  }

  private Refusal(int status, String sentence, String methods) {
    super(sentence);
    this.status = status;
    this.methods = methods;
  }

  /** A refusal of a method. */
  static Refusal method(Collection<String> allowed) {
    String methods = String.join(", ", allowed);
    return new Refusal(405, "Expected the method " + methods + ".", methods);
  }

  /** The methods that are not refused; empty where something else is. */
  String methods() {
    return methods;
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
