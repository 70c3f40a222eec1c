package dev.glia.studio.http;

import com.sun.net.httpserver.HttpExchange;
import dev.glia.internal.json.Json;
import dev.glia.studio.http.Deadlines.Deadline;
import dev.glia.studio.http.EventSource.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends a stream of events from one source until the client has gone, does not read any more, or
 * the server closes.
 *
 * <p>It samples: while one event is being written none is made, and the next one shows what is
 * newest then. So a slow client gets fewer, and no run waits for anyone.
 */
final class EventStream {

  /** Between two samples: twelve a second. */
  private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1) / 12;

  private final EventSource source;
  private final Computing frames;
  private final CountDownLatch closing; // 0 when the server closes
  private final long heartbeatNanos;

  /**
   * A stream.
   *
   * @param frames where the source computes
   * @param closing 0 when the server closes
   */
  EventStream(EventSource source, Computing frames, CountDownLatch closing, long heartbeatNanos) {
    this.source = source;
    this.frames = frames;
    this.closing = closing;
    this.heartbeatNanos = heartbeatNanos;
  }

  /**
   * Sends.
   *
   * @throws IOException if the client has gone
   */
  void run(HttpExchange exchange, Deadlines deadlines) throws IOException, InterruptedException {
    OutputStream out = exchange.getResponseBody();
    exchange.getResponseHeaders().set("Content-Type", MediaTypes.EVENTS);
    try (Deadline _ = deadlines.forWriting(0)) {
      exchange.sendResponseHeaders(200, 0);
      write(out, "retry: 1000\n\n"); // ms until a browser tries again when this has ended
    }
    long written = System.nanoTime();
    long due = System.nanoTime();
    do {
      due = Math.max(due, System.nanoTime() - SAMPLE_NANOS) + SAMPLE_NANOS;
      String text = frames.call("A frame", () -> text(source.newest()));
      if (text.isEmpty() && System.nanoTime() - written >= heartbeatNanos) {
        text = ":\n\n"; // a comment: shows the client, and us, that the other side is there
      }
      if (!text.isEmpty()) {
        try (Deadline _ = deadlines.forWriting(text.length())) {
          write(out, text);
        }
        written = System.nanoTime();
      }
    } while (!closing.await(due - System.nanoTime(), TimeUnit.NANOSECONDS));
    try (Deadline _ = deadlines.forWriting(0)) {
      out.close();
    }
  }

  private static String text(List<Event> events) {
    StringBuilder text = new StringBuilder();
    for (Event event : events) {
      text.append("event: ").append(event.name());
      text.append("\ndata: ").append(Json.write(event.data())).append("\n\n"); // JSON is one line
    }
    return text.toString();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
