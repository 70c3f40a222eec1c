package dev.glia.plot.axis;

import java.util.ArrayList;
import java.util.List;

/** A scale on which equal ratios are equally long; both ends are positive. */
record LogAxis(String label, double min, double max) implements Axis {

  /** Below all that is drawn, where a zero belongs that has no logarithm. */
  private static final double BELOW = -1;

  @Override
  public double share(double value) {
    return value > 0 ? Math.log(value / min) / Math.log(max / min) : BELOW;
  }

  @Override
  public List<Tick> ticks(int most) {
    int first = NumberLabel.power(min);
    int last = NumberLabel.power(max);
    int decades = last - first;
    // Few decades: 1, 2 and 5 of each are labelled. Many: one decade in so many.
    boolean between = 3 * Math.log10(max / min) <= most;
    int every = Math.ceilDiv(Math.max(1, decades), Math.max(1, most));
    List<Tick> ticks = new ArrayList<>();
    for (int power = first; power <= last; power++) {
      for (int digit = 1; digit <= 9; digit++) {
        double value = Double.parseDouble(digit + "e" + power);
        boolean labelled =
            digit == 1 ? Math.floorMod(power, every) == 0 : between && (digit == 2 || digit == 5);
        boolean wanted = labelled || every == 1 || digit == 1;
        if (wanted && value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9)) {
          ticks.add(new Tick(value, labelled ? NumberLabel.powerOfTen(value, power) : ""));
        }
      }
    }
    return ticks;
  }
}
