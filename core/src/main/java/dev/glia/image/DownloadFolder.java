package dev.glia.image;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder that files are downloaded to, and the drafts in it.
 *
 * <p>The first process to come holds a lock; its drafts have lasting names, so that a later one can
 * go on with them. Another at the same time uses drafts of its own and takes them away again.
 */
final class DownloadFolder implements AutoCloseable {

  private static final Pattern PASSING =
      Pattern.compile(".*\\.gz\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

  /** Far longer than a download waits for more bytes before it gives up. */
  private static final Duration SURELY_DEAD = Duration.ofHours(1);

  private final Path folder;
  private final @Nullable FileChannel lock; // held as long as it is open, or null
  private final List<Path> passing = new ArrayList<>(); // drafts to be taken away

  private DownloadFolder(Path folder, @Nullable FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Makes the folder if it is not there. */
  static DownloadFolder open(Path folder) throws IOException {
    try {
      if (!Files.isDirectory(folder)) { // a link to a folder is fine, but createDirectories fails
        Files.createDirectories(folder);
      }
      FileChannel lock = lock(folder.resolve(".glia-download.lock"));
      if (lock != null) {
        sweep(folder, Instant.now().minus(SURELY_DEAD));
      }
      return new DownloadFolder(folder, lock);
    } catch (IOException e) {
      throw new LocalFileException(folder, e);
    }
  }

  private static @Nullable FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) { // held by another thread of this process
      channel.close();
      return null;
    }
    channel.close();
    return null;
  }

  /** Takes away the drafts that others used at the same time and were killed over. */
  private static void sweep(Path folder, Instant before) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (PASSING.matcher(String.valueOf(file.getFileName())).matches()
            && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // They take room and nothing else: no reason not to download.
    }
  }

  /** Where a file goes when it is complete. */
  Path target(RemoteFile file) {
    return folder.resolve(file.name() + ".gz");
  }

  /** Where the bytes from one address go first. */
  Path draft(RemoteFile file, URI address) {
    if (lock != null) {
      return lastingDraft(file, address);
    }
    Path draft = folder.resolve(file.name() + ".gz." + UUID.randomUUID() + ".part");
    passing.add(draft);
    return draft;
  }

  /** Sources may compress differently, so a draft goes on at its own source only. */
  private Path lastingDraft(RemoteFile file, URI address) {
    return folder.resolve("%s.gz.%08x.part".formatted(file.name(), address.hashCode()));
  }

  /** Takes away what other sources left of a file that is complete now. */
  void forgetDrafts(RemoteFile file, List<URI> addresses) throws IOException {
    if (lock != null) {
      for (URI address : addresses) {
        Files.deleteIfExists(lastingDraft(file, address));
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Path draft : passing) {
      Files.deleteIfExists(draft);
    }
    if (lock != null) {
      lock.close();
    }
  }
}
