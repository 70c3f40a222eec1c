package dev.glia.cli.option;

import dev.glia.cli.terminal.ProgressBar;
import dev.glia.cli.terminal.Terminal;
import dev.glia.image.DataCache;
import dev.glia.image.DownloadProgress;
import dev.glia.image.FashionMnist;
import dev.glia.image.Mnist;
import dev.glia.image.PublicImages;
import dev.glia.internal.text.OutsideText;
import dev.glia.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The data sets that are downloaded once. */
public final class Downloads {

  private static final List<PublicImages> ALL = List.of(Mnist.images(), FashionMnist.images());

  public static final List<String> NAMES = ALL.stream().map(PublicImages::name).toList();

  private Downloads() {}

  /** Reads a data set, downloading what is missing. */
  public static Table load(String name, @Nullable Path dataDir, Terminal terminal)
      throws IOException {
    try {
      return cache(dataDir).load(named(name), progress(terminal));
    } finally {
      terminal.clearStatus();
    }
  }

  /** Makes sure that a data set is there and right; gives its folder. */
  public static Path fetch(String name, @Nullable Path dataDir, Terminal terminal)
      throws IOException {
    DataCache cache = cache(dataDir);
    try {
      cache.fetch(named(name), progress(terminal));
    } finally {
      terminal.clearStatus();
    }
    return cache.folder(named(name));
  }

  /** Whether a data set need not be downloaded. */
  public static boolean isThere(String name, @Nullable Path dataDir) {
    return cache(dataDir).has(named(name));
  }

  private static DataCache cache(@Nullable Path dataDir) {
    return dataDir == null ? DataCache.standard() : new DataCache(dataDir);
  }

  private static PublicImages named(String name) {
    return ALL.stream()
        .filter(images -> images.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no download %s. There are: %s."
                    .formatted(OutsideText.quoted(name), String.join(", ", NAMES))));
  }

  private static DownloadProgress progress(Terminal terminal) {
    ProgressBar bar = new ProgressBar(terminal, "downloading");
    String[] last = {""};
    return (file, done, total) -> {
      if (!last[0].equals(file)) {
        last[0] = file;
        terminal.message("Downloading " + file);
      }
      bar.show(done, total, String.format(Locale.ROOT, "%.1f MB", done / 1e6));
    };
  }
}
