package dev.glia.studio.view;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects, their fields in the order in which they are put. */
public final class Fields {

  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  /** An object with one field so far. */
  public static Fields with(String name, @Nullable Object value) {
    return new Fields().and(name, value);
  }

  /** Adds a field. */
  public Fields and(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /** The object. */
  public Map<String, @Nullable Object> map() {
    return fields;
  }
}
