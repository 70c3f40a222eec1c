package dev.glia.studio.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.studio.http.Wire.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clients that want too much or are too slow, against a server in a process of its own: with little
 * memory, and with four seconds for a request.
 */
class ServerLimitsTest {

  private static final long GB = 1L << 30;

  private static Process process;
  private static int port;
  private static String token;

  @BeforeAll
  static void start() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dsun.net.httpserver.maxReqTime=4",
                "-cp",
                System.getProperty("java.class.path"),
                TestServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader();
    port = Integer.parseInt(out.readLine());
    token = Wire.token(port);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    process.outputWriter().close();
    assertThat(process.waitFor()).isZero();
  }

  private static void assertThatItAnswers() throws IOException {
    assertThat(Wire.ask(port, "GET /api/hello").status()).isEqualTo(200);
  }

  private static String post(Wire wire, String path, String type, String framing) {
    return wire.head("POST " + path, "X-Glia-Token: " + token, "Content-Type: " + type, framing);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/echo,application/json,65536",
    "/api/table,application/json,8388608",
    "/api/model,application/octet-stream,8388608",
  })
  void aBodyHasALimit(String path, String type, int most) throws IOException {
    for (int length : new int[] {most, most + 1}) {
      try (Wire wire = new Wire(port)) {
        wire.send(post(wire, path, type, "Content-Length: " + length));
        wire.send("{" + " ".repeat(length - 2) + "}");
        Response response = wire.read();
        assertThat(response.status()).isEqualTo(length > most ? 413 : 200);
        if (length > most) {
          assertThat(response.error()).startsWith("Expected at most %,d KB".formatted(most >> 10));
        }
      }
    }
  }

  @Test
  void aGigabyteThatIsAnnouncedIsNotRead() throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send(post(wire, "/api/table", "application/json", "Content-Length: " + GB));
      assertThat(wire.read().status()).isEqualTo(413);
      long sent = sendAsMuchAsItTakes(wire, new byte[1 << 16]);
      assertThat(sent).isLessThan(GB / 8);
    }
    assertThatItAnswers();
  }

  @Test
  void aGigabyteInChunksIsNotRead() throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send(post(wire, "/api/model", "application/octet-stream", "Transfer-Encoding: chunked"));
      assertThat(wire.read().status()).isEqualTo(411);
      String chunk = "10000\r\n" + "x".repeat(1 << 16) + "\r\n";
      long sent = sendAsMuchAsItTakes(wire, chunk.getBytes(StandardCharsets.US_ASCII));
      assertThat(sent).isLessThan(GB / 8);
    }
    assertThatItAnswers();
  }

  private static long sendAsMuchAsItTakes(Wire wire, byte[] bytes) {
    long sent = 0;
    try {
      for (; sent < GB; sent += bytes.length) {
        wire.send(bytes);
      }
    } catch (IOException e) {
      // The server has closed the connection.
    }
    return sent;
  }

  @Test
  void aBodyThatBreaksOffChangesNothing() throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send(post(wire, "/api/echo", "application/json", "Content-Length: 100") + "{\"a\":1}");
    }
    assertThatItAnswers();
  }

  @Test
  void aHeadThatTricklesIsCutOff() throws Exception {
    trickle(wire -> "GET /api/hello HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nX: ");
  }

  @Test
  void aBodyThatTricklesIsCutOff() throws Exception {
    trickle(
        wire -> post(wire, "/api/echo", "application/json", "Content-Length: 60000") + "{\"a\":\"");
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws IOException {
    try (Wire wire = new Wire(port)) {
      assertThat(wire.isClosedWithin(20_000)).isTrue();
    }
  }

  /** A hundred slow clients: the server answers others, and closes the slow ones. */
  private static void trickle(Function<Wire, String> beginning)
      throws IOException, InterruptedException {
    List<Wire> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Wire wire = new Wire(port);
        wire.send(beginning.apply(wire));
        slow.add(wire);
      }
      assertThatItAnswers();
      long start = System.nanoTime();
      int open = slow.size();
      while (open > 0 && System.nanoTime() - start < 25e9) {
        Thread.sleep(100);
        open = 0;
        for (Wire wire : slow) {
          try {
            wire.send("a");
            open++;
          } catch (IOException e) {
            // It was cut off.
          }
        }
      }
      assertThat(open).isZero();
      assertThatItAnswers();
    } finally {
      for (Wire wire : slow) {
        wire.close();
      }
    }
  }

  @Test
  void aHeadHasALimit() throws IOException {
    for (String head :
        List.of(
            "GET /" + "a".repeat(1 << 20) + " HTTP/1.1\r\n",
            "GET / HTTP/1.1\r\nX: " + "a".repeat(1 << 20) + "\r\n",
            "GET / HTTP/1.1\r\n" + "X: a\r\n".repeat(20_000),
            "GET / HTTP/1.1\r\n" + "A: b\r\nB: c\r\n \r\n".repeat(20_000))) {
      try (Wire wire = new Wire(port)) {
        try {
          wire.send(head);
        } catch (IOException e) {
          // It has seen enough.
        }
        assertThat(wire.isClosedWithin(3_000)).isTrue();
      }
    }
    assertThatItAnswers();
  }

  @Test
  void aThousandConnectionsKeepNobodyFromBeingAnswered() throws IOException {
    List<Wire> wires = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        Wire wire = new Wire(port);
        if (i % 3 == 1) {
          wire.send("GET / HTTP/1.1\r\nHost:");
        } else if (i % 3 == 2) {
          wire.send(wire.head("GET /api/large")); // 4 MB, of which nothing is read
        }
        wires.add(wire);
      }
      long start = System.nanoTime();
      assertThatItAnswers();
      assertThat((System.nanoTime() - start) / 1e9).as("seconds").isLessThan(5);
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
    }
    assertThatItAnswers();
  }

  @Test
  void connectionsBeyondTheLimitAreRefusedUntilOthersAreClosed() throws Exception {
    List<Wire> wires = new ArrayList<>();
    try {
      for (int i = 0; i < 3_000; i++) {
        wires.add(new Wire(port));
      }
      long start = System.nanoTime();
      boolean answered = false;
      while (!answered && System.nanoTime() - start < 30e9) {
        try {
          assertThatItAnswers();
          answered = true;
        } catch (IOException e) {
          Thread.sleep(100);
        }
      }
      assertThat(answered).isTrue();
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
    }
  }
}
