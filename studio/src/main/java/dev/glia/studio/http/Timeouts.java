package dev.glia.studio.http;

import java.util.concurrent.TimeUnit;

/**
 * How much time clients and streams have.
 *
 * @param heartbeatNanos how long a stream of events is silent at most
 * @param secondsToRead how long a client may take for what it is sent, beside what its size takes
 * @param bytesASecondToRead how fast the slowest client is that is waited for
 * @param limit how long a client waits for an answer
 */
record Timeouts(
    long heartbeatNanos, long secondsToRead, long bytesASecondToRead, Computing.Limit limit) {

  static final Timeouts USUAL =
      new Timeouts(TimeUnit.SECONDS.toNanos(15), 20, 16 * 1024, Computing.Limit.USUAL);
}
