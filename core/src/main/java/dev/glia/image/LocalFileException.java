package dev.glia.image;

import dev.glia.internal.io.WholeFile;
import java.io.IOException;
import java.nio.file.Path;

/** This machine cannot take a download, whoever sends it. */
final class LocalFileException extends IOException {

  private static final long serialVersionUID = 1L;

  LocalFileException(Path file, IOException cause) {
    super(
        "Cannot write %s: %s. Choose another data folder, or mend this one."
            .formatted(file, WholeFile.reason(cause)),
        cause);
  }
}
