package dev.glia.internal.text;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The things of one kind that a setting can name, such as all activations: parser, help and error
 * message from one table.
 *
 * @param <T> what a name stands for
 */
public final class Named<T> {

  private final String kind;
  private final Map<String, Function<Call, T>> makers = new LinkedHashMap<>();
  private final Map<String, Map<String, Double>> parameters = new LinkedHashMap<>();

  /**
   * A number in parentheses.
   *
   * @param name what messages and forms call it
   * @param value where it is left out
   */
  public record Parameter(String name, double value) {}

  /** An empty table; {@code kind} is what the things are called in messages. */
  public Named(String kind) {
    this.kind = kind;
  }

  /** Adds a thing that takes no arguments. */
  public Named<T> add(String name, T thing) {
    return add(
        name,
        call -> {
          call.atMost();
          return thing;
        });
  }

  /** Adds a thing that its arguments make. */
  public Named<T> add(String name, Function<Call, T> maker) {
    makers.put(name, maker);
    return this;
  }

  /**
   * Adds a thing that its arguments make, which need not be numbers.
   *
   * @param numbers those that are, from the first on
   */
  public Named<T> addCall(String name, Function<Call, T> maker, Parameter... numbers) {
    parameters.put(name, defaults(numbers));
    return add(name, maker);
  }

  /** Adds a thing that numbers make, {@code [parameters]}. */
  public Named<T> add(String name, Function<double[], T> maker, Parameter... numbers) {
    String[] names = Arrays.stream(numbers).map(Parameter::name).toArray(String[]::new);
    parameters.put(name, defaults(numbers));
    return add(
        name,
        call -> {
          call.atMost(names);
          double[] values = new double[numbers.length];
          Arrays.setAll(values, i -> call.number(i, numbers[i].value()));
          return maker.apply(values);
        });
  }

  private static Map<String, Double> defaults(Parameter... numbers) {
    Map<String, Double> defaults = new LinkedHashMap<>();
    for (Parameter number : numbers) {
      defaults.put(number.name(), number.value());
    }
    return Collections.unmodifiableMap(defaults);
  }

  /** The numbers that a thing takes in parentheses, in order, each with its default. */
  public Map<String, Double> parameters(String name) {
    return parameters.getOrDefault(name, Map.of());
  }

  /** All names in the order of the table. */
  public List<String> names() {
    return List.copyOf(makers.keySet());
  }

  /**
   * The thing that a text such as {@code adam(0.9,0.999)} names.
   *
   * @throws IllegalArgumentException if there is none, naming all there are
   */
  public T parse(String text) {
    Call call = Call.parse(text);
    Function<Call, T> maker = makers.get(call.name());
    if (maker == null) {
      throw new IllegalArgumentException(
          "There is no %s %s. There are: %s."
              .formatted(
                  kind, OutsideText.quoted(call.name()), String.join(", ", makers.keySet())));
    }
    return maker.apply(call);
  }
}
