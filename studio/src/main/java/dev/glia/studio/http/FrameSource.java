package dev.glia.studio.http;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where streams take the newest frame of a run from; asked about twelve times a second. */
@FunctionalInterface
public interface FrameSource {

  /**
   * The newest frame of a run, for one stream.
   *
   * @param session the run's id
   * @param parts what the frame shall show, such as {@code field}; may be empty
   * @param seen what {@link Frame#mark} was of the last frame that this stream sent; null if it
   *     sent none
   * @return null if nothing has changed since then
   * @throws Refusal if there is no such run: the stream says so to the page and asks no more
   */
  @Nullable Frame next(String session, Set<String> parts, @Nullable Object seen);

  /**
   * A frame.
   *
   * @param content what the page gets, as JSON
   * @param mark where the run stood: what the source wants to be given back the next time, such as
   *     a count of changes and of the rows of history sent
   */
  record Frame(Map<String, ?> content, Object mark) {}
}
