package dev.glia.data;

import dev.glia.SharedFolder;
import dev.glia.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** The golden JSON files, and their values as the types a test wants. */
final class Golden {

  private Golden() {}

  static Map<?, ?> read(String name) throws IOException {
    return object(Json.read(Files.readString(SharedFolder.golden(name))));
  }

  static Map<?, ?> object(Object value) {
    return (Map<?, ?>) value;
  }

  static List<?> list(Object value) {
    return (List<?>) value;
  }

  static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  static int integer(Object value) {
    return Math.toIntExact(((Number) value).longValue());
  }

  static double[] numbers(Object value) {
    return list(value).stream().mapToDouble(Golden::number).toArray();
  }

  static int[] integers(Object value) {
    return list(value).stream().mapToInt(Golden::integer).toArray();
  }
}
