package dev.glia.internal.io;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/** What stands behind a name that is to be written, when all links have been followed. */
sealed interface Destination {

  /**
   * A regular file, or none yet.
   *
   * @param file where it is, an absolute path that is no link
   * @param folder where it lies
   * @param existing the nearest folder on the way to it that is there
   * @param old what is known of the file that is there; null without one, or without modes
   */
  record Regular(Path file, Path folder, Path existing, @Nullable PosixFileAttributes old)
      implements Destination {}

  /** A pipe, a device or an open file of a process: there is nothing that could be replaced. */
  record Stream(Path file) implements Destination {}

  /** A folder. */
  record Folder() implements Destination {}

  /** What this very process has open as its standard output or error. */
  record Standard(FileDescriptor descriptor) implements Destination {}

  /** As many links as Linux follows. */
  int MOST_LINKS = 40;

  /**
   * Follows a name to its end.
   *
   * @throws IOException if it leads in a circle, or where this user may not write
   */
  static Destination of(Path file) throws IOException {
    Path at = file.toAbsolutePath();
    for (int links = 0; ; links++) {
      FileDescriptor standard = standard(at);
      if (standard != null) {
        return new Standard(standard);
      }
      if (!isLink(at)) {
        return end(at, false);
      }
      if (isOpenFile(at)) {
        return end(at, true);
      }
      if (links == MOST_LINKS) {
        throw new IOException("its links lead in a circle, or are too many");
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
  }

  private static Destination end(Path at, boolean openFile) throws IOException {
    Path folder = at.getParent();
    if (folder == null) {
      return new Folder();
    }
    Path existing = existing(folder);
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(at, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return new Regular(at, folder, existing, null);
    }
    if (found.isDirectory()) {
      return new Folder();
    }
    // A move would replace even what may not be written.
    at.getFileSystem().provider().checkAccess(at, AccessMode.WRITE);
    if (openFile || !found.isRegularFile()) {
      return new Stream(at);
    }
    boolean modes = at.getFileSystem().supportedFileAttributeViews().contains("posix");
    return new Regular(
        at, folder, existing, modes ? Files.readAttributes(at, PosixFileAttributes.class) : null);
  }

  /** The nearest folder on the way that is there. */
  private static Path existing(Path folder) throws IOException {
    for (Path at = folder; ; ) {
      try {
        if (Files.readAttributes(at, BasicFileAttributes.class).isDirectory()) {
          return at;
        }
        throw new FileAlreadyExistsException(at.toString());
      } catch (NoSuchFileException e) {
        Path above = at.getParent();
        if (above == null) {
          throw e;
        }
        at = above;
      }
    }
  }

  /**
   * Standard output by one of its names. Opened by that name it would be written from the start,
   * over what this process has printed already; and a socket can't be opened by name.
   */
  private static @Nullable FileDescriptor standard(Path at) {
    return switch (at.toString()) {
      case "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" -> FileDescriptor.out;
      case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2" -> FileDescriptor.err;
      default -> null;
    };
  }

  /** Not Files.isSymbolicLink: that takes a failure for no link, which would then be replaced. */
  private static boolean isLink(Path at) throws IOException {
    try {
      return Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isSymbolicLink();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether a link is Linux' name of an open file, whose text need not be a path. */
  private static boolean isOpenFile(Path link) throws IOException {
    Path folder = link.getParent();
    if (folder == null || !folder.endsWith("fd")) {
      return false;
    }
    return folder.toRealPath().startsWith("/proc");
  }
}
