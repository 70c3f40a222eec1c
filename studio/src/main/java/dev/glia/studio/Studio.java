package dev.glia.studio;

import dev.glia.studio.http.Refusal;
import dev.glia.studio.http.Routes;
import dev.glia.studio.http.Server;
import dev.glia.studio.http.Watching;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The studio: a page to watch a network learn, to try it and to check every number, given out by a
 * server that this machine alone can reach.
 */
public final class Studio implements AutoCloseable {

  /** Where it is if nothing else is asked for and nobody else is there. */
  public static final int PORT = 8321;

  private static final String PAGE = "dev/glia/studio/page";

  private final Server server;

  private Studio(Server server) {
    this.server = server;
  }

  /**
   * Starts the studio at its usual port, or at a free one where that is taken.
   *
   * @param dataDir where downloaded data sets lie; null for the standard place
   */
  public static Studio start(@Nullable Path dataDir) throws IOException {
    try {
      return new Studio(Server.start(PORT, PAGE, routes -> register(routes, dataDir)));
    } catch (BindException e) {
      return startAt(0, dataDir);
    }
  }

  /**
   * Starts the studio at a port.
   *
   * @param port 0 for a free one
   * @param dataDir where downloaded data sets lie; null for the standard place
   * @throws IOException if the port can't be had, with a sentence for the user
   */
  public static Studio startAt(int port, @Nullable Path dataDir) throws IOException {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "Expected a port from 0 to 65535, found %d.".formatted(port));
    }
    try {
      return new Studio(Server.start(port, PAGE, routes -> register(routes, dataDir)));
    } catch (BindException e) {
      throw new IOException(
          "Port %d can't be had (%s): choose another one, or none for one that is free."
              .formatted(port, e.getMessage()),
          e);
    }
  }

  @SuppressWarnings("UnusedVariable") // until there are runs
  private static void register(Routes routes, @Nullable Path dataDir) {
    Watching.routes(
        routes,
        (session, parts, seen) -> {
          throw new Refusal(404, "This run has ended.");
        });
  }

  /** The page's address, such as {@code http://127.0.0.1:8321/}. */
  public URI address() {
    return URI.create("http://127.0.0.1:%d/".formatted(server.port()));
  }

  /** Ends all runs and the server. */
  @Override
  public void close() {
    server.close();
  }
}
