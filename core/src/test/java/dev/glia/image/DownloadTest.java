package dev.glia.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.Hashes;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Table;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a server that cuts, stalls, lies and redirects. */
@Timeout(30)
class DownloadTest {

  private static final Downloader.Patience QUICK =
      new Downloader.Patience(
          Duration.ofSeconds(10), Duration.ofSeconds(10), 4, Duration.ofMillis(1));

  /** For the servers that keep one waiting; too short for a busy machine in the other tests. */
  private static final Downloader.Patience HASTY =
      new Downloader.Patience(
          Duration.ofMillis(500), Duration.ofMillis(200), 2, Duration.ofMillis(1));

  @TempDir static Path keys;

  @TempDir Path root;

  private FaultyServer server;
  private Path folder;
  private byte[] images; // packed; they do not compress, so this is larger than what is inside
  private byte[] labels;
  private PublicImages collection;
  private final List<Long> progress = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    server = FaultyServer.start(keys);
    folder = root.resolve("tiny");
    byte[] pixels = new byte[50 * 16 * 16];
    new Random(1).nextBytes(pixels);
    byte[] plainImages = IdxFiles.images(50, 16, 16, pixels);
    int[] classes = new int[50];
    Arrays.setAll(classes, i -> i % 2);
    byte[] plainLabels = IdxFiles.labels(classes);
    images = IdxFiles.gzip(plainImages);
    labels = IdxFiles.gzip(plainLabels);
    collection =
        new PublicImages(
            "tiny",
            List.of("no", "yes"),
            List.of(server.address("/a/"), server.address("/b/")),
            List.of(
                new RemoteFile(
                    "train-images-idx3-ubyte", plainImages.length, Hashes.sha256(plainImages)),
                new RemoteFile(
                    "train-labels-idx1-ubyte", plainLabels.length, Hashes.sha256(plainLabels))));
    server.answer("/a/train-labels-idx1-ubyte.gz", FaultyServer.good(labels));
    server.answer("/b/train-labels-idx1-ubyte.gz", FaultyServer.good(labels));
    imagesFrom("/a/", FaultyServer.good(images));
    imagesFrom("/b/", FaultyServer.good(images));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void imagesFrom(String source, FaultyServer.Answer answer) {
    server.answer(source + "train-images-idx3-ubyte.gz", answer);
  }

  private DataCache cache(SSLContext trust) {
    return new DataCache(root, () -> new Downloader(QUICK, trust));
  }

  private Table loadHastily() throws IOException {
    DataCache hasty = new DataCache(root, () -> new Downloader(HASTY, server.trust()));
    return hasty.load(collection, DownloadProgress.NONE);
  }

  private Table load() throws IOException {
    return cache(server.trust()).load(collection, this::remember);
  }

  private void remember(String file, long done, long total) {
    if (file.equals("train-images-idx3-ubyte")) {
      progress.add(done);
      progress.add(total);
    }
  }

  private URI address(String source) {
    return server.address(source + "train-images-idx3-ubyte.gz");
  }

  /** That everything came, is in its place, and nothing else is left. */
  private void assertComplete(Table data) throws IOException {
    assertThat(data.name()).isEqualTo("tiny");
    assertThat(data.rows()).isEqualTo(50);
    assertThat(folder.resolve("train-images-idx3-ubyte.gz")).hasBinaryContent(images);
    assertThat(names())
        .containsExactly(
            ".glia-download.lock", "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> imageRequests() {
    return server.requests().stream()
        .filter(request -> request.contains("images"))
        .map(request -> request.replace("train-images-idx3-ubyte.gz", "IMAGES"))
        .toList();
  }

  /** That a source failing so makes the second one be asked, and that both failing so is said. */
  private void assertFails(FaultyServer.Answer answer, String reason) throws IOException {
    imagesFrom("/a/", answer);
    imagesFrom("/b/", answer);
    assertThatThrownBy(this::load)
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(
            "Cannot download train-images-idx3-ubyte.gz: %s %s; %s %s."
                    .formatted(address("/a/"), reason, address("/b/"), reason)
                + " Check the network, or put the file into "
                + folder
                + " yourself.");
    assertThat(names()).noneMatch(name -> name.startsWith("train-images")); // no draft either
    imagesFrom("/b/", FaultyServer.good(images));
    assertComplete(load());
  }

  @Test
  void downloadsOnce() throws IOException {
    assertComplete(load());
    assertThat(imageRequests()).containsExactly("/a/IMAGES");
    assertThat(progress).startsWith(0L, (long) images.length);
    assertThat(progress).endsWith((long) images.length, (long) images.length);
    server.close();
    assertComplete(load());
    assertThat(cache(server.trust()).has(collection)).isTrue();
  }

  @Test
  void goesOnAfterEachCut() throws IOException {
    int third = images.length / 3 + 1;
    imagesFrom("/a/", FaultyServer.cutting(images, third));
    assertComplete(load());
    assertThat(imageRequests())
        .containsExactly(
            "/a/IMAGES", "/a/IMAGES bytes=" + third + "-", "/a/IMAGES bytes=" + 2 * third + "-");
  }

  @Test
  void aServerThatCutsTooOftenIsGivenUp() throws IOException {
    imagesFrom("/a/", FaultyServer.cutting(images, 1000));
    assertComplete(load());
    assertThat(imageRequests())
        .containsExactly(
            "/a/IMAGES",
            "/a/IMAGES bytes=1000-",
            "/a/IMAGES bytes=2000-",
            "/a/IMAGES bytes=3000-",
            "/b/IMAGES");
  }

  @Test
  void startsAgainWhereTheServerKnowsNoRanges() throws IOException {
    imagesFrom("/a/", FaultyServer.cutting(images, 1000));
    imagesFrom("/b/", FaultyServer.status(404));
    assertThatThrownBy(this::load).isInstanceOf(IOException.class);
    imagesFrom("/a/", FaultyServer.ignoringRange(images));
    assertComplete(load());
    assertThat(imageRequests()).last().isEqualTo("/a/IMAGES bytes=4000-");
  }

  @Test
  void aLaterProcessGoesOn() throws IOException {
    imagesFrom("/a/", FaultyServer.cutting(images, 1000));
    imagesFrom("/b/", FaultyServer.cutting(images, 500));
    assertThatThrownBy(this::load)
        .hasMessageContaining(address("/a/") + " broke off the connection; ");
    assertThat(names()).hasSize(3).filteredOn(name -> name.endsWith(".part")).hasSize(2);
    imagesFrom("/a/", FaultyServer.good(images));
    progress.clear();
    assertComplete(load());
    assertThat(progress).startsWith(4000L, (long) images.length);
  }

  @Test
  void aDraftThatWasCompleteIsTaken() throws IOException {
    imagesFrom("/a/", FaultyServer.promisingMore(images, 10));
    assertComplete(load());
    assertThat(imageRequests())
        .containsExactly("/a/IMAGES", "/a/IMAGES bytes=" + images.length + "-");
  }

  @Test
  void aDraftOfAnotherFileIsThrownAway() throws IOException {
    byte[] other = images.clone();
    other[2000] ^= 1;
    imagesFrom("/a/", FaultyServer.cutting(other, 1000));
    imagesFrom("/b/", FaultyServer.status(500));
    assertThatThrownBy(this::load).isInstanceOf(IOException.class);
    imagesFrom("/a/", FaultyServer.good(images));
    assertComplete(load());
    assertThat(imageRequests()).endsWith("/a/IMAGES bytes=4000-", "/a/IMAGES");
  }

  @Test
  void aDraftThatIsTooLongIsThrownAway() throws IOException {
    byte[] longer = Arrays.copyOf(images, images.length + 5000);
    longer[10] ^= 1;
    imagesFrom("/a/", FaultyServer.cutting(longer, images.length / 4 + 1200));
    imagesFrom("/b/", FaultyServer.status(500));
    assertThatThrownBy(this::load).isInstanceOf(IOException.class);
    imagesFrom("/a/", FaultyServer.good(images));
    assertComplete(load());
    assertThat(imageRequests()).last().isEqualTo("/a/IMAGES");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "99999999999999999999"})
  void aRangeThatWasNotAskedForIsThrownAway(String place) throws IOException {
    imagesFrom("/a/", FaultyServer.cutting(images, 1000));
    imagesFrom("/b/", FaultyServer.status(500));
    assertThatThrownBy(this::load).isInstanceOf(IOException.class);
    imagesFrom("/a/", FaultyServer.misplacing(images, place));
    progress.clear();
    assertComplete(load());
    assertThat(progress).startsWith(0L, (long) images.length); // nothing of it was taken
    assertThat(imageRequests()).endsWith("/a/IMAGES bytes=4000-", "/a/IMAGES");
  }

  @Test
  void aLengthThatIsNotSaidIsMinusOne() throws IOException {
    imagesFrom("/a/", FaultyServer.chunked(images));
    assertComplete(load());
    assertThat(progress).startsWith(0L, -1L);
  }

  @Test
  void aStallIsGivenUp() throws IOException {
    imagesFrom("/a/", server.stalling(images));
    assertComplete(loadHastily());
    assertThat(imageRequests()).contains("/b/IMAGES");
    Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
    imagesFrom("/b/", server.stalling(images));
    assertThatThrownBy(this::loadHastily)
        .hasMessageContaining(address("/a/") + " sent nothing for 0.2 s; ");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    imagesFrom("/a/", server.silent());
    imagesFrom("/b/", server.silent());
    assertThatThrownBy(this::loadHastily)
        .hasMessageContaining(address("/a/") + " did not answer within 0.7 s; ");
  }

  @Test
  void wrongBytesAreNotTaken() throws IOException {
    byte[] plain = IdxFiles.images(50, 16, 16, 3);
    assertFails(
        FaultyServer.good(IdxFiles.gzip(plain)),
        "sent a file that holds something else (SHA-256 %s instead of %s)"
            .formatted(Hashes.sha256(plain), collection.files().get(0).sha256()));
  }

  @Test
  void aFileThatEndsEarlyIsNotTaken() throws IOException {
    assertFails(
        FaultyServer.good(Arrays.copyOf(images, images.length - 100)),
        "sent a file that does not unpack");
    Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
    assertFails(
        FaultyServer.chunked(Arrays.copyOf(images, images.length - 100)),
        "sent a file that does not unpack");
    Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
    assertFails(
        FaultyServer.good(IdxFiles.gzip(IdxFiles.images(49, 16, 16, 0))),
        "sent a file that holds 12560 bytes instead of 12816");
  }

  @Test
  void aFileThatUnpacksToTooMuchIsNotTaken() throws IOException {
    assertFails(
        FaultyServer.good(IdxFiles.gzip(new byte[10_000_000])),
        "sent a file that holds more than the expected 12816 bytes");
  }

  @Test
  void aFileThatIsTooLongIsNotTaken() throws IOException {
    byte[] much = new byte[200_000];
    assertFails(FaultyServer.good(much), "has 200000 bytes, at most 78352 were expected");
    Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
    assertFails(FaultyServer.chunked(much), "sent more than the expected 78352 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 500, 503})
  void anErrorOfTheServerIsSaid(int status) throws IOException {
    assertFails(FaultyServer.status(status), "answered with status " + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectsToHttpsAreFollowed(int status) throws IOException {
    imagesFrom("/a/", FaultyServer.redirect(status, server.address("/c/moved").toString()));
    server.answer("/c/moved", FaultyServer.redirect(status, "here")); // relative
    server.answer("/c/here", FaultyServer.cutting(images, images.length - 1000));
    assertComplete(load());
    assertThat(imageRequests()).doesNotContain("/b/IMAGES");
    assertThat(server.requests()).contains("/c/here bytes=" + (images.length - 1000) + "-");
  }

  @Test
  void aRedirectToHttpIsRefused() throws IOException {
    String plain = "http://localhost:1/images.gz";
    assertFails(
        FaultyServer.redirect(302, plain),
        "redirected to \"" + plain + "\", and only HTTPS is trusted");
  }

  @Test
  void aRedirectToNowhereIsRefused() throws IOException {
    assertFails(
        FaultyServer.redirect(302, "https:// no"),
        "redirected to \"https:// no\", which is no address");
    Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
    assertFails(FaultyServer.status(302), "redirected to \"\", and only HTTPS is trusted");
  }

  @Test
  void redirectsWithoutEndAreRefused() throws IOException {
    assertFails(
        FaultyServer.redirect(302, address("/a/").toString()), "redirected more than 5 times");
  }

  @Test
  void aServerWithoutATrustedCertificateIsRefused() {
    assertThatThrownBy(() -> cache(null).load(collection, DownloadProgress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(address("/a/") + " made no trusted connection (")
        .hasMessageContaining(address("/b/") + " made no trusted connection (");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereIsSaid() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    URI nobody = URI.create("https://localhost:" + port + "/");
    PublicImages lost =
        new PublicImages("tiny", List.of("no", "yes"), List.of(nobody), collection.files());
    assertThatThrownBy(() -> cache(server.trust()).load(lost, DownloadProgress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(nobody + "train-images-idx3-ubyte.gz cannot be reached. Check");
  }

  @Test
  void twoAtOnceDoNoHarm() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    imagesFrom("/a/", FaultyServer.waiting(images, arrived, goOn));
    DataCache patient =
        new DataCache(root, () -> new Downloader(Downloader.Patience.NORMAL, server.trust()));
    FutureTask<Table> first =
        new FutureTask<>(() -> patient.load(collection, DownloadProgress.NONE));
    Thread thread = Thread.ofPlatform().start(first);
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    imagesFrom("/a/", FaultyServer.cutting(images, 100));
    imagesFrom("/b/", FaultyServer.status(404));
    assertThatThrownBy(this::load).isInstanceOf(IOException.class); // leaves no draft of its own
    assertThat(names()).filteredOn(name -> name.endsWith(".part")).hasSize(1);
    imagesFrom("/a/", FaultyServer.good(images));
    assertThat(load().rows()).isEqualTo(50);
    assertThat(names()).filteredOn(name -> name.endsWith(".part")).hasSize(1);
    goOn.countDown();
    assertComplete(first.get(10, TimeUnit.SECONDS));
    thread.join();
  }

  @Test
  void anInterruptedDownloadGoesOnLater() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    imagesFrom("/a/", FaultyServer.waiting(images, arrived, never));
    DataCache patient =
        new DataCache(root, () -> new Downloader(Downloader.Patience.NORMAL, server.trust()));
    CountDownLatch begun = new CountDownLatch(1);
    boolean[] stillInterrupted = new boolean[1];
    FutureTask<Throwable> download =
        new FutureTask<>(() -> {
          try {
            patient.load(
                collection,
                (file, done, total) -> {
                  if (done > 0) {
                    begun.countDown();
                  }
                });
            return null;
          } catch (IOException e) {
            stillInterrupted[0] = Thread.currentThread().isInterrupted();
            return e;
          }
        });
    Thread thread = Thread.ofPlatform().start(download);
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    assertThat(download.get(10, TimeUnit.SECONDS))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage(
            "The download of %s was interrupted: it goes on where it stopped."
                .formatted(address("/a/")));
    assertThat(stillInterrupted[0]).isTrue();
    never.countDown();
    imagesFrom("/a/", FaultyServer.good(images));
    assertComplete(load());
    assertThat(imageRequests()).last().asString().startsWith("/a/IMAGES bytes=");
  }

  @Test
  void filesThatAreThereAreUsedAsTheyAre() throws IOException {
    Files.createDirectories(folder);
    byte[] own = IdxFiles.images(50, 16, 16, 7);
    Files.write(folder.resolve("train-images-idx3-ubyte"), own);
    Table data = load(); // downloads the labels alone
    assertThat(data.features().get(0, 1)).isEqualTo(8);
    assertThat(imageRequests()).isEmpty();
  }

  @Test
  void fetchReplacesWhatIsWrong() throws IOException {
    Files.createDirectories(folder);
    Path plain = folder.resolve("train-images-idx3-ubyte");
    Files.write(plain, IdxFiles.images(50, 16, 16, 7));
    Path packed = folder.resolve("train-labels-idx1-ubyte.gz");
    Files.write(packed, Arrays.copyOf(labels, 30));
    cache(server.trust()).fetch(collection, DownloadProgress.NONE);
    assertThat(plain).doesNotExist();
    assertComplete(load());
    int before = server.requests().size();
    cache(server.trust()).fetch(collection, DownloadProgress.NONE);
    assertThat(server.requests()).hasSize(before);
  }

  @Test
  void fetchKeepsWhatIsWrongWhenItGetsNothingBetter() throws IOException {
    Files.createDirectories(folder);
    Path packed = folder.resolve("train-images-idx3-ubyte.gz");
    Files.writeString(packed, "mine");
    imagesFrom("/a/", FaultyServer.status(500));
    imagesFrom("/b/", FaultyServer.status(500));
    assertThatThrownBy(() -> cache(server.trust()).fetch(collection, DownloadProgress.NONE))
        .isInstanceOf(IOException.class);
    assertThat(packed).hasContent("mine");
  }

  @Test
  void aLinkInTheCacheStaysAndItsFileIsReplaced() throws IOException {
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Path real = Files.write(elsewhere.resolve("real.gz"), Arrays.copyOf(images, 500));
    Files.createDirectories(folder);
    Path link =
        Files.createSymbolicLink(
            folder.resolve("train-images-idx3-ubyte.gz"), elsewhere.resolve("real.gz"));
    cache(server.trust()).fetch(collection, DownloadProgress.NONE);
    assertThat(link).isSymbolicLink();
    assertThat(real).hasBinaryContent(images);
    assertThat(names()).noneMatch(name -> name.endsWith(".part") || name.endsWith(".tmp"));
  }

  @Test
  void draftsOfAKilledProcessAreTakenAway() throws IOException {
    Files.createDirectories(folder);
    String name = "train-images-idx3-ubyte.gz." + UUID.randomUUID() + ".part";
    Path old = Files.writeString(folder.resolve(name), "of a process that was killed");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path young =
        Files.writeString(
            folder.resolve("train-images-idx3-ubyte.gz." + UUID.randomUUID() + ".part"), "?");
    load();
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void aDamagedFileInTheCacheIsSaid() throws IOException {
    load();
    Path file = folder.resolve("train-images-idx3-ubyte.gz");
    Files.write(file, Arrays.copyOf(images, 500));
    assertThatThrownBy(this::load)
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            file + " is cut: its gzip stream ends in the middle. Copy or download it again.");
  }

  @Test
  void aFolderThatCannotBeMadeIsSaid() throws IOException {
    Files.writeString(folder, "a file");
    assertThatThrownBy(this::load)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot write %s: %s is a file, not a folder. %s"
                .formatted(folder, folder, "Choose another data folder, or mend this one."));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsSaidWithoutAskingTheMirror() throws IOException {
    Path target = folder.resolve("train-images-idx3-ubyte.gz");
    Files.createDirectories(target.resolve("occupied"));
    assertThatThrownBy(this::load)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot write " + target + ": ")
        .hasMessageEndingWith(". Choose another data folder, or mend this one.");
    assertThat(imageRequests()).containsExactly("/a/IMAGES");
  }
}
