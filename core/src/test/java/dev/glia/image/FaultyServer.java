package dev.glia.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A local HTTPS server that misbehaves as a test wants. */
final class FaultyServer implements AutoCloseable {

  private static final char[] PASSWORD = "changeit".toCharArray();

  /** How to answer one path. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpsServer server;
  private final SSLContext trust;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1); // those who stall wait for it

  private FaultyServer(SSLContext identity, SSLContext trust) throws IOException {
    this.trust = trust;
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity));
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts a server with a key of its own, made by the JDK's keytool. */
  static FaultyServer start(Path folder) throws Exception {
    Path file = folder.resolve("key.p12");
    if (!Files.exists(file)) {
      makeKey(file);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return new FaultyServer(identity(keys), trust(keys));
  }

  private static void makeKey(Path file) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), Charset.defaultCharset());
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }

  private static SSLContext identity(KeyStore keys) throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext trust(KeyStore keys) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("test", keys.getCertificate("test"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(range == null ? path : path + " " + range);
      answers.getOrDefault(path, status(404)).to(exchange);
    }
  }

  /** Trusts this server. */
  SSLContext trust() {
    return trust;
  }

  URI address(String path) {
    return URI.create("https://localhost:" + server.getAddress().getPort() + path);
  }

  void answer(String path, Answer answer) {
    answers.put(path, answer);
  }

  /** The paths asked for so far, each with its range if one was asked for. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    executor.shutdownNow();
  }

  /** Keeps to the protocol, ranges and all. */
  static Answer good(byte[] content) {
    return exchange -> {
      int start = start(exchange);
      if (start >= content.length && start > 0) {
        exchange.getResponseHeaders().add("Content-Range", "bytes */" + content.length);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      send(exchange, content, start, content.length - start, content.length);
    };
  }

  private static int start(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
  }

  /** Sends content[start .. end) with a header that promises some length from the start. */
  private static void send(HttpExchange exchange, byte[] content, int start, int promised, int end)
      throws IOException {
    if (start > 0) {
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes %d-%d/%d".formatted(start, end - 1, content.length));
    }
    exchange.sendResponseHeaders(start > 0 ? 206 : 200, promised);
    exchange.getResponseBody().write(Arrays.copyOfRange(content, start, end));
    exchange.getResponseBody().flush();
  }

  /** Breaks the connection after each so many bytes. */
  static Answer cutting(byte[] content, int piece) {
    return exchange -> {
      int start = start(exchange);
      send(
          exchange,
          content,
          start,
          content.length - start,
          Math.min(content.length, start + piece));
    };
  }

  /** Promises more than it has, and breaks the connection. */
  static Answer promisingMore(byte[] content, int surplus) {
    return exchange -> {
      int start = start(exchange);
      if (start >= content.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      send(exchange, content, start, content.length - start + surplus, content.length);
    };
  }

  /** Sends half and then nothing more, without breaking the connection. */
  Answer stalling(byte[] content) {
    return exchange -> {
      send(exchange, content, 0, content.length, content.length / 2);
      await(end);
    };
  }

  /** Sends half, and the rest once the latch is open. */
  static Answer waiting(byte[] content, CountDownLatch arrived, CountDownLatch latch) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, content.length / 2);
      exchange.getResponseBody().flush();
      arrived.countDown();
      await(latch);
      exchange
          .getResponseBody()
          .write(content, content.length / 2, content.length - content.length / 2);
    };
  }

  /** Never answers. */
  Answer silent() {
    return exchange -> await(end);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends everything whatever range is asked for. */
  static Answer ignoringRange(byte[] content) {
    return exchange -> send(exchange, content, 0, content.length, content.length);
  }

  /** Does not say how long it is. */
  static Answer chunked(byte[] content) {
    return exchange -> send(exchange, content, 0, 0, content.length);
  }

  /** Answers a range with one that it says begins elsewhere. */
  static Answer misplacing(byte[] content, String place) {
    return exchange -> {
      if (start(exchange) == 0) {
        send(exchange, content, 0, content.length, content.length);
      } else {
        String last = (content.length - 1) + "/" + content.length;
        exchange.getResponseHeaders().add("Content-Range", "bytes " + place + "-" + last);
        exchange.sendResponseHeaders(206, content.length - 1);
        exchange.getResponseBody().write(content, 1, content.length - 1);
      }
    };
  }

  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  static Answer redirect(int status, String location) {
    return exchange -> {
      exchange.getResponseHeaders().add("Location", location);
      exchange.sendResponseHeaders(status, -1);
    };
  }
}
