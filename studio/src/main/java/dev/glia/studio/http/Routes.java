package dev.glia.studio.http;

/** Where handlers are registered. */
public interface Routes {

  /**
   * What answers GET requests of a path.
   *
   * @param path such as {@code /api/sessions/{id}/frame}
   */
  void get(String path, Handler handler);

  /** What answers POST requests, which carry the page's token, of a path. */
  void post(String path, Handler handler);
}
