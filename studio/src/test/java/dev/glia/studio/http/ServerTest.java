package dev.glia.studio.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.studio.http.Wire.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers to its own page. */
class ServerTest {

  private static Server server;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start();
    port = server.port();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/js/app.js", "/api/hello", "/api/file", "/api/fails/refusal", "/no"})
  void everyAnswerCarriesTheHeadersOfSafety(String path) throws IOException {
    Response response = Wire.ask(port, "GET " + path);
    assertThat(response.header("Content-Security-Policy"))
        .contains(
            "default-src 'none'",
            "script-src 'self';",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'none'")
        .doesNotContain("unsafe");
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(response.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(response.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(response.header("Access-Control-Allow-Origin")).isNull();
    assertThat(response.header("Cache-Control"))
        .isEqualTo(path.equals("/") || path.endsWith(".js") ? "no-cache" : "no-store");
  }

  @Test
  void valuesAreJson() throws IOException {
    Response response = Wire.ask(port, "GET /api/hello");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).isEqualTo("{\"hello\":true}");
    assertThat(Wire.post(port, "/api/echo", "{\"a\":[1,\"ü\"]}").json())
        .isEqualTo(Map.of("a", List.of(1L, "ü")));
    assertThat(Wire.post(port, "/api/echo", "").text()).isEqualTo("{}");
    assertThat(Wire.post(port, "/api/nothing", "{}").text()).isEqualTo("null");
  }

  @Test
  void partsOfThePathAndTheQueryAreDecodedOnce() throws IOException {
    assertThat(Wire.ask(port, "GET /api/echo/a-1.b?value=%C3%BC%2B+%2525&other=").json())
        .isEqualTo(Map.of("id", "a-1.b", "value", "ü+ %25"));
    assertThat(Wire.ask(port, "GET /api/echo/a?value=1&value=2").error()).contains("once");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "refusal  | 404 | This run has ended.",
        "argument | 400 | 'Expected 1, found 2.'",
        "data     | 400 | Row 3 has no label.",
        "reading  | 500 | The disk is gone.",
        "memory   | 500 | MB of memory",
        "json     | 500 | This is a fault in Glia",
        "fault    | 500 | This is a fault in Glia",
      })
  void anErrorIsASentence(String how, int status, String sentence) throws IOException {
    Response response = Wire.ask(port, "GET /api/fails/" + how);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.error()).contains(sentence).endsWith(".");
    assertThat(response.text()).doesNotContain("secret", "at dev.glia", "\\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "3", "null", "\"a\"", "{\"a\":}", "{", "nonsense"})
  void whatIsNoJsonObjectIsRefused(String body) throws IOException {
    Response response = Wire.post(port, "/api/echo", body);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.error()).contains("JSON");
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD,/,GET",
    "HEAD,/api/hello,GET",
    "PUT,/api/hello,GET",
    "DELETE,/js/app.js,GET",
    "OPTIONS,/api/echo,POST",
    "TRACE,/api/hello,GET",
    "PROPFIND,/,GET",
    "get,/api/hello,GET",
    "GET,/api/echo,POST",
  })
  void otherMethodsAreRefused(String method, String path, String allowed) throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send(wire.head(method + " " + path));
      Response response = method.equals("HEAD") ? wire.readHead() : wire.read();
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.header("Allow")).isEqualTo(allowed);
    }
  }

  @Test
  void aFileIsSavedUnderAPlainName() throws IOException {
    Response file = Wire.ask(port, "GET /api/file?name=history.csv");
    assertThat(file.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(file.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"history.csv\"");
    assertThat(file.text()).isEqualTo("a,b\n1,2\n");
    assertThat(Wire.ask(port, "GET /api/file").header("Content-Disposition")).isNull();
  }

  @Test
  void aConnectionServesOneRequestAfterTheOther() throws IOException {
    try (Wire wire = new Wire(port)) {
      for (int i = 0; i < 50; i++) {
        assertThat(wire.ask("GET /api/echo/" + i).json().get("id")).isEqualTo(String.valueOf(i));
      }
    }
  }

  @Test
  void anAnswerDoesNotWaitForTheClientsAcknowledgement() throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.ask("GET /js/app.js");
      long start = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        wire.ask("GET /js/app.js");
      }
      assertThat((System.nanoTime() - start) / 50e6).as("ms").isLessThan(20); // it would be 40
    }
  }

  @Test
  void whatTheApiNeedsIsLoadedByTheFirstRequestForIt() throws IOException {
    int[] loaded = new int[1];
    try (Server other =
        Server.start(
            0,
            TestServer.PAGE,
            routes -> {
              loaded[0]++;
              routes.get("/api/hello", request -> new Answer.Json(1));
            })) {
      Wire.ask(other.port(), "GET /");
      assertThat(loaded[0]).isZero();
      Wire.ask(other.port(), "GET /api/hello");
      Wire.ask(other.port(), "GET /api/hello");
      assertThat(loaded[0]).isOne();
    }
  }

  @Test
  void aClosedServerHasGivenItsPortBack() throws IOException {
    Server first = TestServer.start();
    Wire idle = new Wire(first.port());
    idle.ask("GET /api/hello");
    first.close();
    assertThat(idle.isClosedWithin(5_000)).isTrue();
    idle.close();
    try (Server second = Server.start(first.port(), TestServer.PAGE, routes -> {})) {
      assertThat(second.port()).isEqualTo(first.port());
    }
  }
}
