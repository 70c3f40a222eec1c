package dev.glia.studio.run;

import dev.glia.image.DataCache;
import dev.glia.studio.settings.DataSets;
import dev.glia.studio.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Runs for tests. */
public final class Runs {

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private Runs() {}

  public static DataSets noDownloads() {
    return new DataSets(new DataCache(Path.of("there-is-no-such-folder")));
  }

  /** Settings as in an address: {@code data=moons&seed=3}. */
  public static Map<String, String> given(String address) {
    Map<String, String> given = new HashMap<>();
    for (String pair : address.split("&", -1)) {
      int equals = pair.indexOf('=');
      given.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return given;
  }

  public static Settings settings(String address) throws IOException {
    return Settings.of(given(address), noDownloads());
  }

  static Session session(String address) throws IOException {
    return new Session("test", settings(address), Owner.PAGE, noDownloads(), () -> 2);
  }

  public static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("This did not come true within a minute.");
      }
      Thread.sleep(2);
    }
  }

  /** Trains to the end. */
  public static Session finish(Session session) throws InterruptedException {
    session.run();
    await(() -> session.status() != Status.RUNNING);
    return session;
  }
}
