package dev.glia.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A name with arguments, as settings are written: {@code adam}, {@code leaky_relu(0.05)}, {@code
 * normal(-1,1)}. An argument may be a call, too: {@code warm_up(5,step(10,0.1))}.
 *
 * @param name in lower case
 * @param arguments the texts between the commas, empty where there are no parentheses
 */
public record Call(String name, List<String> arguments) {

  /** Keeps a copy. */
  public Call {
    arguments = List.copyOf(arguments);
  }

  /**
   * Reads a call.
   *
   * @throws IllegalArgumentException if the text has another form, or is longer than a setting
   */
  public static Call parse(String text) {
    String call = OutsideText.checked("A setting", text, OutsideText.SETTING).strip();
    int open = call.indexOf('(');
    String name = open < 0 ? call : call.substring(0, open).strip();
    List<String> arguments =
        open < 0 ? List.of() : call.endsWith(")") ? arguments(call, open + 1) : null;
    if (arguments == null || !isName(name)) {
      throw new IllegalArgumentException(
          "Expected a name, or a name with arguments such as leaky_relu(0.05), got %s."
              .formatted(OutsideText.quoted(text)));
    }
    return new Call(name.toLowerCase(Locale.ROOT), arguments);
  }

  /**
   * What stands between the commas, each of which may be a call; null if parentheses do not fit.
   */
  private static @Nullable List<String> arguments(String call, int start) {
    List<String> arguments = new ArrayList<>();
    int end = call.length() - 1;
    int depth = 0;
    int from = start;
    for (int i = start; i < end; i++) {
      char c = call.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0 || (c == '(' && "(, ".indexOf(call.charAt(i - 1)) >= 0)) {
        return null;
      }
      if (c == ',' && depth == 0) {
        arguments.add(call.substring(from, i).strip());
        from = i + 1;
      }
    }
    String last = call.substring(from, end).strip();
    if (!arguments.isEmpty() || !last.isEmpty()) {
      arguments.add(last);
    }
    return depth == 0 ? arguments : null;
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (i == 0 || (c != '_' && (c < '0' || c > '9')))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * Checks that there are no more arguments than the names given.
   *
   * @param names what the arguments are, for the message
   * @throws IllegalArgumentException if there are more
   */
  public Call atMost(String... names) {
    if (arguments.size() > names.length) {
      String takes = names.length == 0 ? "none" : String.join(", ", names);
      throw new IllegalArgumentException(
          "%s takes %s in parentheses, got %d: (%s)."
              .formatted(
                  name,
                  names.length == 0 ? "nothing" : "at most " + names.length + " (" + takes + ")",
                  arguments.size(),
                  OutsideText.list(arguments)));
    }
    return this;
  }

  /**
   * The number at an index, or the default where there are fewer arguments.
   *
   * @throws IllegalArgumentException if it is not a finite number
   */
  public double number(int index, double otherwise) {
    if (index >= arguments.size()) {
      return otherwise;
    }
    String argument = arguments.get(index);
    try {
      double value = OutsideText.number(argument);
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        throw new NumberFormatException();
      }
      return value;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s(...) expects a number, got %s.".formatted(name, OutsideText.quoted(argument)), e);
    }
  }

  /** The text at an index, or the default where there are fewer arguments. */
  public String text(int index, String otherwise) {
    return index < arguments.size() ? arguments.get(index) : otherwise;
  }

  /** The text of a call: the name alone, or with numbers in their shortest form. */
  public static String text(String name, double... arguments) {
    if (arguments.length == 0) {
      return name;
    }
    StringBuilder text = new StringBuilder(name);
    char separator = '(';
    for (double argument : arguments) {
      text.append(separator).append(shortest(argument));
      separator = ',';
    }
    return text.append(')').toString();
  }

  private static String shortest(double value) {
    String digits = Double.toString(value);
    return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
  }
}
