package dev.glia.studio.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.glia.studio.http.Wire.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Handlers that compute for long: a place for some, an end for all, and nobody else waits. */
class ComputingTest {

  /** More than there are places, and than there are cores. */
  private static final int MANY = 50;

  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger computing = new AtomicInteger();
  private final AtomicInteger interrupted = new AtomicInteger();

  /** Takes a core until it is interrupted, as a loop over rows does. */
  private Answer spin() {
    computing.incrementAndGet();
    while (end.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    interrupted.addAndGet(Thread.interrupted() ? 1 : 0);
    computing.decrementAndGet();
    return new Answer.Json(Map.of());
  }

  /** Takes a core whatever is wanted of it. */
  private Answer spinOn() {
    computing.incrementAndGet();
    while (end.getCount() > 0) {
      Thread.onSpinWait();
    }
    return new Answer.Json(Map.of());
  }

  private Server serve() throws IOException {
    return TestServer.start(routes -> {
      routes.get("/api/spin", request -> spin());
      routes.get("/api/spins-on/{id}", request -> spinOn());
      routes.glance("/api/glance", request -> new Answer.Json(1));
      routes.command("/api/command", request -> new Answer.Json(2));
    });
  }

  private static List<Wire> ask(Server server, String path, int count) throws IOException {
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Wire wire = new Wire(server.port());
      wire.send(wire.head("GET " + path));
      wires.add(wire);
    }
    return wires;
  }

  private void awaitComputing(int count) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (computing.get() < count) {
            Thread.sleep(1);
          }
        });
  }

  @Test
  void whoComputesKeepsNobodyElseFromBeingAnswered() throws Exception {
    try (Server server = serve()) {
      Wire.token(server.port()); // loads the page
      List<Wire> wires = ask(server, "/api/spins-on/1", MANY);
      awaitComputing(ServerLimits.ANSWERS);
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            assertThat(Wire.ask(server.port(), "GET /").status()).isEqualTo(200);
            assertThat(Wire.ask(server.port(), "GET /api/glance").text()).isEqualTo("1");
            assertThat(Wire.post(server.port(), "/api/command", "{}").text()).isEqualTo("2");
          });
      for (Wire wire : wires) {
        Response response = wire.read();
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.error())
            .containsAnyOf(
                "The studio is busy with 8 other answers that take long: try again",
                "The answer \"spins-on\" took more than 2 seconds and was given up: take fewer");
        wire.close();
      }
      assertThat(computing.get()).isEqualTo(ServerLimits.ANSWERS); // no more were begun
    } finally {
      end.countDown();
    }
  }

  @Test
  void whatIsGivenUpIsInterruptedAndMakesPlace() throws Exception {
    try (Server server = serve()) {
      List<Wire> wires = ask(server, "/api/spin", ServerLimits.ANSWERS);
      for (Wire wire : wires) {
        assertThat(wire.read().error()).contains("\"spin\" took more than 2 seconds");
        wire.close();
      }
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            while (interrupted.get() < ServerLimits.ANSWERS) {
              Thread.sleep(1);
            }
          });
      assertThat(Wire.ask(server.port(), "GET /api/hello").status()).isEqualTo(200);
    } finally {
      end.countDown();
    }
  }

  @Test
  void aClientThatSendsItsBodySlowlyTakesNoPlace() throws Exception {
    try (Server server = serve()) {
      String token = Wire.token(server.port());
      List<Wire> slow = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        Wire wire = new Wire(server.port());
        wire.send(
            wire.head(
                "POST /api/echo",
                "X-Glia-Token: " + token,
                "Content-Type: application/json",
                "Content-Length: 100"));
        slow.add(wire);
      }
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> assertThat(Wire.ask(server.port(), "GET /api/hello").status()).isEqualTo(200));
      for (Wire wire : slow) {
        wire.close();
      }
    }
  }

  @Test
  void anAddressHasALimit() throws IOException {
    try (Server server = serve()) {
      for (String path : List.of("/?layers=", "/api/hello?layers=", "/api/events?watch=a")) {
        int room = ServerLimits.ADDRESS - path.length();
        Response longest = Wire.ask(server.port(), "GET " + path + ",".repeat(room));
        assertThat(longest.status()).isNotEqualTo(414);
        Response longer = Wire.ask(server.port(), "GET " + path + ",".repeat(room + 1));
        assertThat(longer.status()).isEqualTo(414);
        assertThat(longer.error()).startsWith("Expected an address of at most 16,384 characters");
      }
    }
  }

  @Test
  void badEscapesAreSaid() throws IOException {
    try (Server server = serve()) {
      for (String query : List.of("value=%", "value=%zz", "%1=a")) {
        Response response = Wire.ask(server.port(), "GET /api/echo/a?" + query);
        assertThat(response.status()).isEqualTo(400);
      }
    }
  }
}
