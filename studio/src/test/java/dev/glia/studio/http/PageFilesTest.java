package dev.glia.studio.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.studio.http.Wire.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files: what there is, and that there is nothing else. */
class PageFilesTest {

  private static Server server;
  private static int port;

  @TempDir Path folder;

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
  @CsvSource({
    "/,text/html; charset=utf-8",
    "/index.html,text/html; charset=utf-8",
    "/js/app.js,text/javascript; charset=utf-8",
    "/css/base.css,text/css; charset=utf-8",
    "/lib/d3.js,text/javascript; charset=utf-8",
  })
  void everyFileHasItsType(String path, String type) throws IOException {
    Response response = Wire.ask(port, "GET " + path);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type")).isEqualTo(type);
    assertThat(response.body()).isNotEmpty();
  }

  @Test
  void d3IsTheOneThatTheBuildNames() throws IOException {
    assertThat(Wire.ask(port, "GET /lib/d3.js").text()).startsWith("// https://d3js.org v7.9.0");
  }

  @Test
  void theIndexCarriesARandomToken() throws IOException {
    assertThat(Wire.ask(port, "GET /").text())
        .containsPattern("<meta name=\"glia-token\" content=\"[A-Za-z0-9_-]{43}\">")
        .startsWith("<!doctype html>")
        .endsWith("</html>\n");
  }

  @Test
  void textIsPackedForThoseWhoUnpackIt() throws IOException {
    byte[] plain = Wire.ask(port, "GET /js/app.js").body();
    for (String accepted : List.of("gzip", "deflate, gzip;q=0.5, br", "br,gzip")) {
      Response packed = Wire.ask(port, "GET /js/app.js", "Accept-Encoding: " + accepted);
      assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(packed.header("Vary")).isEqualTo("Accept-Encoding");
      assertThat(packed.body().length).isLessThan(plain.length / 2);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
          .isEqualTo(plain);
    }
    for (String accepted : List.of("br", "gzip;q=0", "gzip;q=0.0", "xgzip", "")) {
      Response other = Wire.ask(port, "GET /js/app.js", "Accept-Encoding: " + accepted);
      assertThat(other.header("Content-Encoding")).isNull();
      assertThat(other.body()).isEqualTo(plain);
    }
  }

  @Test
  void whatTheBrowserHasIsNotSentAgain() throws IOException {
    String gzip = "Accept-Encoding: gzip";
    try (Wire wire = new Wire(port)) {
      String plain = wire.ask("GET /js/app.js").header("ETag");
      String packed = wire.ask("GET /js/app.js", gzip).header("ETag");
      assertThat(plain).isNotEqualTo(packed);
      Response again = wire.ask("GET /js/app.js", gzip, "If-None-Match: \"other\", " + packed);
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.header("ETag")).isEqualTo(packed);
      assertThat(wire.ask("GET /js/app.js", gzip, "If-None-Match: " + plain).status())
          .isEqualTo(200);
      assertThat(wire.ask("GET /css/base.css", "If-None-Match: " + plain).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../Server.class",
        "/../../../../../etc/passwd",
        "/js/../../Server.class",
        "/js/../index.html",
        "/./index.html",
        "/js/./app.js",
        "/js//app.js",
        "/js/",
        "/js",
        "/%2e%2e/Server.class",
        "/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/..%2fServer.class",
        "/..%5cServer.class",
        "/%252e%252e/Server.class",
        "/%c0%ae%c0%ae/Server.class",
        "/..;/Server.class",
        "/etc/passwd",
        "/index.html%00.js",
        "/index.html%00",
        "/js/app.js%20",
        "/js/app.js.",
        "/js/app.js/",
        "/JS/app.js",
        "/index.html::$DATA",
        "/META-INF/MANIFEST.MF",
        "/lib/../js/app.js",
        "/lib/d3.min.js",
        "/dev/glia/studio/http/Server.class",
        "/file:///etc/passwd",
        "/api/../index.html",
        "/api/%2e%2e/index.html",
        "/api/echo/..",
        "/api/echo/%2e%2e",
        "/api/echo/a%2fb",
        "/api/echo/",
        "/api/",
        "/api",
      })
  void noPathLeadsOutOfThePage(String path) throws IOException {
    Response response = Wire.ask(port, "GET " + path);
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.error()).isEqualTo("The studio has nothing at this address.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//etc/passwd",
        "///etc/passwd",
        "file:///etc/passwd",
        "/\\..\\Server.class",
        "/..\\..\\etc\\passwd",
        "\\\\evil\\share",
        "../Server.class",
        "etc/passwd",
        "/%",
        "/%zz",
      })
  void whatIsNoPathIsNoPath(String path) throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send(wire.head("GET " + path));
      String status = wire.line();
      assertThat(status == null || status.matches("HTTP/1.1 40[04].*")).as(status).isTrue();
    }
  }

  @Test
  void aPageInAJarIsTheSame() throws IOException {
    Path jar = folder.resolve("a page.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String name : List.of("page/index.html", "page/js/a.js", "pages/b.js", "secret.txt")) {
        out.putNextEntry(new JarEntry("some/" + name)); // no entries of folders
        out.write("<meta name=\"glia-token\" content=\"\">".getBytes(StandardCharsets.UTF_8));
      }
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      PageFiles page = new PageFiles(loader, "some/page", () -> "secret");
      assertThat(page.paths())
          .containsExactlyInAnyOrder("/", "/index.html", "/js/a.js", "/lib/d3.js");
      assertThat(new String(page.find("/").content(), StandardCharsets.UTF_8))
          .isEqualTo("<meta name=\"glia-token\" content=\"secret\">");
      assertThat(new String(page.find("/js/a.js").content(), StandardCharsets.UTF_8))
          .doesNotContain("secret");
      assertThatThrownBy(() -> page.find("/../secret.txt")).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void aBuildWithoutItsPageSaysSo() throws IOException {
    try (Server without = Server.start(0, "dev/glia/nowhere", routes -> {})) {
      Response response = Wire.ask(without.port(), "GET /");
      assertThat(response.status()).isEqualTo(500);
      assertThat(response.error()).isEqualTo("The studio's page is not part of this build.");
    }
  }
}
