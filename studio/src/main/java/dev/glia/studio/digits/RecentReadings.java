package dev.glia.studio.digits;

import dev.glia.model.Model;
import dev.glia.training.Examples;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The last few readings: a page that turns to the next pictures, or to the confusion matrix, asks
 * about the same network.
 *
 * <p>A network is the same if its numbers are, whichever run and moment it comes from.
 */
final class RecentReadings {

  private static final int MOST = 16; // some 400 KB each for MNIST

  /** Readings of examples that may be gone by now. */
  private record Known(WeakReference<Examples> examples, Model model, Readings readings) {
    boolean isOf(Model other, Examples these) {
      return examples.refersTo(these)
          && model.network().architecture().equals(other.network().architecture())
          && Arrays.equals(model.network().parameters(), other.network().parameters());
    }
  }

  private final Deque<Known> known = new ArrayDeque<>(); // the one asked for last first
  private int computed;

  /** Reads all rows, unless that was done. */
  Readings of(Model model, Examples examples) {
    Readings found = find(model, examples);
    if (found != null) {
      return found;
    }
    Readings readings = Readings.of(model, examples);
    synchronized (this) {
      computed++;
      known.addFirst(new Known(new WeakReference<>(examples), model, readings));
      if (known.size() > MOST) {
        known.removeLast();
      }
    }
    return readings;
  }

  private synchronized @Nullable Readings find(Model model, Examples examples) {
    known.removeIf(one -> one.examples.refersTo(null));
    for (Iterator<Known> all = known.iterator(); all.hasNext(); ) {
      Known one = all.next();
      if (one.isOf(model, examples)) {
        all.remove();
        known.addFirst(one);
        return one.readings;
      }
    }
    return null;
  }

  /** How often something was read again. */
  synchronized int computed() {
    return computed;
  }
}
