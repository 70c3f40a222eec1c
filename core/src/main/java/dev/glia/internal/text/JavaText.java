package dev.glia.internal.text;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** Values as Java writes them. */
public final class JavaText {

  private JavaText() {}

  /** A text in quotes; whatever it holds, it stays a text. */
  public static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        case '\t' -> literal.append("\\t");
        default -> {
          if (c < ' ' || c > '~') {
            literal.append("\\u%04x".formatted((int) c));
          } else {
            literal.append(c);
          }
        }
      }
    }
    return literal.append('"').toString();
  }

  /** A whole number. */
  public static String literal(long number) {
    return number == (int) number ? Long.toString(number) : number + "L";
  }

  /** A number that is finite. */
  public static String literal(double number) {
    String digits = Double.toString(number);
    boolean whole = digits.endsWith(".0") && !digits.equals("-0.0"); // the int -0 has no sign
    return whole && Math.abs(number) < 1e6 ? digits.substring(0, digits.length() - 2) : digits;
  }

  /** The constructor's call that makes a record of numbers and truth values. */
  public static String constructor(Record made) {
    List<String> arguments = new ArrayList<>();
    for (RecordComponent component : made.getClass().getRecordComponents()) {
      arguments.add(argument(value(made, component)));
    }
    return "new %s(%s)".formatted(made.getClass().getSimpleName(), String.join(", ", arguments));
  }

  private static Object value(Record made, RecordComponent component) {
    try {
      return component.getAccessor().invoke(made);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be asked for.", e);
    }
  }

  private static String argument(Object value) {
    return switch (value) {
      case Double number -> literal((double) number);
      case Long number -> literal((long) number);
      case Integer number -> literal((long) number);
      case Boolean truth -> truth.toString();
      default -> throw new IllegalStateException("There is no literal for " + value + ".");
    };
  }
}
