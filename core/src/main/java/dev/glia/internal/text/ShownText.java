package dev.glia.internal.text;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;

/**
 * Text that may come from outside (labels, cells, names of files), made fit to be shown.
 *
 * <p>A terminal obeys control characters: they can retitle it, move the cursor over what stands
 * there, or turn the direction of text round. So they are shown as the escapes of Java and JSON,
 * and what is too long is cut in its middle, as both ends of a sentence say something.
 */
public final class ShownText {

  /** More than any sentence of ours has without text from outside. */
  private static final int LONGEST_LINE = 2_000;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private ShownText() {}

  /** One line: nothing in it is obeyed, and it is not too long. */
  public static String line(String text) {
    return shortened(text, LONGEST_LINE);
  }

  /** At most so many characters of a text, with those that a terminal obeys as escapes. */
  public static String shortened(String text, int most) {
    if (text.length() <= most) {
      return escaped(text);
    }
    int head = whole(text, most - most / 3);
    int tail = whole(text, text.length() - most / 3);
    return "%s... (%s left out) ...%s"
        .formatted(
            escaped(text.substring(0, head)),
            Format.count(tail - head, "character"),
            escaped(text.substring(tail)));
  }

  /** A place near to one in a text that parts no pair of surrogates. */
  private static int whole(String text, int index) {
    return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
  }

  /**
   * A text of any length with the characters that a terminal obeys as escapes. Of a JSON text this
   * is JSON of the same value.
   */
  public static String escaped(String text) {
    int index = 0;
    while (index < text.length() && !isObeyed(text.codePointAt(index))) {
      index += Character.charCount(text.codePointAt(index));
    }
    if (index == text.length()) {
      return text; // nearly always
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, index);
    while (index < text.length()) {
      int code = text.codePointAt(index);
      int end = index + Character.charCount(code);
      if (isObeyed(code)) {
        for (; index < end; index++) {
          append(escaped, text.charAt(index));
        }
      } else {
        escaped.appendCodePoint(code);
      }
      index = end;
    }
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, char c) {
    switch (c) {
      case '\n' -> escaped.append("\\n");
      case '\r' -> escaped.append("\\r");
      case '\t' -> escaped.append("\\t");
      default -> {
        escaped.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          escaped.append(Character.forDigit(c >> shift & 0xf, 16));
        }
      }
    }
  }

  private static boolean isObeyed(int code) {
    return switch (Character.getType(code)) {
      case Character.CONTROL, // C0 with ESC, DEL, C1
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> // half a character
          true;
      // Direction among them. The joiners are needed to write some languages, and many emoji.
      case Character.FORMAT -> code != ZERO_WIDTH_NON_JOINER && code != ZERO_WIDTH_JOINER;
      default -> false;
    };
  }

  /** A stack trace; what its messages hold from outside is made fit, too. */
  public static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString()
        .lines()
        .map(line -> {
          String bare = line.replaceFirst("^\t+", "");
          return line.substring(0, line.length() - bare.length()) + line(bare);
        })
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
