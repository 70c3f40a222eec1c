package dev.glia.image;

import dev.glia.internal.io.WholeFile;
import dev.glia.internal.text.OutsideText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Downloads files over HTTPS, from the first source that gives the right content.
 *
 * <p>What has arrived is kept in a {@code .part} file beside the target, and a download that was
 * cut goes on there. A file gets its name only when it is complete and its content is checked.
 */
final class Downloader implements AutoCloseable {

  /**
   * How patient to be.
   *
   * @param connect longest wait for a connection
   * @param stall longest wait for more bytes
   * @param attempts how often one source is asked when connections break
   * @param pause wait between two attempts
   */
  record Patience(Duration connect, Duration stall, int attempts, Duration pause) {

    static final Patience NORMAL =
        new Patience(Duration.ofSeconds(15), Duration.ofSeconds(30), 5, Duration.ofSeconds(1));
  }

  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** Linear: what follows digits is no digit. Eighteen of them always fit a long. */
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d+|\\*)");

  private static final long SURPLUS = 1 << 16; // a gzip file is at most so much over its content

  private final HttpClient client;
  private final Patience patience;

  Downloader(Patience patience, @Nullable SSLContext trust) {
    this.patience = patience;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER) // each is looked at first
            .connectTimeout(patience.connect);
    this.client = (trust == null ? builder : builder.sslContext(trust)).build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** A source cannot give the file, however often it is asked. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
      super(reason);
    }
  }

  /**
   * Downloads one file.
   *
   * @param sources folders that have it, tried in order
   * @param folder where it goes; an older file there is replaced once the new one is right
   * @return the file
   * @throws IOException if no source gives it, naming each and its reason
   */
  Path download(
      RemoteFile file, List<URI> sources, DownloadFolder folder, DownloadProgress progress)
      throws IOException {
    Path target = folder.target(file);
    List<URI> addresses = sources.stream().map(s -> s.resolve(file.name() + ".gz")).toList();
    List<String> failures = new ArrayList<>();
    for (URI address : addresses) {
      Path draft = folder.draft(file, address);
      try {
        fetch(address, file, draft, progress);
        copyIntoPlace(draft, target);
        Files.delete(draft);
        folder.forgetDrafts(file, addresses);
        return target;
      } catch (LocalFileException e) {
        throw e;
      } catch (InterruptedException e) {
        throw interrupted(address, e);
      } catch (IOException e) {
        failures.add("%s %s".formatted(address, e.getMessage()));
      }
    }
    throw new IOException(
        "Cannot download %s: %s. Check the network, or put the file into %s yourself."
            .formatted(target.getFileName(), String.join("; ", failures), target.getParent()));
  }

  private static IOException interrupted(URI address, InterruptedException cause) {
    Thread.currentThread().interrupt();
    IOException stop =
        new InterruptedIOException(
            "The download of %s was interrupted: it goes on where it stopped.".formatted(address));
    stop.initCause(cause);
    return stop;
  }

  /** Asks one source until the draft is right. */
  private void fetch(URI address, RemoteFile file, Path draft, DownloadProgress progress)
      throws IOException, InterruptedException {
    IOException last = null;
    for (int attempt = 1; attempt <= patience.attempts; attempt++) {
      if (attempt > 1) {
        Thread.sleep(patience.pause);
      }
      boolean resumed = Files.exists(draft) && Files.size(draft) > 0;
      try {
        transfer(address, file, draft, progress);
        String complaint = Checksum.complaint(draft, file);
        if (complaint == null) {
          return;
        }
        last = new RefusedException("sent a file that " + complaint);
        if (!resumed) {
          throw last;
        }
        Files.delete(draft); // its beginning may have been another file's: once more from there
      } catch (RefusedException e) {
        Files.deleteIfExists(draft); // it would be refused again
        throw e;
      } catch (LocalFileException e) {
        throw e;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last == null ? new IOException("was not asked") : last;
  }

  /** Brings the draft to its full length, from where it ends. */
  private void transfer(URI address, RemoteFile file, Path draft, DownloadProgress progress)
      throws IOException, InterruptedException {
    long limit = file.size() + SURPLUS;
    try (FileChannel out = openDraft(draft)) {
      long start = out.size();
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = request(address, start);
      try (BodyReader body = new BodyReader(response.body(), patience.stall)) {
        int status = response.statusCode();
        if (status == 416) { // the draft is no beginning of the file, or all of it
          if (Checksum.complaint(draft, file) != null) {
            truncate(out, 0, draft);
            throw new IOException("did not go on with the download");
          }
          return;
        }
        if (status != 200 && status != 206) {
          throw new RefusedException("answered with status " + status);
        }
        long length = response.headers().firstValueAsLong("content-length").orElse(-1);
        if (status == 200) { // the whole file: the server does not know ranges
          start = 0;
        } else if (rangeStart(response) != start) {
          truncate(out, 0, draft);
          throw new IOException("went on at another place than asked");
        }
        truncate(out, start, draft);
        long total = length < 0 ? -1 : start + length;
        if (total > limit) {
          throw new RefusedException(
              "has %d bytes, at most %d were expected".formatted(total, limit));
        }
        copy(body, out, draft, file, total, limit, progress);
      }
    }
  }

  private static void copy(
      BodyReader body,
      FileChannel out,
      Path draft,
      RemoteFile file,
      long total,
      long limit,
      DownloadProgress progress)
      throws IOException, InterruptedException {
    long done = out.position();
    progress.at(file.name(), done, total);
    for (List<ByteBuffer> piece = body.next(); piece != null; piece = body.next()) {
      for (ByteBuffer buffer : piece) {
        done += buffer.remaining();
        if (done > limit) {
          throw new RefusedException("sent more than the expected %d bytes".formatted(limit));
        }
        write(out, buffer, draft);
      }
      progress.at(file.name(), done, total);
    }
  }

  /** Sends the request, and again to where it is redirected. */
  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> request(URI address, long start)
      throws IOException, InterruptedException {
    URI current = address;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpRequest.Builder request = HttpRequest.newBuilder(current);
      if (start > 0) {
        request.header("Range", "bytes=" + start + "-");
      }
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(request.build());
      if (!REDIRECTS.contains(response.statusCode())) {
        return response;
      }
      new BodyReader(response.body(), patience.stall).close();
      current = redirect(current, response);
    }
    throw new RefusedException("redirected more than %d times".formatted(MOST_REDIRECTS));
  }

  private static URI redirect(URI from, HttpResponse<?> response) throws RefusedException {
    String location = response.headers().firstValue("location").orElse("");
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "redirected to %s, which is no address".formatted(OutsideText.quoted(location)));
    }
    if (location.isEmpty() || !"https".equalsIgnoreCase(to.getScheme()) || to.getHost() == null) {
      throw new RefusedException(
          "redirected to %s, and only HTTPS is trusted".formatted(OutsideText.quoted(location)));
    }
    return to;
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> answer =
        client.sendAsync(request, BodyHandlers.ofPublisher());
    Duration longest = patience.connect.plus(patience.stall);
    try {
      return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("did not answer within " + BodyReader.seconds(longest));
    } catch (ExecutionException e) {
      throw new IOException(failure(e.getCause()), e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static long rangeStart(HttpResponse<?> response) {
    String range = response.headers().firstValue("content-range").orElse("");
    Matcher matcher = CONTENT_RANGE.matcher(range);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  /** Why there was no answer, as the end of "the server ...". */
  private String failure(@Nullable Throwable cause) {
    return switch (cause) {
      case ConnectException e -> "cannot be reached";
      case HttpConnectTimeoutException e ->
          "cannot be reached within " + BodyReader.seconds(patience.connect);
      case SSLException e -> "made no trusted connection (" + e.getMessage() + ")";
      case null, default -> "gave no answer (" + cause + ")";
    };
  }

  private static FileChannel openDraft(Path draft) throws LocalFileException {
    try {
      return FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new LocalFileException(draft, e);
    }
  }

  private static void truncate(FileChannel out, long size, Path draft) throws LocalFileException {
    try {
      out.truncate(size).position(size);
    } catch (IOException e) {
      throw new LocalFileException(draft, e);
    }
  }

  private static void write(FileChannel out, ByteBuffer buffer, Path draft)
      throws LocalFileException {
    try {
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    } catch (IOException e) {
      throw new LocalFileException(draft, e);
    }
  }

  /**
   * Copies the draft rather than moving it: the target may be a link to another disk, and has a
   * mode of its own.
   */
  private static void copyIntoPlace(Path draft, Path target) throws LocalFileException {
    try {
      WholeFile.write(target, out -> Files.copy(draft, out));
    } catch (IOException e) {
      throw new LocalFileException(target, e.getCause() instanceof IOException cause ? cause : e);
    }
  }
}
