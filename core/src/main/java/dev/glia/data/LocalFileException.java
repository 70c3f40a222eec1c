package dev.glia.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** This machine cannot take a download, whoever sends it. */
final class LocalFileException extends IOException {

  private static final long serialVersionUID = 1L;

  LocalFileException(Path file, IOException cause) {
    super(
        "Cannot write %s: %s. Choose another data folder, or mend this one."
            .formatted(file, reason(cause)),
        cause);
  }

  /** In words, where the JDK's message is a bare path. */
  private static String reason(IOException cause) {
    return switch (cause) {
      case AccessDeniedException denied -> denied.getFile() + " may not be written by this user";
      case FileAlreadyExistsException exists -> exists.getFile() + " is a file, not a folder";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      default -> String.valueOf(cause.getMessage());
    };
  }
}
