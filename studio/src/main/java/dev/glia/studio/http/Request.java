package dev.glia.studio.http;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a page asks for, once it was found to come from our own page. */
public interface Request {

  /** The part of the path that the route calls {@code {name}}. */
  String path(String name);

  /** A parameter of the query, decoded. */
  Optional<String> query(String name);

  /**
   * The body.
   *
   * @param most how many bytes it may have
   * @throws Refusal if it has more, or does not come in time
   */
  byte[] body(long most);

  /**
   * The body as a JSON object; empty where there is none.
   *
   * @throws Refusal if it is something else
   */
  Map<String, @Nullable Object> json();
}
