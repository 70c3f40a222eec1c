package dev.glia.training;

import dev.glia.metric.Scores;
import dev.glia.network.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training gave.
 *
 * <p>Where several networks were trained side by side, figures are of their average.
 *
 * @param networks the trained network: that of the best epoch, where a stopping rule finds one; or
 *     all of several, whose outputs are averaged
 * @param epochs how many epochs were trained to their end; of several networks the most
 * @param updates how often the parameters changed, of all networks together
 * @param seconds what training took, without evaluation
 * @param train the trained network on the rows it learned from
 * @param validation the same on the rows to validate on; null if there are none. Where several
 *     networks have rows of their own to validate on, each row's output is the average of those
 *     that have not learnt from it
 * @param test the same on the rows to test on; null if there are none
 * @param cancelled whether it ended early because it was asked to
 * @param stopped whether the stopping rule ended it
 * @param bestEpoch the epoch whose weights the network has: the last, unless a stopping rule finds
 *     another better; of several networks, each of which has its own, the number of epochs
 */
public record TrainingResult(
    List<Network> networks,
    int epochs,
    long updates,
    double seconds,
    Scores train,
    @Nullable Scores validation,
    @Nullable Scores test,
    boolean cancelled,
    boolean stopped,
    int bestEpoch) {

  /** Keeps a copy. */
  public TrainingResult {
    networks = List.copyOf(networks);
  }

  /** The result of a training of one network. */
  public TrainingResult(
      Network network,
      int epochs,
      long updates,
      double seconds,
      Scores train,
      @Nullable Scores validation,
      @Nullable Scores test,
      boolean cancelled,
      boolean stopped,
      int bestEpoch) {
    this(
        List.of(network),
        epochs,
        updates,
        seconds,
        train,
        validation,
        test,
        cancelled,
        stopped,
        bestEpoch);
  }

  /**
   * The trained network.
   *
   * @throws IllegalStateException if several were trained, of which no single one is the result
   */
  public Network network() {
    if (networks.size() > 1) {
      throw new IllegalStateException(
          "%d networks were trained, and their average is the result: ask for networks()."
              .formatted(networks.size()));
    }
    return networks.getFirst();
  }
}
