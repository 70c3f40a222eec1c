package dev.glia.studio.session;

import dev.glia.data.DataCache;
import dev.glia.data.Dataset;
import dev.glia.data.FashionMnist;
import dev.glia.data.Mnist;
import dev.glia.data.PublicImages;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The data sets that are downloaded by the command and only read here. One that was read is shared
 * by all runs and kept as long as there is memory.
 */
public final class DataSets {

  private static final List<PublicImages> ALL = List.of(Mnist.images(), FashionMnist.images());

  private final DataCache cache;
  private final Map<String, SoftReference<Dataset>> read = new HashMap<>();

  /** The data sets of a folder of downloads. */
  public DataSets(DataCache cache) {
    this.cache = cache;
  }

  /** The names there are, cached or not. */
  public static List<String> names() {
    return ALL.stream().map(PublicImages::name).toList();
  }

  /** Whether a data set is there, so that it can be read without a download. */
  public boolean has(String name) {
    return ALL.stream().anyMatch(images -> images.name().equals(name) && cache.has(images));
  }

  /** Why a data set is not there, and what to do. */
  public static String whyNot(String name) {
    return "%s is not on this machine, and the studio downloads nothing: \"glia data fetch %s\" fetches it."
        .formatted(name, name);
  }

  /**
   * Reads a data set.
   *
   * @throws IllegalArgumentException if it is not there
   * @throws IOException if its files are damaged
   */
  synchronized Dataset read(String name) throws IOException {
    SoftReference<Dataset> kept = read.get(name);
    Dataset known = kept == null ? null : kept.get();
    if (known != null) {
      return known;
    }
    if (!has(name)) {
      throw new IllegalArgumentException(whyNot(name));
    }
    PublicImages images = ALL.stream().filter(i -> i.name().equals(name)).findFirst().orElseThrow();
    Dataset dataset = cache.load(images, (file, done, total) -> {});
    read.put(name, new SoftReference<>(dataset));
    return dataset;
  }
}
