package dev.glia.plot.canvas;

/**
 * How wide a text is, and what of it fits.
 *
 * <p>The widths come from a table and not from the machine's fonts: so one figure has one layout
 * everywhere. They are those of DejaVu Sans, the widest of the usual sans serifs.
 */
public final class TextFit {

  /** Widths of the characters from space to tilde, in hundredths of the font size. */
  private static final byte[] ASCII = {
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
    60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
    63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84
  };

  private static final double BOLD = 1.12;
  private static final String ELLIPSIS = "…";

  private TextFit() {}

  /** The width of a text in pixels. */
  public static double width(String text, TextStyle style) {
    int hundredths = text.codePoints().map(TextFit::hundredths).sum();
    return hundredths * style.size() / 100 * (style.bold() ? BOLD : 1);
  }

  private static int hundredths(int character) {
    if (character >= ' ' && character <= '~') {
      return ASCII[character - ' '];
    }
    // Greek and Cyrillic capitals reach 1.08; Chinese, arrows and symbols fill about a square.
    return character < 0x370 ? 70 : character < 0x500 ? 80 : 100;
  }

  /** The text itself if it fits, or else as much as fits, with an ellipsis at its end. */
  public static String shorten(String text, TextStyle style, double room) {
    if (width(text, style) <= room) {
      return text;
    }
    int end = text.length();
    while (end > 0) {
      end = text.offsetByCodePoints(end, -1);
      String part = text.substring(0, end).stripTrailing() + ELLIPSIS;
      if (width(part, style) <= room) {
        return part;
      }
    }
    return ELLIPSIS;
  }

  /** The style in which the whole text fits, down to three quarters of its size. */
  public static TextStyle shrink(String text, TextStyle style, double room) {
    double share = room / Math.max(room, width(text, style));
    return style.sized(style.size() * Math.max(0.75, share));
  }

  /** The text in one line and without characters that XML forbids. */
  static String oneLine(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : allowed(c) ? c : 0xFFFD)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean allowed(int character) {
    boolean half = character >= 0xD800 && character <= 0xDFFF;
    return !half && character != 0xFFFE && character != 0xFFFF;
  }
}
