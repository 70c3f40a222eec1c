package dev.glia.loss;

import dev.glia.internal.text.Call;
import dev.glia.internal.text.OutsideText;

/** How a batch's losses become one number, named as in PyTorch. */
public enum Reduction {
  /** The average: over all outputs of all rows, for cross entropy over the rows. */
  MEAN,
  /** The sum over all outputs of all rows. */
  SUM;

  /** The suffix that a loss's name has with this reduction: none for the mean. */
  String suffix() {
    return this == MEAN ? "" : "(sum)";
  }

  /** 1 over the count for the mean, 1 for the sum. */
  double over(long count) {
    return this == MEAN ? 1.0 / count : 1;
  }

  /** The reduction that a loss's text asks for, such as {@code mse(sum)}. */
  static Reduction of(Call call) {
    call.atMost("reduction");
    String text = call.arguments().isEmpty() ? "mean" : call.arguments().getFirst();
    return switch (text) {
      case "mean" -> MEAN;
      case "sum" -> SUM;
      default ->
          throw new IllegalArgumentException(
              "%s(...) expects mean or sum, got %s."
                  .formatted(call.name(), OutsideText.quoted(text)));
    };
  }
}
