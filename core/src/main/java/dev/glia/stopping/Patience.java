package dev.glia.stopping;

import dev.glia.internal.text.Call;
import dev.glia.internal.text.OutsideText;
import dev.glia.metric.EvaluatedEpoch;
import dev.glia.metric.Score;
import dev.glia.metric.Scores;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Stops when a score on rows kept back has not improved for so many epochs, and gives the weights
 * of the best one, as {@code keras.callbacks.EarlyStopping} with {@code restore_best_weights}.
 *
 * @param epochs without an improvement, at least 1
 * @param least what is no improvement unless it is greater, at least 0
 * @param score the name of the one that is to become better: {@code loss}, {@code accuracy}, {@code
 *     r2}, {@code mae}, or that of a {@link dev.glia.metric.Metric} that is asked for
 */
public record Patience(int epochs, double least, String score) implements Stopping {

  static final String LOSS = "loss";

  /** Checks the settings. */
  public Patience {
    if (epochs < 1) {
      throw new IllegalArgumentException(
          "patience's epochs must be at least 1, got " + epochs + ".");
    }
    if (!(least >= 0 && least < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "patience's least improvement must be at least 0, got " + least + ".");
    }
    least += 0.0; // which makes 0 of -0
  }

  /** Looks at the loss; any improvement counts. */
  public Patience(int epochs) {
    this(epochs, 0, LOSS);
  }

  @Override
  public String name() {
    if (!score.equals(LOSS)) {
      String numbers = Call.text("patience", epochs, least);
      return numbers.substring(0, numbers.length() - 1) + "," + score + ")";
    }
    return least == 0 ? Call.text("patience", epochs) : Call.text("patience", epochs, least);
  }

  @Override
  public boolean stops(List<EvaluatedEpoch> history) {
    int best = best(history);
    int since = best < 0 ? history.getFirst().epoch() - 1 : history.get(best).epoch();
    return history.getLast().epoch() - since >= epochs;
  }

  @Override
  public int best(List<EvaluatedEpoch> history) {
    int best = -1;
    double reference = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < history.size(); i++) {
      double height = height(history.get(i));
      if (height - least > reference) {
        best = i;
        reference = height;
      }
    }
    return best;
  }

  /** The higher, the better. */
  private double height(EvaluatedEpoch epoch) {
    Scores scores = epoch.validation();
    if (scores == null) {
      return Double.NaN;
    }
    List<Score> all = scores.all();
    for (Score each : all) {
      if (each.name().equals(score)) {
        return each.higherIsBetter() ? each.value() : -each.value();
      }
    }
    throw new IllegalArgumentException(
        "There is no score %s to stop by. There are: %s."
            .formatted(
                OutsideText.quoted(score),
                all.stream().map(Score::name).collect(Collectors.joining(", "))));
  }
}
