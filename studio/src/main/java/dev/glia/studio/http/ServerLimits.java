package dev.glia.studio.http;

/**
 * What the JDK's server lets a client do: system properties that it reads once, when the first
 * server of a JVM is made. One that is set already stays as it is.
 *
 * <p>They close connections that send nothing or too slowly. What they can't do is done elsewhere:
 * {@link ExchangeRequest} limits bodies, {@link Deadlines} ends writing to those who do not read,
 * {@link EventStream} limits streams, {@link Computing} ends what computes for too long.
 */
final class ServerLimits {

  /** Streams of events at a time; a browser has one for all its pages. */
  static final int STREAMS = 100;

  /** Answers that are computed at a time. */
  static final int ANSWERS = 8;

  /** Frames for streams that are computed at a time. */
  static final int FRAMES = 4;

  /** Characters of an address with its query: a stream names up to 64 runs. */
  static final int ADDRESS = 16 * 1024;

  private ServerLimits() {}

  /** Sets the properties. */
  static void apply() {
    // From its first byte to its last a request may take this long, and a connection that sends
    // none is closed after it.
    set("sun.net.httpserver.maxReqTime", 20);
    set("sun.net.httpserver.clockTick", 2_000); // ms between looks at connections without requests
    // More than that are closed as they come: before the process has no more files to open.
    set("jdk.httpserver.maxConnections", 2_000);
    set("sun.net.httpserver.maxReqHeaders", 100);
    // Cookies of all other servers of this machine come along: they know no ports.
    set("sun.net.httpserver.maxReqHeaderSize", 64 * 1024);
    // Otherwise an answer waits for the client's acknowledgement of its first half: 40 ms.
    set("sun.net.httpserver.nodelay", true);
  }

  private static void set(String property, Object value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, String.valueOf(value));
    }
  }
}
