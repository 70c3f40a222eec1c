package dev.glia.plot;

import java.io.IOException;
import java.nio.ByteBuffer;
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
import java.util.Objects;
import java.util.UUID;

/** Writes a file so that it appears complete or not at all. */
final class PictureFile {

  private PictureFile() {}

  static void write(Path file, byte[] bytes) throws IOException {
    Path target = file.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw new IOException(
          "cannot write the picture " + file + ": it is a folder; give the name of a file in it");
    }
    // Only the root has no parent, and it is a folder.
    Path folder = Objects.requireNonNull(target.getParent());
    try {
      // A link to a folder is fine, but createDirectories refuses it.
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      writeBeside(folder, target, bytes);
    } catch (IOException e) {
      throw new IOException(
          "cannot write the picture "
              + file
              + ": "
              + reason(e, folder)
              + "; choose a place that can be written",
          e);
    }
  }

  private static void writeBeside(Path folder, Path target, byte[] bytes) throws IOException {
    // Not Files.createTempFile: its files can be read by their owner alone, and so could the
    // picture.
    Path draft = folder.resolve(".glia-" + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      try {
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** What went wrong, in words: the JDK's messages are often a bare path, even of the draft. */
  private static String reason(IOException e, Path folder) {
    return switch (e) {
      case AccessDeniedException denied -> "this user may not write in " + folder;
      case FileAlreadyExistsException exists -> exists.getFile() + " is a file, not a folder";
      case NoSuchFileException missing -> "no file can be created in " + folder;
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
