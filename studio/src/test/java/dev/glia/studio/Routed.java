package dev.glia.studio;

import dev.glia.internal.json.Json;
import dev.glia.studio.http.Answer;
import dev.glia.studio.http.Handler;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.http.Request;
import dev.glia.studio.http.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Routes that tests ask without a server. */
public final class Routed implements Routes {

  private final Map<String, Handler> handlers = new HashMap<>();

  @Override
  public void get(String path, Handler handler) {
    handlers.put("GET " + path, handler);
  }

  @Override
  public void post(String path, Handler handler) {
    handlers.put("POST " + path, handler);
  }

  @Override
  public void glance(String path, Handler handler) {
    get(path, handler);
  }

  @Override
  public void command(String path, Handler handler) {
    post(path, handler);
  }

  /**
   * Asks.
   *
   * @param route as it was registered, with its method: {@code GET /api/sessions/{id}/digits}
   * @param names what stands for {@code {id}} and other parameters, of path and query
   * @param body of a POST
   */
  public Answer ask(String route, Map<String, ?> names, byte... body) throws IOException {
    Handler handler = handlers.get(route);
    if (handler == null) {
      throw new AssertionError("There is no route " + route + ": " + handlers.keySet());
    }
    return handler.answer(new Asked(names, body));
  }

  /** The JSON of an answer as a page reads it. */
  public Map<?, ?> json(String route, Map<String, ?> names, byte... body) throws IOException {
    return (Map<?, ?>) Json.read(Json.write(((Answer.Json) ask(route, names, body)).value()));
  }

  /** The file of an answer. */
  public Answer.File file(String route, Map<String, ?> names) throws IOException {
    return (Answer.File) ask(route, names);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Asked(Map<String, ?> names, byte[] content) implements Request {
    @Override
    public String path(String name) {
      return String.valueOf(names.get(name));
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.ofNullable(names.get(name)).map(String::valueOf);
    }

    @Override
    public byte[] body(long most) {
      if (content.length > most) {
        throw new Refusal(413, "The body is too large.");
      }
      return content;
    }

    @Override
    public Map<String, @Nullable Object> json(long most) {
      Map<String, @Nullable Object> map = new HashMap<>();
      if (content.length == 0) {
        return map;
      }
      if (Json.read(new String(content, StandardCharsets.UTF_8)) instanceof Map<?, ?> read) {
        read.forEach((key, value) -> map.put(String.valueOf(key), value));
      }
      return map;
    }
  }
}
