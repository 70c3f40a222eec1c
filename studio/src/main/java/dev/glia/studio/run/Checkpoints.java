package dev.glia.studio.run;

import dev.glia.training.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The past of a training: checkpoints at equal distances, and the latest one.
 *
 * <p>The distance begins with one update. When there are too many, or they need too much memory, it
 * doubles and every second one goes; the first always stays. So a short run can be seen update by
 * update, and a long one needs no more room. Safe to share between threads.
 */
public final class Checkpoints {

  private final int most;
  private final long mostBytes;
  private final List<Checkpoint> kept = new ArrayList<>(); // by growing updates
  private long bytes; // of all kept
  private long distance = 1;
  private volatile long next; // the updates at which the next one is due

  /** No moments yet; at least two are kept, whatever their size. */
  Checkpoints(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** What a fork takes over: everything up to its point, which stays. */
  synchronized Checkpoints upTo(Checkpoint point) {
    Checkpoints copy = new Checkpoints(most, mostBytes);
    copy.distance = distance;
    for (Checkpoint moment : kept) {
      if (moment.updates() < point.updates()) {
        copy.append(moment);
      }
    }
    copy.add(point);
    return copy;
  }

  /** Whether the moment after so many updates is to be kept. */
  boolean due(long updates) {
    return updates >= next;
  }

  /** Keeps a moment that comes after all others; the same one again changes nothing. */
  synchronized void add(Checkpoint moment) {
    if (!kept.isEmpty() && kept.getLast().updates() >= moment.updates()) {
      return;
    }
    if (kept.size() > 1 && isBetween(kept.getLast())) {
      bytes -= kept.removeLast().bytes(); // it was there as the latest
    }
    append(moment);
    while (kept.size() > 2 && (kept.size() > most || bytes > mostBytes)) {
      thin();
    }
    next = (moment.updates() / distance + 1) * distance;
  }

  private void append(Checkpoint moment) {
    kept.add(moment);
    bytes += moment.bytes();
  }

  private void thin() {
    distance *= 2;
    List<Checkpoint> all = List.copyOf(kept);
    kept.clear();
    bytes = 0;
    for (int i = 0; i < all.size(); i++) {
      if (i == 0 || i == all.size() - 1 || !isBetween(all.get(i))) {
        append(all.get(i));
      }
    }
  }

  private boolean isBetween(Checkpoint moment) {
    return moment.updates() % distance != 0;
  }

  /** The latest; null if there is none. */
  synchronized @Nullable Checkpoint last() {
    return kept.isEmpty() ? null : kept.getLast();
  }

  /** Forgets the latest. */
  synchronized void removeLast() {
    bytes -= kept.removeLast().bytes();
  }

  /** How many there are. */
  public synchronized int count() {
    return kept.size();
  }

  /** All there are, by growing updates. */
  public synchronized List<Checkpoint> all() {
    return List.copyOf(kept);
  }

  /** The one after so many updates; null if it is gone or never was. */
  synchronized @Nullable Checkpoint at(long updates) {
    return kept.stream().filter(m -> m.updates() == updates).findFirst().orElse(null);
  }

  /** How many bytes they need. */
  synchronized long bytes() {
    return bytes;
  }
}
