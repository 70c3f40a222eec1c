package dev.glia.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file for parsers that read files; one a process and name. */
public final class Scratch {

  private static final Path FOLDER = folder();

  private Scratch() {}

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("glia-fuzz");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of that name with that content. */
  public static Path file(String name, byte[] content) {
    try {
      Path file = FOLDER.resolve(name);
      file.toFile().deleteOnExit();
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
