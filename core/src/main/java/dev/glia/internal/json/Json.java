package dev.glia.internal.json;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads JSON (RFC 8259).
 *
 * <p>A value is a {@code Map<String, ?>}, a {@code Collection}, a {@code double[]}, a {@code
 * String}, a {@code Number}, a {@code Boolean} or null; reading gives {@code Map}, {@code List},
 * {@code String}, {@code Long}, {@code Double}, {@code Boolean} and null. Core has no dependencies,
 * and a model's file needs no more than this.
 */
public final class Json {

  private Json() {}

  /**
   * The text of a value on one line.
   *
   * <p>JSON has no NaN and no infinity: they are written as null.
   *
   * @throws IllegalArgumentException if the value is of a type that JSON does not have
   */
  public static String write(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException if the text is not JSON, naming the position, or has a number
   *     that no double holds
   */
  public static @Nullable Object read(String text) {
    return read(text, Long.MAX_VALUE);
  }

  /**
   * The value of a text that somebody else may have made: a short one such as {@code [[],[],...]}
   * can need twenty times its own memory.
   *
   * @param most how many values it may have, those within others counted too
   * @throws IllegalArgumentException if the text is not JSON or has more, naming the position
   */
  public static @Nullable Object read(String text, long most) {
    return new JsonReader(text, most).readDocument();
  }

  private static void write(@Nullable Object value, StringBuilder text) {
    switch (value) {
      case null -> text.append("null");
      case String s -> writeString(s, text);
      case Boolean b -> text.append(b);
      case Number n -> writeNumber(n, text);
      case double[] numbers -> {
        text.append('[');
        for (int i = 0; i < numbers.length; i++) {
          text.append(i == 0 ? "" : ",");
          writeNumber(numbers[i], text);
        }
        text.append(']');
      }
      case Collection<?> items -> {
        String separator = "[";
        for (Object item : items) {
          text.append(separator);
          write(item, text);
          separator = ",";
        }
        text.append(items.isEmpty() ? "[]" : "]");
      }
      case Map<?, ?> map -> {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          text.append(separator);
          writeString(String.valueOf(entry.getKey()), text);
          text.append(':');
          write(entry.getValue(), text);
          separator = ",";
        }
        text.append(map.isEmpty() ? "{}" : "}");
      }
      default -> throw new IllegalArgumentException("JSON has no " + value.getClass() + ".");
    }
  }

  private static void writeNumber(Number number, StringBuilder text) {
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      text.append("null");
    } else if (number instanceof Float || number instanceof Double) {
      String digits = number.toString();
      // Not "-0", which would be read back as the whole number 0.
      boolean whole = digits.endsWith(".0") && !digits.equals("-0.0");
      text.append(whole ? digits.substring(0, digits.length() - 2) : digits);
    } else {
      text.append(number);
    }
  }

  private static void writeString(String s, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x2028 || c == 0x2029) {
            text.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              text.append(Character.forDigit(c >> shift & 15, 16));
            }
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
