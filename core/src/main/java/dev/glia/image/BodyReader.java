package dev.glia.image;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes an HTTP body piece by piece, and gives up when none comes for a while.
 *
 * <p>The JDK's client has no such limit: its timeouts end at the headers, or hold for the whole
 * body.
 */
final class BodyReader implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {

  /** A piece, or the end, or a failure. */
  private record Event(@Nullable List<ByteBuffer> piece, @Nullable Throwable failure) {}

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Duration patience;
  private Flow.@Nullable Subscription subscription;

  BodyReader(Flow.Publisher<List<ByteBuffer>> body, Duration patience) {
    this.patience = patience;
    body.subscribe(this);
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> piece) {
    events.add(new Event(piece, null));
  }

  @Override
  public void onError(Throwable failure) {
    events.add(new Event(null, failure));
  }

  @Override
  public void onComplete() {
    events.add(new Event(null, null));
  }

  /**
   * The next piece, or null at the end.
   *
   * @throws IOException if the connection fails, or nothing comes in time
   */
  @Nullable List<ByteBuffer> next() throws IOException, InterruptedException {
    Event event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (event == null) {
      throw new HttpTimeoutException("sent nothing for " + seconds(patience));
    }
    if (event.failure != null) {
      throw new IOException("broke off the connection", event.failure);
    }
    if (event.piece != null) {
      request();
    }
    return event.piece;
  }

  private synchronized void request() {
    if (subscription != null) {
      subscription.request(1);
    }
  }

  static String seconds(Duration duration) {
    return "%s s".formatted(duration.toMillis() / 1000.0);
  }

  @Override
  public synchronized void close() {
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
