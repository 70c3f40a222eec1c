package dev.glia.plot;

import org.jspecify.annotations.Nullable;

/**
 * An image, what it is, and perhaps what a network takes it for.
 *
 * @param prediction the predicted label; null for none
 * @param confidence the prediction's probability, 0 to 1; NaN if unknown
 */
public record LabelledImage(
    GreyImage image, String label, @Nullable String prediction, double confidence) {

  /** An image with its label alone. */
  public LabelledImage(GreyImage image, String label) {
    this(image, label, null, Double.NaN);
  }

  /** An image with its label and a prediction. */
  public LabelledImage(GreyImage image, String label, String prediction) {
    this(image, label, prediction, Double.NaN);
  }

  /** Whether the prediction is another label than the image's own. */
  public boolean wrong() {
    return prediction != null && !prediction.equals(label);
  }
}
