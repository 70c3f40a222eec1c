package dev.glia.plot.canvas;

/**
 * How a text is set.
 *
 * @param size the font's size in pixels
 * @param anchor which part of the text lies on its point
 * @param degrees the turn around the point, clockwise
 */
public record TextStyle(double size, Ink ink, Anchor anchor, boolean bold, double degrees) {

  /** Which part of a text lies on its point. */
  public enum Anchor {
    /** The text begins there. */
    START,
    /** The text's middle lies there. */
    MIDDLE,
    /** The text ends there. */
    END
  }

  /** The title of a figure, centred. */
  public static final TextStyle TITLE = new TextStyle(16, Ink.TEXT, Anchor.MIDDLE, false, 0);

  /** Any other text. */
  public static final TextStyle LABEL = new TextStyle(12, Ink.TEXT, Anchor.START, false, 0);

  /** The same text, centred on its point. */
  public TextStyle centred() {
    return new TextStyle(size, ink, Anchor.MIDDLE, bold, degrees);
  }

  /** The same text, ending at its point. */
  public TextStyle ending() {
    return new TextStyle(size, ink, Anchor.END, bold, degrees);
  }

  /** The same text in another colour. */
  public TextStyle in(Ink other) {
    return new TextStyle(size, other, anchor, bold, degrees);
  }

  /** The same text in another size. */
  public TextStyle sized(double other) {
    return new TextStyle(other, ink, anchor, bold, degrees);
  }

  /** The same text in bold. */
  public TextStyle heavy() {
    return new TextStyle(size, ink, anchor, true, degrees);
  }

  /** The same text, turned clockwise. */
  public TextStyle turned(double angle) {
    return new TextStyle(size, ink, anchor, bold, angle);
  }

  /** The baseline at which the text stands in the middle of {@code y}. */
  public double baselineAround(double y) {
    // Half the height of a digit or capital, which is about 0.72 of the size in every sans serif.
    return y + 0.36 * size;
  }
}
