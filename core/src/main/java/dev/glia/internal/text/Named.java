package dev.glia.internal.text;

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
          "There is no %s \"%s\". There are: %s."
              .formatted(kind, call.name(), String.join(", ", makers.keySet())));
    }
    return maker.apply(call);
  }
}
