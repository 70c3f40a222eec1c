package dev.glia.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.glia.internal.json.Json;
import dev.glia.studio.http.Wire;
import dev.glia.studio.http.Wire.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a foreign page can make the studio do, and what many ask: another run trains and is seen.
 */
class HostilePageTest {

  private static final Duration SOON = Duration.ofSeconds(5); // milliseconds on a free machine

  private Studio studio;
  private int port;
  private Wire stream;
  private long seen; // updates

  @BeforeEach
  void trainAndWatch() throws IOException {
    studio = Studio.startAt(0, Path.of("no-such-folder"));
    port = studio.address().getPort();
    String id = open("{\"data\":\"moons\",\"epochs\":\"1000000\",\"log-every\":\"100\"}");
    assertThat(Wire.post(port, "/api/sessions/" + id + "/speed", "{\"article\":true}").status())
        .isEqualTo(200);
    assertThat(Wire.post(port, "/api/sessions/" + id + "/run", "{}").status()).isEqualTo(200);
    stream = new Wire(port);
    stream.send(stream.head("GET /api/events?watch=" + id + ":field+units+weights"));
    assertThat(stream.readHead().status()).isEqualTo(200);
    assertThatItTrainsOn(Duration.ofSeconds(30)); // classes are loaded
  }

  @AfterEach
  void end() throws IOException {
    stream.close();
    studio.close();
  }

  private String open(String settings) throws IOException {
    Response response = Wire.post(port, "/api/sessions", "{\"settings\":" + settings + "}");
    assertThat(response.status()).as(response.text()).isEqualTo(200);
    return (String) response.json().get("id");
  }

  /** A frame comes soon, of later updates than the last one. */
  private void assertThatItTrainsOn() {
    assertThatItTrainsOn(SOON);
  }

  private void assertThatItTrainsOn(Duration within) {
    assertTimeoutPreemptively(
        within,
        () -> {
          long before = seen;
          while (seen <= before) {
            String line = stream.chunkedLine();
            assertThat(line).isNotNull();
            if (line.startsWith("data: ") && Json.read(line.substring(6)) instanceof Map<?, ?> m) {
              seen = ((Number) m.get("updates")).longValue();
            }
          }
        });
  }

  @Test
  void aLinkWithAHugeQueryCostsNothing() {
    for (int commas : List.of(10, 10_000, 50_000, 300_000)) {
      assertTimeoutPreemptively(
          SOON,
          () -> {
            try (Wire wire = new Wire(port)) {
              try {
                wire.send(
                    wire.head(
                        "GET /?data=moons&layers=" + ",".repeat(commas),
                        "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Mode: navigate",
                        "Sec-Fetch-Dest: document"));
                assertThat(wire.read().status()).isEqualTo(commas > 10_000 ? 414 : 200);
              } catch (IOException e) { // the server has seen enough of it
                assertThat(commas).isGreaterThan(50_000);
              }
            }
          });
      assertThatItTrainsOn();
    }
  }

  /** The page that a link opens sends on what stands behind the link's #. */
  @ParameterizedTest
  @ValueSource(
      strings = {"layers", "optimizer", "learning-rate", "points", "csv-name", "data", "no"})
  void hugeSettingsOfALinkAreRefused(String key) {
    for (String text : List.of(",", "(", "1", " ", "1:relu,", "\\u0000")) {
      String value = "relu" + text.repeat(300_000) + "!";
      assertTimeoutPreemptively(
          SOON,
          () -> {
            Response response =
                Wire.post(
                    port, "/api/sessions", "{\"settings\":{\"" + key + "\":\"" + value + "\"}}");
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.error()).hasSizeLessThan(1_000);
          });
      assertThatItTrainsOn();
    }
  }

  @Test
  void tooMuchTogetherIsRefused() {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          Response response =
              Wire.post(
                  port,
                  "/api/sessions",
                  "{\"settings\":{\"data\":\"blobs\",\"samples\":100000,\"centers\":100000}}");
          assertThat(response.status()).isEqualTo(400);
          assertThat(response.error()).startsWith("centers: the studio takes at most");
        });
    assertThatItTrainsOn();
  }

  /** Fifty pages want a picture that takes a core for a second or two. */
  @Test
  void manyWhoAskForMuchStopNobody() throws Exception {
    String id = open("{\"data\":\"moons\",\"layers\":\"600:relu,600:relu\",\"epochs\":\"1\"}");
    assertThat(Wire.post(port, "/api/sessions/" + id + "/step", "{}").status()).isEqualTo(200);
    List<Wire> wires = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Wire wire = new Wire(port);
        wire.send(wire.head("GET /api/sessions/" + id + "/export/pictures/training.png"));
        wires.add(wire);
      }
      for (int i = 0; i < 10; i++) {
        assertTimeoutPreemptively(
            SOON, () -> assertThat(Wire.ask(port, "GET /").status()).isEqualTo(200));
        assertThatItTrainsOn();
      }
      Response first = wires.getFirst().read();
      assertThat(first.status()).isIn(200, 503);
      if (first.status() == 503) {
        assertThat(first.error()).containsAnyOf("picture", "busy");
      }
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
    }
  }
}
