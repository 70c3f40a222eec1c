package dev.glia.stopping;

import dev.glia.metric.EvaluatedEpoch;
import java.util.List;

/**
 * Trains all epochs and gives the weights of the one that was best on rows kept back: for a
 * schedule that ends where it is to end, which stopping early would cut.
 *
 * @param score the name of the one that is best, as {@link Patience} has it
 */
public record Best(String score) implements Stopping {

  /** By the loss. */
  public Best() {
    this(Patience.LOSS);
  }

  @Override
  public String name() {
    return score.equals(Patience.LOSS) ? "best" : "best(" + score + ")";
  }

  @Override
  public boolean stops(List<EvaluatedEpoch> history) {
    return false;
  }

  /** Of two that are as good, the first. */
  @Override
  public int best(List<EvaluatedEpoch> history) {
    return new Patience(Integer.MAX_VALUE, 0, score).best(history);
  }
}
