package dev.glia.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a JSON object that must be there and be of a type. */
public final class Fields {

  private final Map<?, ?> map;

  /** The fields of a map. */
  public Fields(Map<?, ?> map) {
    this.map = map;
  }

  /** Whether there is such a field. */
  public boolean has(String name) {
    return map.containsKey(name);
  }

  /** A text. */
  public String text(String name) {
    return get(name, String.class, "a text");
  }

  /** A whole number. */
  public long integer(String name) {
    return get(name, Long.class, "a whole number");
  }

  /** A whole number that an int holds. */
  public int size(String name) {
    return size(name, get(name, Number.class, "a whole number").doubleValue());
  }

  /** A list of whole numbers that ints hold. */
  public int[] sizes(String name) {
    double[] numbers = array(name);
    int[] sizes = new int[numbers.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = size(name, numbers[i]);
    }
    return sizes;
  }

  private static int size(String name, double value) {
    if (value != (int) value) {
      throw wrong(name, "whole and at most 2147483647");
    }
    return (int) value;
  }

  /** An object. */
  public Fields object(String name) {
    return new Fields(get(name, Map.class, "an object"));
  }

  /** A number. */
  public double number(String name) {
    return get(name, Number.class, "a number").doubleValue();
  }

  /** A truth. */
  public boolean truth(String name) {
    return get(name, Boolean.class, "true or false");
  }

  /** A list of texts. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object item : get(name, List.class, "a list of texts")) {
      if (!(item instanceof String text)) {
        throw wrong(name, "a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  /** A list of numbers. */
  public double[] array(String name) {
    List<?> items = get(name, List.class, "a list of numbers");
    double[] array = new double[items.size()];
    for (int i = 0; i < array.length; i++) {
      if (!(items.get(i) instanceof Number number)) {
        throw wrong(name, "a list of numbers");
      }
      array[i] = number.doubleValue();
    }
    return array;
  }

  /** All fields that are numbers. */
  public Map<String, Double> numbers() {
    Map<String, Double> numbers = new LinkedHashMap<>();
    map.forEach((name, value) -> {
      if (value instanceof Number number) {
        numbers.put(String.valueOf(name), number.doubleValue());
      }
    });
    return numbers;
  }

  /** The map itself. */
  @SuppressWarnings("unchecked") // JSON has texts for names
  public Map<String, ?> map() {
    return (Map<String, ?>) map;
  }

  /** A list of objects. */
  public List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (Object item : get(name, List.class, "a list of objects")) {
      if (!(item instanceof Map<?, ?> object)) {
        throw wrong(name, "a list of objects");
      }
      objects.add(new Fields(object));
    }
    return objects;
  }

  private <T> T get(String name, Class<T> type, String what) {
    Object value = map.get(name);
    if (!type.isInstance(value)) {
      throw wrong(name, what);
    }
    return type.cast(value);
  }

  private static IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException(
        "The field \"%s\" is missing or not %s.".formatted(name, what));
  }
}
