package dev.glia.task;

/**
 * Between which numbers a prediction is held: those of the rows that were learnt from. Far from
 * them a network's straight lines lead anywhere; RealMLP clips its outputs so (Holzmueller,
 * Grinsztajn and Steinwart, "Better by Default", 2024).
 *
 * @param least no prediction is under it
 * @param most nor over it
 */
public record Range(double least, double most) {

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if a number is not finite, or most is under least
   */
  public Range {
    if (!(Double.isFinite(least) && Double.isFinite(most) && least <= most)) {
      throw new IllegalArgumentException(
          "A prediction cannot be held between %s and %s.".formatted(least, most));
    }
  }

  /** The nearest number within; not a number stays what it is. */
  double hold(double value) {
    return value < least ? least : value > most ? most : value;
  }
}
