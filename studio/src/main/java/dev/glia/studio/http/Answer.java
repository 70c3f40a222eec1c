package dev.glia.studio.http;

import org.jspecify.annotations.Nullable;

/** What a request is answered with. */
public sealed interface Answer {

  /**
   * A value as JSON.
   *
   * @param value what {@code dev.glia.internal.json.Json} can write
   */
  record Json(@Nullable Object value) implements Answer {}

  /**
   * A file.
   *
   * @param type its media type
   * @param name what it is saved as, or null to show it
   */
  @SuppressWarnings("ArrayRecordComponent") // on its way out, never compared
  record File(String type, @Nullable String name, byte[] content) implements Answer {}

  /**
   * Server-sent events, until the page or the server ends them.
   *
   * @param source of this one stream
   */
  record Events(EventSource source) implements Answer {}
}
