package dev.glia.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.image.DataCache;
import dev.glia.studio.run.Owner;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.Status;
import dev.glia.studio.session.Sessions;
import dev.glia.studio.settings.DataSets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs that tests begin and wait for. */
public final class Trained implements AutoCloseable {

  private final Sessions sessions;

  /** Runs without downloaded data. */
  public Trained() {
    this(Path.of("no-such-folder"));
  }

  /** Runs whose downloaded data lie in a folder. */
  public Trained(Path dataDir) {
    sessions = new Sessions(new DataSets(new DataCache(dataDir)));
  }

  public Sessions sessions() {
    return sessions;
  }

  /** A run that is ready to begin, of settings as an address has them. */
  public Session ready(String address) throws IOException {
    Map<String, String> given = new LinkedHashMap<>();
    for (String part : address.split("&", -1)) {
      int equals = part.indexOf('=');
      given.put(part.substring(0, equals), part.substring(equals + 1));
    }
    return ready(given);
  }

  /** A run that is ready to begin. */
  public Session ready(Map<String, String> given) throws IOException {
    return sessions.open(given, Owner.PAGE);
  }

  /** A run that is over. */
  public Session finished(String address) throws IOException, InterruptedException {
    return finished(ready(address));
  }

  /** A run that is over. */
  public Session finished(Map<String, String> given) throws IOException, InterruptedException {
    return finished(ready(given));
  }

  private static Session finished(Session session) throws InterruptedException {
    assertThat(ended(session).status()).isEqualTo(Status.FINISHED);
    return session;
  }

  /** A run that has trained as far as it could. */
  public Session ended(String address) throws IOException, InterruptedException {
    return ended(ready(address));
  }

  private static Session ended(Session session) throws InterruptedException {
    session.run();
    for (int i = 0; session.status() == Status.RUNNING && i < 12_000; i++) {
      Thread.sleep(5);
    }
    return session;
  }

  @Override
  public void close() {
    sessions.close();
  }
}
