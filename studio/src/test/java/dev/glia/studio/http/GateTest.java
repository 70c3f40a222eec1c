package dev.glia.studio.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.studio.http.Wire.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts of other pages, and of whoever pretends to be ours, to get in. */
class GateTest {

  private static Server server;
  private static int port;
  private static String token;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start();
    port = server.port();
    token = Wire.token(port);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Response askAt(String host, String path) throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      return wire.read();
    }
  }

  private static Response post(String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Length: 2");
    try (Wire wire = new Wire(port)) {
      wire.send(wire.head("POST /api/echo", all.toArray(String[]::new)) + "{}");
      return wire.read();
    }
  }

  @Test
  void theStudioHasThreeNames() throws IOException {
    for (String name : List.of("127.0.0.1", "localhost", "LocalHost", "[::1]")) {
      assertThat(askAt(name + ":" + port, "/api/hello").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:PORT",
        "127.0.0.1.evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:PORT@evil.example",
        "127.0.0.1:PORT,evil.example",
        "127.1:PORT",
        "0.0.0.0:PORT",
        "2130706433:PORT",
        "localhost.:PORT",
        "",
      })
  void aNameThatWasMadeToPointHereIsRefused(String host) throws IOException {
    String name = host.replace("PORT", String.valueOf(port));
    for (String path : List.of("/", "/api/hello")) {
      Response response = askAt(name, path);
      assertThat(response.status()).isEqualTo(403);
      assertThat(response.text()).doesNotContain(token, "evil");
    }
  }

  @Test
  void exactlyOneHostIsExpected() throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send("GET /api/hello HTTP/1.1\r\n\r\n");
      assertThat(wire.read().status()).isEqualTo(403);
    }
    assertThat(Wire.ask(port, "GET /api/hello", "Host: evil.example").status()).isEqualTo(400);
    assertThat(Wire.ask(port, "GET http://127.0.0.1:" + port + "/api/hello").status())
        .isEqualTo(400);
    assertThat(Wire.ask(port, "GET //evil.example/api/hello").status()).isEqualTo(400);
  }

  @Test
  void ourOwnPageGetsIn() throws IOException {
    for (String name : List.of("127.0.0.1", "localhost")) {
      try (Wire wire = new Wire(port)) {
        String host = name + ":" + port;
        wire.send(
            String.join(
                    "\r\n",
                    "POST /api/echo HTTP/1.1",
                    "Host: " + host,
                    "Origin: http://" + host,
                    "Sec-Fetch-Site: same-origin",
                    "X-Glia-Token: " + token,
                    "Content-Type: application/json; charset=utf-8",
                    "Content-Length: 2")
                + "\r\n\r\n{}");
        assertThat(wire.read().status()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "https://127.0.0.1:PORT",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost:PORT", // a name of ours, but not the one that was asked
        "http://127.0.0.1:PORT.evil.example",
        "http://127.0.0.1:PORT/",
        "null",
        "file://",
        "",
      })
  void aForeignOriginIsRefusedWithOrWithoutAToken(String origin) throws IOException {
    String header = "Origin: " + origin.replace("PORT", String.valueOf(port));
    for (String path : List.of("/", "/api/hello", "/api/events?watch=a")) {
      Response response = Wire.ask(port, "GET " + path, header);
      assertThat(response.status()).isEqualTo(403);
      assertThat(response.header("Access-Control-Allow-Origin")).isNull();
    }
    assertThat(post(header, "X-Glia-Token: " + token, "Content-Type: application/json").status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "nonsense"})
  void whatTheBrowserCallsForeignIsRefused(String site) throws IOException {
    String header = "Sec-Fetch-Site: " + site;
    assertThat(Wire.ask(port, "GET /api/hello", header).status()).isEqualTo(403);
    assertThat(Wire.ask(port, "GET /", header).status()).isEqualTo(403);
    // An image, a script, a frame, or a form of another page:
    for (String dest : List.of("image", "script", "iframe", "empty")) {
      String destination = "Sec-Fetch-Dest: " + dest;
      assertThat(Wire.ask(port, "GET /", header, "Sec-Fetch-Mode: navigate", destination).status())
          .isEqualTo(403);
    }
  }

  @Test
  void aLinkElsewhereOpensThePageAndNothingElse() throws IOException {
    String[] link = {
      "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"
    };
    assertThat(Wire.ask(port, "GET /", link).status()).isEqualTo(200);
    assertThat(Wire.ask(port, "GET /api/hello", link).status()).isEqualTo(403);
    assertThat(Wire.ask(port, "POST /", link).status()).isEqualTo(403);
  }

  @Test
  void aChangeNeedsTheTokenOfThisStart() throws IOException {
    String json = "Content-Type: application/json";
    List<String[]> attempts =
        List.of(
            new String[] {json},
            new String[] {json, "X-Glia-Token: "},
            new String[] {json, "X-Glia-Token: " + token.substring(1)},
            new String[] {json, "X-Glia-Token: " + token + "a"},
            new String[] {json, "X-Glia-Token: " + token.toUpperCase(Locale.ROOT)},
            new String[] {json, "X-Glia-Token: " + token, "X-Glia-Token: " + token},
            new String[] {json, "Cookie: X-Glia-Token=" + token});
    for (String[] headers : attempts) {
      assertThat(post(headers).status()).as(List.of(headers).toString()).isIn(400, 403);
    }
    assertThat(post(json, "X-Glia-Token: " + token).status()).isEqualTo(200);
    try (Server other = TestServer.start()) {
      assertThat(Wire.token(other.port())).hasSameSizeAs(token).isNotEqualTo(token);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/octet-stream",
        "application/jsonp",
        "",
      })
  void aBodyThatAFormCouldSendIsRefused(String type) throws IOException {
    Response response = post("X-Glia-Token: " + token, "Content-Type: " + type);
    assertThat(response.status()).isEqualTo(415);
    assertThat(response.error()).contains("application/json");
  }

  @Test
  void aPreflightGetsNothing() throws IOException {
    String method = "Access-Control-Request-Method: POST";
    String header = "Access-Control-Request-Headers: x-glia-token";
    for (String origin : List.of("http://evil.example", "http://127.0.0.1:" + port)) {
      Response response = Wire.ask(port, "OPTIONS /api/echo", "Origin: " + origin, method, header);
      assertThat(response.status()).isIn(403, 405);
      assertThat(response.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }
  }

  @Test
  void oneRequestIsNotTakenForTwo() throws IOException {
    String token = "X-Glia-Token: " + GateTest.token;
    String json = "Content-Type: application/json";
    String second = "GET /api/fails/refusal HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
    List<String[]> attempts =
        List.of(
            new String[] {"Content-Length: 5", "Transfer-Encoding: chunked"},
            new String[] {"Transfer-Encoding: chunked"},
            new String[] {"Transfer-Encoding: identity"},
            new String[] {"Transfer-Encoding: chunked, identity"},
            new String[] {"Transfer-Encoding : chunked"},
            new String[] {"Content-Length: 5", "Content-Length: 0"},
            new String[] {"Content-Length: 0, 5"},
            new String[] {"Content-Length: +5"},
            new String[] {"Content-Length: -5"},
            new String[] {"Content-Length: 0x5"},
            new String[] {"Content-Length: 99999999999999999999"},
            new String[] {"Content-Length:"});
    for (String[] framing : attempts) {
      try (Wire wire = new Wire(port)) {
        List<String> headers = new ArrayList<>(List.of(token, json));
        headers.addAll(List.of(framing));
        wire.send(
            wire.head("POST /api/echo", headers.toArray(String[]::new)) + "0\r\n\r\n" + second);
        Response response = wire.readHead();
        assertThat(response.status()).as(String.join(" and ", framing)).isIn(400, 411, 501);
      }
    }
    // What a GET would leave behind as a second request:
    Response response = Wire.ask(port, "GET /api/hello", "Content-Length: " + second.length());
    assertThat(response.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET\r\n\r\n",
        "GET /\r\n\r\n",
        "GET mailto:a HTTP/1.1\r\n\r\n",
        "GET * HTTP/1.1\r\n\r\n",
        "GET /\0 HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nno header\r\n\r\n",
        "GET / HTTP/1.1\r\n: empty\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        "\u0016\u0003\u0001\u0002\0\u0001\0", // the first bytes of TLS
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      })
  void whatIsNoRequestOfHttpIsRefused(String text) throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send(text.replace("PORT", String.valueOf(port)));
      if (text.endsWith("\r\n\r\n")) {
        String status = wire.line();
        assertThat(status == null || status.matches("HTTP/1.1 [45].*")).as(status).isTrue();
      }
    }
    assertThat(Wire.ask(port, "GET /api/hello").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%0d%0aSet-Cookie:%20a=1",
        "a%0D%0A%0D%0A%3Cscript%3Ealert(1)%3C/script%3E",
        "a%22;%20filename=%22b",
        "..%2F..%2Fetc%2Fpasswd",
        "a%00b",
        "%E5%98%8A%E5%98%8DSet-Cookie:a", // whose low bytes are CR and LF
      })
  void aQueryDoesNotGetIntoTheHeaders(String value) throws IOException {
    Response file = Wire.ask(port, "GET /api/file?name=" + value);
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("Set-Cookie")).isNull();
    assertThat(file.header("Content-Disposition"))
        .matches("attachment; filename=\"[A-Za-z0-9._-]+\"");
    assertThat(file.text()).isEqualTo("a,b\n1,2\n");
  }

  @Test
  void markupInDataIsDataToTheBrowser() throws IOException {
    Response columns = Wire.ask(port, "GET /api/columns");
    assertThat(columns.header("Content-Type")).isEqualTo("application/json");
    assertThat(columns.header("X-Content-Type-Options")).isEqualTo("nosniff");
    Response echo = Wire.ask(port, "GET /api/echo/a?value=%3Cscript%3Ealert(1)%3C/script%3E");
    assertThat(echo.header("Content-Type")).isEqualTo("application/json");
    // Not even in what says that something is not there:
    Response unknown = Wire.ask(port, "GET /%3Cscript%3Ealert(1)%3C/script%3E");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text()).doesNotContain("script");
  }
}
