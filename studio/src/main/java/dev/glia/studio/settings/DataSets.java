package dev.glia.studio.settings;

import dev.glia.image.DataCache;
import dev.glia.image.FashionMnist;
import dev.glia.image.Mnist;
import dev.glia.image.PublicImages;
import dev.glia.table.Table;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The data sets of all runs: made, read from a file that a page sent, or downloaded by the command
 * before. One that is there is shared by all runs that want it, and kept as long as there is
 * memory, or until the studio tidies up.
 */
public final class DataSets {

  private static final List<PublicImages> ALL = List.of(Mnist.images(), FashionMnist.images());

  private static final int KEPT = 16;

  /** One is made at a time: each may need much memory before anybody knows how much. */
  private final ReentrantLock making = new ReentrantLock();

  private final DataCache cache;
  private final Map<DataChoice, SoftReference<DataSet>> kept = // the last ones that were wanted
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DataChoice, SoftReference<DataSet>> eldest) {
          return size() > KEPT;
        }
      };

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
   * The data set of a choice. Who wants one while another is made waits.
   *
   * @throws IllegalArgumentException if the choice is wrong, or the data set is not there
   * @throws IOException if a downloaded one cannot be read
   */
  DataSet get(DataChoice choice) throws IOException {
    DataSet found = known(choice);
    if (found != null) {
      return found;
    }
    try {
      making.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Nobody waits for this data set any more.");
    }
    try {
      DataSet meanwhile = known(choice);
      DataSet dataset = meanwhile == null ? choice.load(this) : meanwhile;
      synchronized (kept) {
        kept.put(choice, new SoftReference<>(dataset));
      }
      return dataset;
    } finally {
      making.unlock();
    }
  }

  private @Nullable DataSet known(DataChoice choice) {
    synchronized (kept) {
      SoftReference<DataSet> known = kept.get(choice);
      return known == null ? null : known.get();
    }
  }

  /** Lets go of all but these; their settings too, which may hold a whole file. */
  public void keepOnly(List<Table> used) {
    synchronized (kept) {
      kept.values()
          .removeIf(known -> {
            DataSet dataset = known.get();
            return dataset == null || used.stream().noneMatch(table -> table == dataset.table());
          });
    }
  }

  /** Reads a downloaded data set. */
  Table read(String name) throws IOException {
    if (!has(name)) {
      throw new IllegalArgumentException(whyNot(name));
    }
    PublicImages images = ALL.stream().filter(i -> i.name().equals(name)).findFirst().orElseThrow();
    return cache.load(images, (file, done, total) -> {});
  }
}
