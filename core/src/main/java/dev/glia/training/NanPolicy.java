package dev.glia.training;

/** What happens when a gradient is not a finite number. */
public enum NanPolicy {
  /** Training stops with a sentence that names the layer. */
  STOP,
  /**
   * NaN becomes 0 and an infinity the greatest float, as NumPy's {@code nan_to_num} in the second
   * article.
   */
  ZERO
}
