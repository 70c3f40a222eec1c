package dev.glia.preprocessing;

/** Quantiles of sorted numbers. */
final class Quantiles {

  private Quantiles() {}

  /**
   * The number under which a share of the others lie, between two of them by their distances: the
   * default of NumPy's {@code quantile}.
   *
   * @param sorted at least one, in ascending order
   * @param share from 0 to 1
   */
  static double of(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
  }
}
