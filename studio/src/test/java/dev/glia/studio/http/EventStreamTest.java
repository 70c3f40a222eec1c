package dev.glia.studio.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.glia.internal.json.Json;
import dev.glia.studio.http.EventSource.Event;
import dev.glia.studio.http.FrameSource.Frame;
import dev.glia.studio.http.Wire.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of events: sampled, bounded, and ended with whoever they were for. */
class EventStreamTest {

  private static Server serve(EventSource source) throws IOException {
    return TestServer.start(
        routes -> routes.get("/api/stream", request -> new Answer.Events(source)));
  }

  private static Server watch(FrameSource frames) throws IOException {
    return TestServer.start(routes -> Watching.routes(routes, frames));
  }

  private static Wire open(Server server, String path) throws IOException {
    Wire wire = new Wire(server.port());
    wire.send(wire.head("GET " + path));
    Response head = wire.readHead();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(head.header("Cache-Control")).isEqualTo("no-store");
    assertThat(wire.chunkedLine()).isEqualTo("retry: 1000");
    assertThat(wire.chunkedLine()).isEmpty();
    return wire;
  }

  /** The next event as {@code name data}; a comment is left out. */
  private static String event(Wire wire) throws IOException {
    String name = wire.chunkedLine();
    while (name != null && (name.isEmpty() || name.equals(":"))) {
      name = wire.chunkedLine();
    }
    if (name == null) {
      return null;
    }
    return name.replace("event: ", "") + " " + wire.chunkedLine().replace("data: ", "");
  }

  @Test
  void whatIsNewestIsSampledTwelveTimesASecond() throws IOException {
    AtomicInteger changes = new AtomicInteger();
    try (Server server =
            serve(() -> List.of(new Event("frame", Map.of("n", changes.incrementAndGet()))));
        Wire wire = open(server, "/api/stream")) {
      long start = System.nanoTime();
      for (int i = 1; i <= 13; i++) {
        assertThat(event(wire)).isEqualTo("frame {\"n\":" + i + "}");
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      assertThat(seconds).isBetween(0.7, 4.0);
    }
  }

  @Test
  void aSlowClientMissesFramesAndQueuesNone() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    String padding = "x".repeat(4 << 20); // more than sockets take
    long begin = System.nanoTime();
    try (Server server =
            serve(() -> {
              sent.incrementAndGet();
              long ms = (System.nanoTime() - begin) / 1_000_000;
              return List.of(new Event("frame", Map.of("at", ms, "padding", padding)));
            });
        Wire wire = open(server, "/api/stream")) {
      Thread.sleep(700);
      assertThat(sent.get()).isLessThan(5);
      // What was under way comes, and right after it what is newest by then.
      List<Long> at = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Map<?, ?> frame = (Map<?, ?>) Json.read(event(wire).replaceFirst("frame ", ""));
        at.add((Long) frame.get("at"));
      }
      assertThat(at.getLast() - at.getFirst()).isGreaterThan(500);
    }
  }

  @Test
  void aSilentStreamShowsThatItIsThere() throws IOException {
    try (Server server = serve(List::of);
        Wire wire = open(server, "/api/stream")) {
      long start = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        assertThat(wire.chunkedLine()).isEqualTo(":");
        assertThat(wire.chunkedLine()).isEmpty();
      }
      assertThat((System.nanoTime() - start) / 1e9).isBetween(0.5, 5.0); // 0.2 s each here
    }
  }

  /** Waits until a stream asks its source no more. */
  private static void awaitEnd(AtomicInteger asked) throws InterruptedException {
    long start = System.nanoTime();
    int before;
    do {
      assertThat((System.nanoTime() - start) / 1e9).as("seconds").isLessThan(40);
      before = asked.get();
      Thread.sleep(1_000); // twelve samples
    } while (asked.get() > before || before == 0);
  }

  @Test
  void aStreamEndsWhenItsClientGoes() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (Server server =
        serve(() -> {
          asked.incrementAndGet();
          return List.of();
        })) {
      open(server, "/api/stream").close();
      awaitEnd(asked);
    }
  }

  @Test
  void aClientThatDoesNotReadIsDropped() throws Exception {
    String padding = "x".repeat(4 << 20);
    try (Server server = serve(() -> List.of(new Event("frame", padding)));
        Wire wire = open(server, "/api/stream")) {
      long start = System.nanoTime();
      boolean open = true;
      while (open) {
        assertThat((System.nanoTime() - start) / 1e9).as("seconds").isLessThan(40);
        Thread.sleep(100);
        try {
          wire.send("a"); // nobody reads it
        } catch (IOException e) {
          open = false;
        }
      }
    }
  }

  @Test
  void aSourceThatComputesForLongKeepsNoOtherStreamWaiting() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger slow = new AtomicInteger();
    AtomicInteger quick = new AtomicInteger();
    try (Server server =
            TestServer.start(routes -> {
              routes.glance(
                  "/api/slow",
                  request ->
                      new Answer.Events(() -> {
                        slow.incrementAndGet();
                        while (end.getCount() > 0) {
                          Thread.onSpinWait();
                        }
                        return List.of();
                      }));
              routes.glance(
                  "/api/quick",
                  request ->
                      new Answer.Events(
                          () -> List.of(new Event("frame", quick.incrementAndGet()))));
            });
        Wire _ = open(server, "/api/slow");
        Wire _ = open(server, "/api/slow");
        Wire other = open(server, "/api/quick")) {
      while (slow.get() < 2) {
        Thread.sleep(1);
      }
      int before = quick.get();
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            while (quick.get() < before + 3) {
              assertThat(event(other)).startsWith("frame ");
            }
          });
    } finally {
      end.countDown();
    }
  }

  @Test
  void aStreamEndsWithTheServer() throws IOException {
    Server server = serve(List::of);
    try (Wire wire = open(server, "/api/stream")) {
      server.close();
      assertThat(event(wire)).isNull();
    }
  }

  @Test
  void thereAreOnlySoManyStreams() throws IOException {
    List<Wire> wires = new ArrayList<>();
    try (Server server = serve(List::of)) {
      for (int i = 0; i < ServerLimits.STREAMS; i++) {
        wires.add(open(server, "/api/stream"));
      }
      Response more = Wire.ask(server.port(), "GET /api/stream");
      assertThat(more.status()).isEqualTo(503);
      assertThat(more.error()).contains("close some");
      assertThat(Wire.ask(server.port(), "GET /api/hello").status()).isEqualTo(200);
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
    }
  }

  @Test
  void aFaultOfASourceEndsItsStreamAlone() throws IOException {
    try (Server server =
        serve(() -> {
          throw new IllegalStateException("secret");
        })) {
      Wire wire = new Wire(server.port());
      wire.send(wire.head("GET /api/stream"));
      assertThat(wire.isClosedWithin(5_000)).isTrue();
      wire.close();
      assertThat(Wire.ask(server.port(), "GET /api/hello").status()).isEqualTo(200);
    }
  }

  @Test
  void oneStreamShowsSeveralRuns() throws IOException {
    AtomicInteger changes = new AtomicInteger(1);
    FrameSource frames =
        (session, parts, seen) -> {
          if (session.equals("old")) {
            throw new Refusal(404, "This run has ended.");
          }
          int now = changes.get();
          return seen != null && (Integer) seen == now
              ? null
              : new Frame(
                  Map.of("session", session, "parts", List.copyOf(parts), "change", now), now);
        };
    try (Server server = watch(frames);
        Wire wire = open(server, "/api/events?watch=a:field%2Bunits,old:field,b-2:curve+weights")) {
      assertThat(frame(event(wire)))
          .isEqualTo(Map.of("session", "a", "parts", List.of("field", "units"), "change", 1L));
      assertThat(event(wire))
          .startsWith("gone {")
          .contains("\"session\":\"old\"", "\"error\":\"This run has ended.\"");
      assertThat(frame(event(wire)))
          .isEqualTo(Map.of("session", "b-2", "parts", List.of("curve", "weights"), "change", 1L));
      changes.set(7);
      assertThat(frame(event(wire))).containsEntry("session", "a").containsEntry("change", 7L);
      assertThat(frame(event(wire))).containsEntry("session", "b-2").containsEntry("change", 7L);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> frame(String event) {
    assertThat(event).startsWith("frame ");
    return (Map<String, Object>) Json.read(event.substring(6));
  }

  @Test
  void aRunCanBeWatchedWithoutAnyPart() throws IOException {
    AtomicReference<Set<String>> asked = new AtomicReference<>();
    try (Server server =
            watch((session, parts, seen) -> {
              asked.set(parts);
              return seen == null ? new Frame(Map.of(), 1) : null;
            });
        Wire wire = open(server, "/api/events?watch=a")) {
      assertThat(event(wire)).isEqualTo("frame {}");
      assertThat(asked.get()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "?watch=", "?watch=a,a", "?watch=a:f%0Adata", "?watch=../x", "?watch=a:b++c"})
  void whatToWatchIsCheckedFirst(String query) throws IOException {
    try (Server server = watch((session, parts, seen) -> null)) {
      Response response = Wire.ask(server.port(), "GET /api/events" + query);
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.error()).contains("watch=RUN:part+part");
    }
  }
}
