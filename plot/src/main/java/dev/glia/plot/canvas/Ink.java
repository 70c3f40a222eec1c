package dev.glia.plot.canvas;

/**
 * A colour to draw with.
 *
 * @param rgb red, green and blue as {@code 0xRRGGBB}
 * @param opacity 0 for invisible to 1 for opaque
 */
public record Ink(int rgb, double opacity) {

  /** Paper. */
  public static final Ink WHITE = new Ink(0xFFFFFF);

  /** What is to be read. */
  public static final Ink TEXT = new Ink(0x222222);

  /** What is to be read after the rest. */
  public static final Ink QUIET_TEXT = new Ink(0x555555);

  /** A line around something. */
  public static final Ink FRAME = new Ink(0x8A8A8A);

  /** A line behind something. */
  public static final Ink GRID = new Ink(0xE8E8E8);

  /** Checks both parts. */
  public Ink {
    if ((rgb & 0xFF000000) != 0) {
      throw new IllegalArgumentException(
          "expected a colour from 0x000000 to 0xFFFFFF, got 0x" + Integer.toHexString(rgb));
    }
    if (!(opacity >= 0 && opacity <= 1)) {
      throw new IllegalArgumentException("expected an opacity from 0 to 1, got " + opacity);
    }
  }

  /** An opaque colour. */
  public Ink(int rgb) {
    this(rgb, 1);
  }

  /** The same colour with another opacity. */
  public Ink withOpacity(double newOpacity) {
    return new Ink(rgb, newOpacity);
  }

  /**
   * The opaque colour between this and another.
   *
   * @param share how much of {@code other}, from 0 to 1
   */
  public Ink mixedWith(Ink other, double share) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = (rgb >> shift) & 0xFF;
      int to = (other.rgb >> shift) & 0xFF;
      mixed |= (int) Math.round(from + (to - from) * share) << shift;
    }
    return new Ink(mixed);
  }

  /** A darker relative that can be read as text on white. */
  public Ink forText() {
    Ink ink = this;
    // 4.5 to 1 is the contrast that WCAG 2.1 asks for.
    while (contrast(ink, WHITE) < 4.5) {
      ink = ink.mixedWith(new Ink(0x000000), 0.1);
    }
    return ink;
  }

  /** Black or white, whichever is easier to read on this colour. */
  public Ink readableOnTop() {
    return contrast(this, TEXT) >= contrast(this, WHITE) ? TEXT : WHITE;
  }

  /** WCAG's contrast ratio, 1 to 21. */
  private static double contrast(Ink one, Ink other) {
    double a = one.luminance() + 0.05;
    double b = other.luminance() + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private double luminance() {
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double share = (channel & 0xFF) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
