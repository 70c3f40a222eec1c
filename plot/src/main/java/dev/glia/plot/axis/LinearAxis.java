package dev.glia.plot.axis;

import java.util.ArrayList;
import java.util.List;

/**
 * A scale on which equal differences are equally long.
 *
 * @param unit what the values are, which decides how marks are written
 */
public record LinearAxis(String label, double min, double max, Unit unit) implements Axis {

  /** How marks are placed and written. */
  public enum Unit {
    /** Any number. */
    NUMBER,
    /** Whole numbers only, such as epochs. */
    WHOLE,
    /** Shares from 0 to 1, written as per cent. */
    SHARE
  }

  /** A scale from {@code min} to {@code max}, widened where they are the same number or almost. */
  public LinearAxis {
    double largest = Math.max(Math.abs(min), Math.abs(max));
    // Below this span the marks would differ in no digit that a double holds.
    if (!(max - min > largest * 1e-9)) {
      double margin = largest == 0 ? 0.5 : largest * 0.1;
      min -= margin;
      max += margin;
    }
  }

  @Override
  public double share(double value) {
    return (value - min) / (max - min);
  }

  @Override
  public List<Tick> ticks(int most) {
    double step = step(Math.max(1, most));
    List<Tick> ticks = new ArrayList<>();
    // A hair of tolerance, so that a mark on the very end is not lost to rounding.
    double last = Math.floor(max / step + 1e-9);
    for (double k = Math.ceil(min / step - 1e-9); k <= last; k++) {
      double value = k * step;
      if (unit == Unit.SHARE && (k < 0 || value > 1 + 1e-9)) {
        continue; // the scale has room beyond 0 and 100%, but there are no such shares
      }
      ticks.add(new Tick(value, text(value, step)));
    }
    return ticks;
  }

  /** The smallest of 1, 2, 5, 10, 20, ... (and of their fractions) that gives few enough marks. */
  private double step(int most) {
    double least = (max - min) / most;
    if (unit == Unit.WHOLE && least <= 1) {
      return 1;
    }
    int power = NumberLabel.power(least);
    for (int factor : new int[] {1, 2, 5}) {
      double step = scaled(factor, power);
      if (step >= least * (1 - 1e-9)) {
        return step;
      }
    }
    return scaled(1, power + 1);
  }

  /** {@code factor * 10^power}; by division for fractions, so that 0.1 is 0.1. */
  private static double scaled(int factor, int power) {
    return power < 0 ? factor / Math.pow(10, -power) : factor * Math.pow(10, power);
  }

  private String text(double value, double step) {
    return unit == Unit.SHARE
        ? NumberLabel.onScale(value * 100, step * 100) + "%"
        : NumberLabel.onScale(value, step);
  }
}
