package dev.glia.studio.view;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects, their fields in the order in which they are put. */
public final class JsonObject {

  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  /** An object with one field so far. */
  public static JsonObject with(String name, @Nullable Object value) {
    return new JsonObject().and(name, value);
  }

  /** Adds a field. */
  public JsonObject and(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /** The object. */
  public Map<String, @Nullable Object> map() {
    return fields;
  }
}
