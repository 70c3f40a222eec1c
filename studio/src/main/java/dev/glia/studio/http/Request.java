package dev.glia.studio.http;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a page asks for, once it was found to come from our own page. */
public interface Request {

  /** How many bytes a body has that holds neither a table nor a model. */
  long SMALL = 64 * 1024;

  /** How many bytes a body may have that holds a table or a model. */
  long LARGE = 8 * 1024 * 1024;

  /** The part of the path that the route calls {@code {name}}. */
  String path(String name);

  /** A parameter of the query, decoded. */
  Optional<String> query(String name);

  /**
   * The body, sent as {@code application/octet-stream}.
   *
   * @param most how many bytes it may have
   * @throws Refusal if it has more, is said to be something else, or does not come in time
   */
  byte[] body(long most);

  /**
   * The body, sent as {@code application/json}, as a JSON object; empty where there is none.
   *
   * @param most how many bytes it may have
   * @throws Refusal if it has more, is something else, or does not come in time
   */
  Map<String, @Nullable Object> json(long most);

  /** A small body as a JSON object. */
  default Map<String, @Nullable Object> json() {
    return json(SMALL);
  }
}
