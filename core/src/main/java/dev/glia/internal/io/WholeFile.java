package dev.glia.internal.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that it is there complete or not at all: beside its place, synced, then moved.
 *
 * <p>An older file of that name survives until the new one is complete.
 */
public final class WholeFile {

  private static final String DRAFT = ".glia-";

  private WholeFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is buffered and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file; folders on the way to it are made.
   *
   * @throws IOException if it can't be written, with a sentence that says what and why
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw isFolder(file);
    }
    try {
      Path folder = target.getParent();
      if (folder == null) {
        throw new FileSystemException(file.toString(), null, "it has no folder");
      }
      // A link to a folder is fine, but createDirectories refuses it.
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      writeBeside(folder, target, content);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /**
   * Checks that a file could be written, before the work whose result it is to hold.
   *
   * <p>Makes no folder: it looks at the nearest one on the way that is there.
   *
   * @throws IOException if it can't, with a sentence that says why
   */
  public static void checkWritable(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw isFolder(file);
    }
    Path folder = target.getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (folder == null) {
      return;
    }
    try {
      if (!Files.isDirectory(folder)) {
        throw new FileAlreadyExistsException(folder.toString());
      }
      Path draft = draft(folder);
      Files.createFile(draft);
      Files.delete(draft);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static IOException isFolder(Path file) {
    return new IOException(
        "Cannot write " + file + ": it is a folder; give the name of a file in it.");
  }

  private static IOException cannotWrite(Path file, IOException e) {
    return new IOException(
        "Cannot write " + file + ": " + reason(e) + ". Choose a place that can be written.", e);
  }

  /**
   * Not Files.createTempFile: its files can be read by their owner alone, and so could this one.
   */
  private static Path draft(Path folder) {
    return folder.resolve(DRAFT + UUID.randomUUID() + ".tmp");
  }

  private static void writeBeside(Path folder, Path target, Content content) throws IOException {
    Path draft = draft(folder);
    Thread atExit = new Thread(() -> deleteQuietly(draft)); // Ctrl-C runs no finally
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      try (FileChannel channel =
          FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      try {
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(draft);
      forget(atExit);
    }
  }

  private static void deleteQuietly(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      // The program is ending: nobody is left to be told.
    }
  }

  private static void forget(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The program is ending, and runs it.
    }
  }

  /** What went wrong, in words: the JDK's messages are often a bare path. */
  public static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> place(denied) + " may not be accessed by this user";
      case FileAlreadyExistsException exists -> place(exists) + " is a file, not a folder";
      case NoSuchFileException draft when draft.getFile().contains(DRAFT) ->
          place(draft) + " takes no files"; // as /proc says it
      case NoSuchFileException missing -> place(missing) + " does not exist";
      case FileSystemException other when other.getReason() != null ->
          place(other) + ": " + other.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /** The file it is about; for a draft, which the user never named, its folder. */
  private static String place(FileSystemException e) {
    String file = String.valueOf(e.getFile());
    int draft = file.indexOf(DRAFT);
    return draft < 0 ? file : "the folder " + file.substring(0, Math.max(1, draft - 1));
  }
}
