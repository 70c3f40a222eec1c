package dev.glia.studio.http;

import dev.glia.table.InvalidDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A server with routes for tests and a small page, in this JVM or as a process of its own. */
final class TestServer {

  static final String PAGE = "dev/glia/studio/http/testpage";

  private static final byte[] LARGE = new byte[4 << 20];

  private TestServer() {}

  static Server start() throws IOException {
    return start(routes -> {});
  }

  /** With more routes than the usual ones. */
  static Server start(Consumer<Routes> more) throws IOException {
    return Server.start(
        0,
        PAGE,
        routes -> {
          register(routes);
          more.accept(routes);
        },
        new Timeouts(TimeUnit.MILLISECONDS.toNanos(200), 1, 1 << 20, new Computing.Limit(1, 2)));
  }

  private static void register(Routes routes) {
    routes.get("/api/hello", request -> new Answer.Json(Map.of("hello", true)));
    routes.get(
        "/api/echo/{id}",
        request -> {
          Map<String, Object> echo = new HashMap<>();
          echo.put("id", request.path("id"));
          request.query("value").ifPresent(value -> echo.put("value", value));
          return new Answer.Json(echo);
        });
    routes.post("/api/echo", request -> new Answer.Json(request.json()));
    routes.post("/api/table", request -> new Answer.Json(request.json(Request.LARGE)));
    routes.post(
        "/api/model",
        request -> new Answer.Json(Map.of("bytes", request.body(Request.LARGE).length)));
    routes.post("/api/nothing", request -> new Answer.Json(null));
    routes.get(
        "/api/file",
        request ->
            new Answer.File(
                "text/csv; charset=utf-8",
                request.query("name").orElse(null),
                "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)));
    routes.get("/api/large", request -> new Answer.File("text/plain", null, LARGE));
    routes.get(
        "/api/columns",
        request -> new Answer.Json(Map.of("names", List.of("</script><script>alert(1)</script>"))));
    routes.get(
        "/api/fails/{how}",
        request -> {
          return switch (request.path("how")) {
            case "refusal" -> throw new Refusal(404, "This run has ended.");
            case "argument" -> throw new IllegalArgumentException("Expected 1, found 2.");
            case "data" -> throw new InvalidDataException("Row 3 has no label.");
            case "reading" -> throw new IOException("The disk is gone.");
            case "memory" -> throw new OutOfMemoryError("secret");
            case "json" -> new Answer.Json(new Object());
            default -> throw new IllegalStateException("secret");
          };
        });
  }

  /** As a process: prints its port, then serves until its stdin ends. */
  public static void main(String[] args) throws IOException {
    try (Server server = start()) {
      System.out.println(server.port());
      System.in.readAllBytes();
    }
  }
}
