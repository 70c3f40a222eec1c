package dev.glia;

import dev.glia.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** The golden JSON files, and their values as the types a test wants. */
public final class Golden {

  private Golden() {}

  public static Map<?, ?> read(String name) throws IOException {
    return object(Json.read(Files.readString(SharedFolder.golden(name))));
  }

  public static Map<?, ?> object(Object value) {
    return (Map<?, ?>) value;
  }

  public static List<?> list(Object value) {
    return (List<?>) value;
  }

  public static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  public static int integer(Object value) {
    return Math.toIntExact(((Number) value).longValue());
  }

  public static double[] numbers(Object value) {
    return list(value).stream().mapToDouble(Golden::number).toArray();
  }

  public static int[] integers(Object value) {
    return list(value).stream().mapToInt(Golden::integer).toArray();
  }
}
