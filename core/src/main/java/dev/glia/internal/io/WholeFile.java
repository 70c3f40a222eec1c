package dev.glia.internal.io;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that it is there complete or not at all: beside its place, synced, then moved.
 *
 * <p>An older file of that name survives until the new one is complete. Then the new one has its
 * mode and, where this user may give them away, its owner and group; another name of the old file
 * (a hard link) keeps the old content. Links stay: the file that they lead to is replaced, or made
 * if it is not there. A file that this user may not write is not replaced either.
 *
 * <p>What can't be replaced is written to as it stands: pipes, devices, and the open files of a
 * process such as {@code /dev/stdout}. What has gone there can't be taken back if a write fails.
 *
 * <p>A write has failed if the new file is not in place, and then the old one is. What goes wrong
 * after that fails nothing: the content was synced before the move.
 */
public final class WholeFile {

  private WholeFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is buffered and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file; folders on the way to it are made, and drafts that killed processes left in its
   * folder are deleted.
   *
   * @throws IOException if it can't be written, with a sentence that says what and why; its cause
   *     is an IOException that {@link #reason} puts in words
   */
  public static void write(Path file, Content content) throws IOException {
    try {
      switch (Destination.of(file)) {
        case Destination.Folder folder -> throw new FolderException();
        case Destination.Regular regular -> replace(regular, content);
        case Destination.Stream stream -> {
          try (OutputStream out =
              Files.newOutputStream(
                  stream.file(), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            pour(content, out);
          }
        }
        case Destination.Standard standard ->
            pour(content, new FileOutputStream(standard.descriptor())); // stays open
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static void pour(Content content, OutputStream to) throws IOException {
    OutputStream out = new BufferedOutputStream(to, 1 << 16);
    content.writeTo(out);
    out.flush();
  }

  private static void replace(Destination.Regular regular, Content content) throws IOException {
    Path folder = regular.folder();
    // A link to a folder is fine, but createDirectories refuses it.
    if (!folder.equals(regular.existing())) {
      Files.createDirectories(folder);
    }
    Draft.sweep(folder);
    try (Draft draft = Draft.open(folder, regular.old())) {
      draft.fill(content);
      draft.moveTo(regular.file());
    }
    // A folder that was made stands in the one above it.
    for (Path changed = folder; changed != null; changed = changed.getParent()) {
      sync(changed);
      if (changed.equals(regular.existing())) {
        return;
      }
    }
  }

  /** Brings the names in a folder to the disk. */
  private static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException | UnsupportedOperationException e) {
      // Windows opens no folders, and a folder may be closed to readers. The file is in place and
      // its content on the disk; only after a loss of power might the old one be back.
    }
  }

  /**
   * Checks that a file could be written, before the work whose result it is to hold.
   *
   * <p>Makes no folder: it looks at the nearest one on the way that is there. Opens no pipe: who
   * reads it would take that for the end.
   *
   * @throws IOException if it can't, with a sentence that says why
   */
  public static void checkWritable(Path file) throws IOException {
    try {
      switch (Destination.of(file)) {
        case Destination.Folder folder -> throw new FolderException();
        case Destination.Regular regular -> Draft.open(regular.existing(), null).close();
        case Destination.Stream stream -> {}
        case Destination.Standard standard -> {}
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** A folder stands where the file is to go. */
  private static final class FolderException extends IOException {
    private static final long serialVersionUID = 1L;

    FolderException() {
      super("it is a folder");
    }
  }

  private static IOException cannotWrite(Path file, IOException e) {
    String reason = reason(e);
    String name = file + ": ";
    String sentence =
        e instanceof FolderException
            ? "it is a folder; give the name of a file in it."
            : (reason.startsWith(name) ? reason.substring(name.length()) : reason)
                + ". Choose a place that can be written.";
    return new IOException("Cannot write " + file + ": " + sentence, e);
  }

  /** What went wrong, in words: the JDK's messages are often a bare path. */
  public static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> place(denied) + " may not be accessed by this user";
      case FileAlreadyExistsException exists -> place(exists) + " is a file, not a folder";
      case NoSuchFileException draft when draft.getFile().contains(Draft.PREFIX) ->
          place(draft) + " takes no files"; // as /proc says it
      case NoSuchFileException missing -> place(missing) + " does not exist";
      case FileSystemException other when other.getReason() != null ->
          place(other) + ": " + other.getReason();
      case ClosedByInterruptException interrupted -> "it was interrupted";
      default -> String.valueOf(e.getMessage());
    };
  }

  /** The file it is about; for a draft, which the user never named, its folder. */
  private static String place(FileSystemException e) {
    String file = String.valueOf(e.getFile());
    int draft = file.indexOf(Draft.PREFIX);
    return draft < 0 ? file : "the folder " + file.substring(0, Math.max(1, draft - 1));
  }
}
