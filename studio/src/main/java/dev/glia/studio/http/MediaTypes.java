package dev.glia.studio.http;

import com.sun.net.httpserver.Headers;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What kinds of content there are. */
final class MediaTypes {

  static final String JSON = "application/json";
  static final String BYTES = "application/octet-stream";
  static final String EVENTS = "text/event-stream";

  /** By the ends of names: all that a page is made of. */
  private static final Map<String, String> OF_FILES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "html", "text/html; charset=utf-8",
          "ico", "image/x-icon",
          "js", "text/javascript; charset=utf-8",
          "json", JSON,
          "png", "image/png",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8",
          "woff2", "font/woff2");

  private MediaTypes() {}

  /** What a file is by its name; null if that is none a page has. */
  static @Nullable String ofFile(String name) {
    return OF_FILES.get(name.substring(name.lastIndexOf('.') + 1));
  }

  /** Whether content of a type becomes smaller when it is packed. */
  static boolean isText(String type) {
    return type.startsWith("text/") || type.equals(JSON) || type.equals("image/svg+xml");
  }

  /** What a request says its body is, without parameters such as a charset; empty if nothing. */
  static String of(Headers headers) {
    String type = headers.getFirst("Content-Type");
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
