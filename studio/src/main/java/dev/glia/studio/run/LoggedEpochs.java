package dev.glia.studio.run;

import dev.glia.metric.Scores;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The logged epochs of a run so far: all of them, and as rows for a page, of which there are at
 * most 2,000. Safe to share between threads.
 */
public final class LoggedEpochs {

  private static final int MOST_ROWS = 2_000;

  private final List<EpochFinished> epochs = new ArrayList<>();

  synchronized void add(EpochFinished epoch) {
    epochs.add(epoch);
  }

  /** All of them. */
  synchronized List<EpochFinished> all() {
    return List.copyOf(epochs);
  }

  /** How many there are. */
  synchronized int count() {
    return epochs.size();
  }

  /** The first so many. */
  synchronized List<EpochFinished> first(int count) {
    return List.copyOf(epochs.subList(0, count));
  }

  /** How many were logged at so many updates or before. */
  synchronized int countTo(long updates) {
    int count = epochs.size();
    while (count > 0 && epochs.get(count - 1).updates() > updates) {
      count--;
    }
    return count;
  }

  public synchronized @Nullable EpochFinished last() {
    return epochs.isEmpty() ? null : epochs.getLast();
  }

  /** Those up to so many updates. */
  synchronized LoggedEpochs upTo(long updates) {
    LoggedEpochs before = new LoggedEpochs();
    first(countTo(updates)).forEach(before::add);
    return before;
  }

  /** Those after so many updates. */
  synchronized LoggedEpochs after(long updates) {
    LoggedEpochs later = new LoggedEpochs();
    epochs.stream().filter(e -> e.updates() > updates).forEach(later::add);
    return later;
  }

  /**
   * Rows for a page. Every so many-th epoch is one, and the last epoch too, until others come.
   *
   * @param stride the distance of two epochs that are rows
   * @param from the first row of these among all
   * @param settled how many of all rows will not change while the stride stays the same
   */
  public record Rows(int stride, int from, int settled, List<double[]> rows) {}

  /** All rows. */
  public Rows rows() {
    return rows(0, 0);
  }

  /**
   * The rows that are new to who has some already; all rows if the stride is another by now.
   *
   * @param stride of the rows that are there; 0 for none
   * @param settled how many of these will not change
   */
  public synchronized Rows rows(int stride, int settled) {
    int size = epochs.size();
    int now = 1;
    while (Math.ceilDiv(size, now) >= MOST_ROWS) {
      now *= 2;
    }
    int from = now == stride ? settled : 0;
    List<double[]> rows = new ArrayList<>();
    for (int i = from * now; i < size; i += now) {
      rows.add(row(epochs.get(i)));
    }
    if (size > 0 && (size - 1) % now != 0) {
      rows.add(row(epochs.getLast()));
    }
    return new Rows(now, from, Math.ceilDiv(size, now), rows);
  }

  /** The columns' names: classes have an accuracy, numbers an R2. */
  public static List<String> columns(boolean classes) {
    return classes
        ? List.of("epoch", "updates", "loss", "accuracy", "val_loss", "val_accuracy")
        : List.of("epoch", "updates", "loss", "r2", "val_loss", "val_r2");
  }

  private static double[] row(EpochFinished epoch) {
    Scores validation = epoch.validation();
    return new double[] {
      epoch.epoch(),
      epoch.updates(),
      epoch.train().loss(),
      quality(epoch.train()),
      validation == null ? Double.NaN : validation.loss(),
      validation == null ? Double.NaN : quality(validation)
    };
  }

  private static double quality(Scores scores) {
    Double accuracy = scores.accuracy();
    Double r2 = scores.r2();
    return accuracy != null ? accuracy : r2 != null ? r2 : Double.NaN;
  }
}
