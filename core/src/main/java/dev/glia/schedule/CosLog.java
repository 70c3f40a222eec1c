package dev.glia.schedule;

import dev.glia.internal.text.Call;

/**
 * Up and down along a cosine of the logarithm, so that each cycle lasts twice as long as the one
 * before: {@code (1 - cos(2 pi log2(1 + (2^cycles - 1) t))) / 2}, t from 0 to 1.
 *
 * <p>RealMLP's coslog4 schedule (Holzmueller, Grinsztajn and Steinwart, "Better by Default", 2024),
 * whose factor in the logarithm is 15 = 2^4 - 1. It ends at 0, as it begins.
 *
 * @param cycles how often it goes up and down, from 1 to 20
 */
public record CosLog(int cycles) implements Schedule {

  private static final double LN2 = 0.6931471805599453;

  /** Checks the cycles. */
  public CosLog {
    if (cycles < 1 || cycles > 20) {
      throw new IllegalArgumentException(
          "coslog's cycles must be from 1 to 20, got " + cycles + ".");
    }
  }

  /** RealMLP's four cycles. */
  public CosLog() {
    this(4);
  }

  @Override
  public String name() {
    return cycles == 4 ? "coslog" : Call.text("coslog", cycles);
  }

  @Override
  public double factor(Progress progress) {
    // The middle of the update: an epoch of one update would not learn at its begin.
    double t = (progress.update() + 0.5) / progress.updates();
    double turns = StrictMath.log1p(((1 << cycles) - 1) * t) / LN2;
    double part = turns - Math.floor(turns);
    return 1 - HalfCosine.of(2 * Math.min(part, 1 - part));
  }
}
