package dev.glia.studio;

import dev.glia.image.DataCache;
import dev.glia.studio.digits.DigitRoutes;
import dev.glia.studio.export.ExportRoutes;
import dev.glia.studio.http.Routes;
import dev.glia.studio.http.Server;
import dev.glia.studio.http.Watching;
import dev.glia.studio.run.Owner;
import dev.glia.studio.run.Session;
import dev.glia.studio.session.CatalogRoutes;
import dev.glia.studio.session.SessionRoutes;
import dev.glia.studio.session.Sessions;
import dev.glia.studio.settings.DataSets;
import dev.glia.studio.trace.TraceRoutes;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The studio: a page to watch a network learn, to try it and to check every number, given out by a
 * server that this machine alone can reach.
 */
public final class Studio implements AutoCloseable {

  /** Where it is if nothing else is asked for and nobody else is there. */
  public static final int PORT = 8321;

  private static final String PAGE = "dev/glia/studio/page";

  private final @Nullable Path dataDir;
  private final Server server;
  private @Nullable Sessions sessions; // null until they are needed: a server starts without them

  private Studio(int port, @Nullable Path dataDir) throws IOException {
    this.dataDir = dataDir;
    server = Server.start(port, PAGE, this::register);
  }

  /**
   * Starts the studio at its usual port, or at a free one where that is taken.
   *
   * @param dataDir where downloaded data sets lie; null for the standard place
   */
  public static Studio start(@Nullable Path dataDir) throws IOException {
    try {
      return new Studio(PORT, dataDir);
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
      return new Studio(port, dataDir);
    } catch (BindException e) {
      throw new IOException(
          "Port %d can't be had (%s): choose another one, or none for one that is free."
              .formatted(port, e.getMessage()),
          e);
    }
  }

  private void register(Routes routes) {
    Sessions all = sessions();
    CatalogRoutes.routes(routes, all.sets(), version());
    SessionRoutes.routes(routes, all);
    Watching.routes(routes, SessionRoutes.frames(all));
    DigitRoutes.routes(routes, all);
    TraceRoutes.routes(routes, all);
    ExportRoutes.routes(routes, all);
  }

  /** The jar's version; a build that is not a jar has none. */
  private static String version() {
    Module module = Studio.class.getModule();
    String version =
        module.isNamed()
            ? module.getDescriptor().rawVersion().orElse(null)
            : Studio.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  private synchronized Sessions sessions() {
    if (sessions == null) {
      sessions =
          new Sessions(
              new DataSets(dataDir == null ? DataCache.standard() : new DataCache(dataDir)));
    }
    return sessions;
  }

  /** The page's address, such as {@code http://127.0.0.1:8321/}. */
  public URI address() {
    return URI.create("http://127.0.0.1:%d/".formatted(server.port()));
  }

  /**
   * Opens a run for the command, which pages show but do not end; it waits to be told to train.
   *
   * @param settings under the names of the command's options
   * @throws IllegalArgumentException if they do not go together or are too much for the studio
   */
  public Session open(Map<String, String> settings) throws IOException {
    return sessions().open(settings, Owner.COMMAND);
  }

  /** The address of the page that shows a run. */
  public URI address(Session session) {
    return address().resolve("#session=" + session.id());
  }

  /** Ends the server, then all runs. */
  @Override
  public void close() {
    server.close();
    synchronized (this) {
      if (sessions != null) {
        sessions.close();
      }
    }
  }
}
