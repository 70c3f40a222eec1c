package dev.glia.internal.io;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written, beside the one whose place it will take.
 *
 * <p>As long as its writer lives it is locked. The system takes the lock away when a process ends,
 * however it ends: so a draft that can be locked was left behind, and {@link #sweep} deletes it.
 */
final class Draft implements Closeable {

  /** How the names of all drafts begin. */
  static final String PREFIX = ".glia-";

  private static final String SWEPT = ".tmp";

  /** Where nothing can be locked, nobody can tell who lives: such drafts are never swept. */
  private static final String UNLOCKED = ".unlocked";

  private static final Pattern NAME =
      Pattern.compile("\\.glia-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

  /** How often a sweep by another process may come between making a draft and locking it. */
  private static final int MOST_ATTEMPTS = 100;

  /**
   * The names of this process' drafts. They must not even be opened to see whether they are locked:
   * by POSIX a process loses its locks on a file when it closes any descriptor of that file.
   */
  private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final Thread atExit; // Ctrl-C runs no finally
  private boolean moved;

  private Draft(Path file, FileChannel channel, Thread atExit) {
    this.file = file;
    this.channel = channel;
    this.atExit = atExit;
  }

  /**
   * Makes a draft.
   *
   * @param old whose owner, group and mode it gets as far as this user may give them away
   */
  static Draft open(Path folder, @Nullable PosixFileAttributes old) throws IOException {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Draft draft = create(folder, SWEPT, old);
      try {
        if (draft.lock()) {
          draft.liken(old);
          return draft;
        }
        draft.close();
      } catch (IOException e) { // as of NFS without locks
        draft.close();
        break;
      }
    }
    Draft draft = create(folder, UNLOCKED, old);
    draft.liken(old);
    return draft;
  }

  /**
   * Not Files.createTempFile: its files can be read by their owner alone, and so could this one.
   * But it is never open to more people than the old file, not even for a moment.
   */
  private static Draft create(Path folder, String ending, @Nullable PosixFileAttributes old)
      throws IOException {
    String name = PREFIX + UUID.randomUUID() + ending;
    FileAttribute<?>[] mode =
        old == null
            ? new FileAttribute<?>[0]
            : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(old.permissions())};
    Path file = folder.resolve(name);
    Thread atExit = new Thread(() -> deleteQuietly(file));
    Runtime.getRuntime().addShutdownHook(atExit);
    OWN.add(name);
    try {
      FileChannel channel =
          FileChannel.open(
              file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode);
      return new Draft(file, channel, atExit);
    } catch (IOException | RuntimeException e) {
      OWN.remove(name);
      forget(atExit);
      throw e;
    }
  }

  /** False where a sweep took it for one that was left, between its making and its lock. */
  private boolean lock() throws IOException {
    return channel.tryLock() != null && Files.exists(file);
  }

  /** What can't be given away stays as it is, which is never more than the old file allowed. */
  private void liken(@Nullable PosixFileAttributes old) {
    if (old == null) {
      return;
    }
    try {
      PosixFileAttributes now = Files.readAttributes(file, PosixFileAttributes.class);
      set("posix:owner", now.owner(), old.owner());
      set("posix:group", now.group(), old.group());
      set("posix:permissions", now.permissions(), old.permissions());
    } catch (IOException e) {
      // The user may write here, but not say whose it is: no reason not to write.
    }
  }

  private void set(String attribute, Object now, Object old) {
    if (now.equals(old)) {
      return;
    }
    try {
      Files.setAttribute(file, attribute, old);
    } catch (IOException e) {
      // as above
    }
  }

  /** Writes all of it to the disk. */
  void fill(WholeFile.Content content) throws IOException {
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    content.writeTo(out);
    out.flush();
    channel.force(true);
  }

  /** Gives it its name; it stays locked until then. */
  void moveTo(Path target) throws IOException {
    try {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
    moved = true;
  }

  /** Takes it away if it has not become the file. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // All that is wanted was synced before; what is not wanted goes.
    }
    if (!moved) {
      deleteQuietly(file);
    }
    OWN.remove(String.valueOf(file.getFileName()));
    forget(atExit);
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What went wrong first is told. The next save into this folder deletes the draft.
    }
  }

  private static void forget(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The program is ending, and runs it.
    }
  }

  /** Deletes what processes that were killed left in a folder. */
  static void sweep(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (NAME.matcher(name).matches()
            && !OWN.contains(name)
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          deleteIfLeft(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What was left takes room and nothing else: no reason not to write.
    }
  }

  private static void deleteIfLeft(Path file) {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      if (lock != null) { // else its writer lives
        Files.deleteIfExists(file);
      }
    } catch (IOException | OverlappingFileLockException e) {
      // Another user's, or gone meanwhile, or nothing can be locked here: it stays.
    }
  }
}
