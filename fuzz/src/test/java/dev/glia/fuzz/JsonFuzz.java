package dev.glia.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glia.internal.json.Json;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** JSON: what is read is written and read back the same. */
public final class JsonFuzz {

  private JsonFuzz() {}

  /** An input is the text. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, UTF_8);
    Reading.of(input.length, () -> Collections.singletonList(Json.read(text)))
        .ifPresent(JsonFuzz::checkBackAndForth);
  }

  private static void checkBackAndForth(List<?> value) {
    String written = Json.write(value);
    Object again = Reading.again(() -> Json.read(written));
    if (!same(value, again)) {
      throw new AssertionError("%s became %s by %s".formatted(value, again, written));
    }
    Reading.checkSame("The text", written, Json.write(again));
  }

  /** Whether two values are the same to JSON, which knows one kind of number. */
  private static boolean same(Object a, Object b) {
    return switch (a) {
      case List<?> list -> {
        boolean equal = b instanceof List<?> other && list.size() == other.size();
        for (int i = 0; equal && i < list.size(); i++) {
          equal = same(list.get(i), ((List<?>) b).get(i));
        }
        yield equal;
      }
      case Map<?, ?> map -> {
        boolean equal = b instanceof Map<?, ?> other && map.keySet().equals(other.keySet());
        for (Object key : map.keySet()) {
          equal = equal && same(map.get(key), ((Map<?, ?>) b).get(key));
        }
        yield equal;
      }
      case Number number when b instanceof Number other ->
          number.doubleValue() == other.doubleValue();
      case null -> b == null;
      default -> a.equals(b);
    };
  }
}
