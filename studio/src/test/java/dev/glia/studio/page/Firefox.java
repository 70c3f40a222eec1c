package dev.glia.studio.page;

import dev.glia.internal.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The Firefox that is there already, with one tab, driven by its own WebDriver BiDi (a W3C draft):
 * Playwright drives only a Firefox that it has changed and downloads.
 */
final class Firefox implements AutoCloseable {

  private static final List<String> NAMES = List.of("firefox", "firefox-esr");
  private static final long PATIENCE_SECONDS = 60;
  private static final String LISTENS = "WebDriver BiDi listening on ";

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger asked = new AtomicInteger();
  private final Map<Long, CompletableFuture<Map<String, Object>>> answers =
      new ConcurrentHashMap<>();
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
  private String tab = "";

  private Firefox(Path executable, Path profile) {
    try {
      process =
          new ProcessBuilder(
                  executable.toString(),
                  "--headless",
                  "--no-remote",
                  "--remote-debugging-port=0",
                  "--profile",
                  profile.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create(address() + "/session"), new Listener())
              .join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ask("session.new", Map.of("capabilities", Map.of()));
    ask("session.subscribe", Map.of("events", List.of("log.entryAdded")));
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder
   */
  static Firefox start(Path profile) {
    return new Firefox(InstalledBrowser.find("Firefox", NAMES, "firefox-esr"), profile);
  }

  /** Firefox says it once, when it listens; what it says afterwards is read so that it goes on. */
  private String address() throws IOException {
    BufferedReader said = process.errorReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(LISTENS)) {
        Thread.ofVirtual().start(() -> said.lines().forEach(more -> {}));
        return line.substring(LISTENS.length()).strip();
      }
    }
    throw new AssertionError("Firefox ended before it listened.");
  }

  /** What the pages' consoles complained of. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Opens an address in a new tab, which is the one that all else is about. */
  void open(String address, int width, int height) {
    String old = tab;
    tab = (String) ask("browsingContext.create", Map.of("type", "tab")).get("context");
    if (!old.isEmpty()) {
      ask("browsingContext.close", Map.of("context", old));
    }
    ask(
        "browsingContext.setViewport",
        Map.of("context", tab, "viewport", Map.of("width", width, "height", height)));
    ask("browsingContext.navigate", Map.of("context", tab, "url", address, "wait", "complete"));
  }

  /** The value of an expression in the page: text, a number, true, false or null. */
  @Nullable Object value(String expression) {
    Map<String, Object> answer =
        ask(
            "script.evaluate",
            Map.of(
                "expression", expression, "target", Map.of("context", tab), "awaitPromise", true));
    if (answer.get("exceptionDetails") instanceof Map<?, ?> exception) {
      throw new AssertionError(expression + ": " + exception.get("text"));
    }
    return ((Map<?, ?>) Objects.requireNonNull(answer.get("result"))).get("value");
  }

  /** Waits until an expression is true. */
  void await(String expression) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Boolean.TRUE.equals(value(expression))) {
      if (System.nanoTime() > end) {
        throw new AssertionError("It never came true in Firefox: " + expression);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Presses the mouse at the first of these points and draws it along the others. */
  void draw(List<int[]> points) {
    List<Map<String, Object>> actions = new ArrayList<>();
    for (int[] point : points) {
      Map<String, Object> move = new LinkedHashMap<>();
      move.put("type", "pointerMove");
      move.put("x", point[0]);
      move.put("y", point[1]);
      actions.add(move);
      if (actions.size() == 1) {
        actions.add(Map.of("type", "pointerDown", "button", 0));
      }
    }
    actions.add(Map.of("type", "pointerUp", "button", 0));
    ask(
        "input.performActions",
        Map.of(
            "context",
            tab,
            "actions",
            List.of(Map.of("type", "pointer", "id", "mouse", "actions", actions))));
  }

  void click(int x, int y) {
    draw(List.of(new int[] {x, y}));
  }

  /** What is to be seen, as a PNG. */
  byte[] screenshot() {
    Map<String, Object> answer = ask("browsingContext.captureScreenshot", Map.of("context", tab));
    return Base64.getDecoder().decode((String) answer.get("data"));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> ask(String method, Map<String, Object> parameters) {
    long id = asked.incrementAndGet();
    CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket
        .sendText(Json.write(Map.of("id", id, "method", method, "params", parameters)), true)
        .join();
    Map<String, Object> whole = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (!"success".equals(whole.get("type"))) {
      throw new AssertionError(method + ": " + whole.get("message"));
    }
    return (Map<String, Object>) Objects.requireNonNull(whole.get("result"));
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        hear(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  @SuppressWarnings("unchecked")
  private void hear(String message) {
    Map<String, Object> heard = (Map<String, Object>) Objects.requireNonNull(Json.read(message));
    if (heard.get("id") instanceof Number id) {
      Objects.requireNonNull(answers.remove(id.longValue())).complete(heard);
    } else if ("log.entryAdded".equals(heard.get("method"))) {
      Map<String, Object> entry = (Map<String, Object>) heard.get("params");
      if (List.of("error", "warn").contains(String.valueOf(entry.get("level")))) {
        complaints.add(entry.get("level") + ": " + entry.get("text"));
      }
    }
  }

  @Override
  public void close() {
    try {
      ask("browser.close", Map.of());
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
      client.close();
    }
  }
}
