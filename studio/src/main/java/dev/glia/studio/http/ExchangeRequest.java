package dev.glia.studio.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.glia.internal.json.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that the {@link Gate} let in. */
final class ExchangeRequest implements Request {

  private static final int MOST_VALUES = 10_000; // there are some 50 settings, each a text

  private final HttpExchange exchange;
  private final Map<String, String> parts;
  private final Map<String, String> query;
  private byte @Nullable [] received; // the body, null until it has come or if it is too large

  ExchangeRequest(HttpExchange exchange, Map<String, String> parts) {
    this.exchange = exchange;
    this.parts = parts;
    query = parse(exchange.getRequestURI().getRawQuery());
  }

  private static Map<String, String> parse(@Nullable String query) {
    Map<String, String> values = new HashMap<>();
    if (query == null || query.isEmpty()) {
      return values;
    }
    for (String pair : query.split("&", -1)) {
      String[] sides = pair.split("=", 2);
      String name = decode(sides[0]);
      if (values.put(name, sides.length == 1 ? "" : decode(sides[1])) != null) {
        throw new Refusal(400, "Expected each parameter once, found one twice.");
      }
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          400, "Expected two hexadecimal digits after each percent sign of the address.");
    }
  }

  /**
   * Waits for the body, unless no handler would take one so large: who computes does not wait for a
   * slow client.
   *
   * @throws Refusal if it breaks off
   */
  void receive() {
    long length = length();
    if (length == 0 || length > LARGE) {
      return;
    }
    try {
      // Grows with what comes, not with what was said.
      byte[] body = exchange.getRequestBody().readNBytes((int) length);
      if (body.length < length) {
        throw new Refusal(400, "The request's body broke off.");
      }
      received = body;
    } catch (IOException e) {
      throw new Refusal(400, "The request's body broke off.");
    }
  }

  @Override
  public String path(String name) {
    String part = parts.get(name);
    if (part == null) {
      throw new IllegalStateException("The route has no part {" + name + "}.");
    }
    return part;
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  @Override
  public byte[] body(long most) {
    return read(MediaTypes.BYTES, most);
  }

  @Override
  public Map<String, @Nullable Object> json(long most) {
    byte[] body = read(MediaTypes.JSON, most);
    if (body.length == 0) {
      return Map.of();
    }
    if (!(Json.read(new String(body, StandardCharsets.UTF_8), MOST_VALUES)
        instanceof Map<?, ?> map)) {
      throw new Refusal(400, "Expected a JSON object.");
    }
    @SuppressWarnings("unchecked") // a JSON object's keys are strings
    Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) map;
    return object;
  }

  private byte[] read(String type, long most) {
    long length = length();
    if (length == 0) {
      return new byte[0];
    }
    if (!MediaTypes.of(exchange.getRequestHeaders()).equals(type)) {
      throw new Refusal(415, "Expected a body of type " + type + ".");
    }
    byte[] body = received;
    if (length > most || body == null) {
      throw new Refusal(
          413,
          "Expected at most %,d KB, found %,d KB.".formatted(most >> 10, (length + 1023) >> 10));
    }
    return body;
  }

  private long length() {
    Headers headers = exchange.getRequestHeaders();
    String length = headers.getFirst("Content-Length");
    return length == null ? 0 : Long.parseLong(length);
  }
}
