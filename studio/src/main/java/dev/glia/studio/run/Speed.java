package dev.glia.studio.run;

/**
 * How fast a run goes.
 *
 * @param updatesPerSecond infinity for as fast as it can
 * @param burst so many updates are done at once, then there is a pause
 */
public record Speed(double updatesPerSecond, int burst) {

  /** As fast as it can. */
  static final Speed FULL = new Speed(Double.POSITIVE_INFINITY, Integer.MAX_VALUE);

  /** The second article's: 50 updates a picture, ten pictures a second. */
  public static final Speed ARTICLE = new Speed(500, 50);

  private static final int FRAMES = 12; // a second: what is seen

  /**
   * So many updates a second.
   *
   * @throws IllegalArgumentException if it is not a number over 0
   */
  static Speed of(double updatesPerSecond) {
    if (!(updatesPerSecond > 0 && updatesPerSecond <= 1e9)) {
      throw new IllegalArgumentException(
          "updatesPerSecond must be a number over 0, such as 500, got " + updatesPerSecond + ".");
    }
    return new Speed(updatesPerSecond, (int) Math.max(1, Math.round(updatesPerSecond / FRAMES)));
  }

  public boolean limited() {
    return updatesPerSecond < Double.POSITIVE_INFINITY;
  }

  /** From the start of one burst to the start of the next. */
  long burstNanos() {
    return Math.round(1e9 * burst / updatesPerSecond);
  }
}
