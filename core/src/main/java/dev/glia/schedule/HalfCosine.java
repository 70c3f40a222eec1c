package dev.glia.schedule;

/** Half a cosine, from 1 down to 0: the curve along which several schedules go. */
final class HalfCosine {

  private HalfCosine() {}

  /**
   * {@code (1 + cos(pi * share)) / 2}, as {@code (1 - sin(pi * (share - 1/2))) / 2} by the sine's
   * series, whose first term left out is under 2e-18. StrictMath's functions allocate.
   *
   * @param share from 0 to 1; what is beyond counts as these
   */
  static double of(double share) {
    double x = Math.PI * (Math.clamp(share, 0.0, 1.0) - 0.5);
    double square = x * x;
    double sum = 0; // of the series over x, from its last term on
    for (int i = 21; i > 1; i -= 2) {
      sum = -(1 + sum) * square / (i * (i - 1.0));
    }
    return (1 - x * (1 + sum)) / 2;
  }
}
