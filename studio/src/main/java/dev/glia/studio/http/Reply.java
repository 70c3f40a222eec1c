package dev.glia.studio.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.glia.internal.json.Json;
import dev.glia.internal.text.ShownText;
import dev.glia.studio.http.Deadlines.Deadline;
import dev.glia.studio.http.PageFiles.PageFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends answers. */
final class Reply {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none';"
          + " form-action 'none'";

  /** How much of a body that nobody wanted is read, so that its sender reads our answer. */
  private static final int LEFT_BYTES = 32 * 1024 * 1024;

  private static final int LEFT_SECONDS = 3;

  /** What is written at a time: the JDK's server makes a buffer of twice that for a connection. */
  private static final int SLICE = 8 * 1024;

  /** Linear: one class of characters. */
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]+");

  private final HttpExchange exchange;
  private final Deadlines deadlines;

  Reply(HttpExchange exchange, Deadlines deadlines) {
    this.exchange = exchange;
    this.deadlines = deadlines;
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  /** A value as JSON. */
  static byte[] bytes(@Nullable Object value) {
    return Json.write(value).getBytes(StandardCharsets.UTF_8);
  }

  /** JSON. */
  void json(int status, byte[] text) throws IOException {
    send(status, MediaTypes.JSON, text);
  }

  /** A sentence for the user: why nothing was done. */
  void error(int status, String sentence) throws IOException {
    json(status, bytes(Map.of("error", ShownText.line(sentence))));
  }

  /** Why a request was refused. */
  void refusal(Refusal refusal) throws IOException {
    if (!refusal.methods().isEmpty()) {
      exchange.getResponseHeaders().set("Allow", refusal.methods());
    }
    error(refusal.status(), refusal.sentence());
  }

  /** A file that is shown, or saved under its name. */
  void file(Answer.File file) throws IOException {
    if (file.name() != null) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Disposition",
              "attachment; filename=\"" + UNSAFE.matcher(file.name()).replaceAll("_") + "\"");
    }
    send(200, file.type(), file.content());
  }

  /** A file of the page, unless the browser has it. */
  void page(PageFile file) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    byte[] packed = acceptsGzip() ? file.packed() : null;
    String tag = "\"" + file.tag() + (packed == null ? "\"" : "-gzip\"");
    headers.set("Cache-Control", "no-cache");
    headers.set("ETag", tag);
    if (file.packed() != null) {
      headers.set("Vary", "Accept-Encoding");
    }
    if (listed("If-None-Match").anyMatch(tag::equals)) {
      try (Deadline _ = deadlines.forWriting(0)) {
        exchange.sendResponseHeaders(304, -1);
      }
    } else if (packed != null) {
      headers.set("Content-Encoding", "gzip");
      send(200, file.type(), packed);
    } else {
      send(200, file.type(), file.content());
    }
  }

  private boolean acceptsGzip() {
    return listed("Accept-Encoding")
        .map(coding -> coding.replace(" ", ""))
        .anyMatch(
            coding -> coding.equals("gzip") || (coding.startsWith("gzip;q=") && !isZero(coding)));
  }

  private static boolean isZero(String coding) {
    return coding.substring("gzip;q=".length()).chars().noneMatch(c -> c >= '1' && c <= '9');
  }

  private Stream<String> listed(String header) {
    return exchange.getRequestHeaders().getOrDefault(header, List.of()).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(String::strip);
  }

  @SuppressWarnings("ThreadPriorityCheck") // a virtual thread that only writes would never give way
  private void send(int status, String type, byte[] content) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    try (Deadline _ = deadlines.forWriting(content.length)) {
      // For the JDK's server a length of 0 is an unknown one, and -1 is none.
      exchange.sendResponseHeaders(status, head || content.length == 0 ? -1 : content.length);
      if (!head && content.length > 0) {
        OutputStream out = exchange.getResponseBody();
        for (int at = 0; at < content.length; at += SLICE) {
          out.write(content, at, Math.min(SLICE, content.length - at));
          Thread.yield(); // to those who want less
        }
        out.flush();
        readWhatIsLeft();
        out.close();
      }
    }
  }

  /**
   * Reads on for a while where the request's body was not read: a connection that is closed before
   * takes with it the answer that its client has not read yet.
   */
  private void readWhatIsLeft() throws IOException {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length == null) {
      return;
    }
    InputStream in = exchange.getRequestBody();
    try (Deadline _ = deadlines.start(LEFT_SECONDS)) {
      byte[] buffer = new byte[8192];
      for (long left = LEFT_BYTES; left > 0; ) {
        int read = in.read(buffer);
        if (read < 0) {
          return;
        }
        left -= read;
      }
    }
  }
}
