package dev.glia.cli;

import dev.glia.data.Dataset;
import dev.glia.data.IdxFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data sets that are downloaded once. */
final class Downloads {

  static final List<String> NAMES = List.of("mnist", "fashion-mnist");

  private Downloads() {}

  static Dataset load(String name, @Nullable Path folder, Terminal terminal) throws IOException {
    return IdxFolder.read(fetch(name, folder, terminal));
  }

  static Path fetch(String name, @Nullable Path folder, Terminal terminal) throws IOException {
    return java.util.Objects.requireNonNull(folder).resolve(name);
  }

  static boolean isThere(String name, @Nullable Path folder) {
    return folder != null && Files.isDirectory(folder.resolve(name));
  }

  static String describe(String name) {
    return name;
  }
}
