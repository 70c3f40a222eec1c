package dev.glia.internal.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name with arguments, as settings are written: {@code adam}, {@code leaky_relu(0.05)}, {@code
 * normal(-1,1)}.
 *
 * @param name in lower case
 * @param arguments the texts between the commas, empty where there are no parentheses
 */
public record Call(String name, List<String> arguments) {

  private static final Pattern FORM =
      Pattern.compile("\\s*([a-zA-Z][a-zA-Z0-9_]*)\\s*(?:\\(([^()]*)\\))?\\s*");

  /**
   * Reads a call.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Call parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Expected a name, or a name with arguments such as leaky_relu(0.05), got \""
              + text
              + "\".");
    }
    String inside = matcher.group(2);
    List<String> arguments =
        inside == null || inside.isBlank()
            ? List.of()
            : Arrays.stream(inside.split(",", -1)).map(String::strip).toList();
    return new Call(matcher.group(1).toLowerCase(Locale.ROOT), arguments);
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
                  String.join(", ", arguments)));
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
      double value = Double.parseDouble(argument);
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        throw new NumberFormatException();
      }
      return value;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s(...) expects a number, got \"%s\".".formatted(name, argument), e);
    }
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
