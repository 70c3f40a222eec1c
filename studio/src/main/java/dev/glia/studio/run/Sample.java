package dev.glia.studio.run;

import dev.glia.studio.view.Scored;
import dev.glia.studio.view.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Where a training stood when somebody wanted to see it.
 *
 * @param snapshot the network then, copied
 * @param logged how many epochs had been logged
 * @param batches an epoch
 * @param rate updates a second lately; 0 if it does not train
 * @param scored how good the network was when it was evaluated last; null if it never was
 * @param nanos when this was
 */
public record Sample(
    Snapshot snapshot,
    int logged,
    int epoch,
    int batch,
    int batches,
    double rate,
    @Nullable Scored scored,
    long nanos) {

  /** After how many updates that was. */
  public long updates() {
    return snapshot.updates();
  }
}
