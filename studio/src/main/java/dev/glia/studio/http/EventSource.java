package dev.glia.studio.http;

import java.util.List;

/**
 * What a stream of events samples: it asks for what is newest, sends it, and asks again when that
 * was written and a twelfth of a second is over. Nothing is queued.
 */
@FunctionalInterface
public interface EventSource {

  /**
   * What is new since the last call; empty if nothing is.
   *
   * <p>Calls come one after the other, from threads that do nothing but compute.
   */
  List<Event> newest();

  /**
   * An event.
   *
   * @param name one word, such as {@code frame}
   * @param data what {@code dev.glia.internal.json.Json} can write
   */
  record Event(String name, Object data) {}
}
