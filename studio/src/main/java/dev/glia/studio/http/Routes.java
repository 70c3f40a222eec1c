package dev.glia.studio.http;

/**
 * Where handlers are registered.
 *
 * <p>Handlers may compute: they run on threads that do nothing else, so many at a time. Those that
 * only look something up or leave word are registered as such and never wait for others.
 */
public interface Routes {

  /**
   * What answers GET requests of a path.
   *
   * @param path such as {@code /api/sessions/{id}/frame}
   */
  void get(String path, Handler handler);

  /** What answers POST requests, which carry the page's token, of a path. */
  void post(String path, Handler handler);

  /** What answers GET requests of a path at once: it computes nothing. */
  void glance(String path, Handler handler);

  /** What answers POST requests of a path at once: it computes nothing, and its body is small. */
  void command(String path, Handler handler);
}
