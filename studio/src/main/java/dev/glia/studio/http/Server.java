package dev.glia.studio.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.glia.internal.io.WholeFile;
import dev.glia.internal.text.ShownText;
import dev.glia.studio.http.PageFiles.PageFile;
import dev.glia.table.InvalidDataException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The studio's server: the JDK's, on this machine's own address, with a virtual thread for each
 * request, behind the {@link Gate}. What takes longer than a look is done by {@link Computing}.
 */
public final class Server implements AutoCloseable {

  private static final int BACKLOG = 1024; // connections that wait to be accepted

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Computing answers;
  private final Computing frames = new Computing(ServerLimits.FRAMES, Computing.Limit.NONE);
  private final Deadlines deadlines;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Semaphore streams = new Semaphore(ServerLimits.STREAMS);
  private final Gate gate;
  private final PageFiles page;
  private final Consumer<Routes> api;
  private final Timeouts timeouts;
  private @Nullable Router router; // null until it is needed
  private @Nullable String token; // null until it is needed

  private Server(HttpServer http, String pageFolder, Consumer<Routes> api, Timeouts timeouts) {
    this.http = http;
    this.api = api;
    this.timeouts = timeouts;
    answers = new Computing(ServerLimits.ANSWERS, timeouts.limit());
    deadlines = new Deadlines(timeouts);
    gate = new Gate(port(), this::token);
    page = new PageFiles(Server.class.getClassLoader(), pageFolder, this::token);
  }

  /**
   * Starts a server.
   *
   * @param port 0 for a free one
   * @param pageFolder of resources, such as {@code dev/glia/studio/page}
   * @param api registers what there is beside the page; called by the first request for it, as what
   *     it needs takes longer to load than a server to start
   * @throws java.net.BindException if the port is taken
   */
  public static Server start(int port, String pageFolder, Consumer<Routes> api) throws IOException {
    return start(port, pageFolder, api, Timeouts.USUAL);
  }

  static Server start(int port, String pageFolder, Consumer<Routes> api, Timeouts timeouts)
      throws IOException {
    ServerLimits.apply();
    InetAddress here = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(here, port), BACKLOG);
    Server server = new Server(http, pageFolder, api, timeouts);
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /** The port it listens at. */
  public int port() {
    return http.getAddress().getPort();
  }

  /** Ends streams of events, then all connections. */
  @Override
  public void close() {
    closing.countDown();
    try {
      // A stream ends with its next sample. A client that does not read is not waited for.
      boolean _ = streams.tryAcquire(ServerLimits.STREAMS, 500, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.stop(0);
    threads.shutdownNow();
    answers.close();
    frames.close();
    deadlines.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Reply reply = new Reply(exchange, deadlines);
    try {
      prepare(exchange, reply).send();
    } catch (InterruptedException e) {
      throw new IOException("The server has been closed.", e); // the JDK's closes the connection
    }
  }

  /** What is left to do when it is known what the answer is: to write it. */
  @FunctionalInterface
  private interface Sending {
    void send() throws IOException, InterruptedException;
  }

  private Sending prepare(HttpExchange exchange, Reply reply) throws InterruptedException {
    try {
      gate.check(exchange);
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getRawPath();
      if (!path.startsWith("/api/")) {
        PageFile file = page.find(path);
        if (!method.equals("GET")) {
          throw Refusal.method(List.of("GET"));
        }
        return () -> reply.page(file);
      }
      Router.Match match = router().find(method, path);
      ExchangeRequest request = new ExchangeRequest(exchange, match.parts());
      request.receive();
      Computing.Work<Sending> work =
          () -> prepare(match.handler().answer(request), exchange, reply);
      return match.computes()
          ? answers.call("The answer \"" + match.name() + "\"", work)
          : work.compute();
    } catch (Refusal refusal) {
      return () -> reply.refusal(refusal);
    } catch (IllegalArgumentException e) {
      return () -> reply.error(400, String.valueOf(e.getMessage()));
    } catch (InvalidDataException e) {
      return () -> reply.error(400, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return () -> reply.error(500, WholeFile.reason(e));
    } catch (OutOfMemoryError e) {
      String sentence =
          "This needs more than the %,d MB of memory that the studio may use: take fewer rows or smaller layers."
              .formatted(Runtime.getRuntime().maxMemory() >> 20);
      return () -> reply.error(500, sentence);
    } catch (RuntimeException | Error e) {
      return fault(e, reply);
    }
  }

  private Sending prepare(Answer answer, HttpExchange exchange, Reply reply) {
    return switch (answer) {
      case Answer.Json json -> {
        byte[] text;
        try {
          text = Reply.bytes(json.value());
        } catch (IllegalArgumentException e) { // of ours, not of the user's
          yield fault(e, reply);
        }
        yield () -> reply.json(200, text);
      }
      case Answer.File file -> () -> reply.file(file);
      case Answer.Events events -> {
        if (!streams.tryAcquire()) {
          throw new Refusal(
              503, "More pages watch the studio than it can show runs to: close some of them.");
        }
        yield () -> stream(events.source(), exchange);
      }
    };
  }

  private void stream(EventSource source, HttpExchange exchange)
      throws IOException, InterruptedException {
    try {
      new EventStream(source, frames, closing, timeouts.heartbeatNanos()).run(exchange, deadlines);
    } catch (RuntimeException e) {
      if (closing.getCount() > 0) { // else what it needs may have been closed already
        log(e);
      }
      throw e; // the JDK's server closes the connection, and the page tries again
    } finally {
      streams.release();
    }
  }

  private static Sending fault(Throwable e, Reply reply) {
    log(e);
    return () ->
        reply.error(
            500,
            "This is a fault in Glia (%s): what the terminal shows of it helps to mend it."
                .formatted(e.getClass().getSimpleName()));
  }

  private static void log(Throwable e) {
    System.getLogger("dev.glia.studio")
        .log(Level.ERROR, () -> "This is a fault in Glia.\n" + ShownText.trace(e));
  }

  private synchronized Router router() {
    if (router == null) {
      Router routes = new Router();
      api.accept(routes);
      router = routes;
    }
    return router;
  }

  private synchronized String token() {
    if (token == null) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
    return token;
  }
}
