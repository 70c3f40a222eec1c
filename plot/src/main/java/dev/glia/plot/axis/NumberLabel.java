package dev.glia.plot.axis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as short texts for people; the same in every country. */
final class NumberLabel {

  private NumberLabel() {}

  /** A value with three significant digits, such as 0.0123, 1,230 or 1.23e-7. */
  static String value(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    double size = Math.abs(value);
    if (size >= 1e3 && size < 1e7) {
      return withSign(value, String.format(Locale.ROOT, "%,.0f", size));
    }
    return significant(value, 3, false);
  }

  /** A share as per cent with one decimal. */
  static String percent(double share) {
    if (!Double.isFinite(share)) {
      return value(share);
    }
    return withSign(share, String.format(Locale.ROOT, "%.1f", Math.abs(share) * 100)) + "%";
  }

  /** A value on a scale whose marks lie {@code step} apart. */
  static String onScale(double value, double step) {
    int stepPower = power(step);
    double size = Math.abs(value);
    if (stepPower < -5 || size >= 1e7) {
      int digits = size == 0 ? 1 : Math.max(1, power(size) - stepPower + 1);
      return significant(value, digits, true);
    }
    return withSign(value, String.format(Locale.ROOT, "%,." + Math.max(0, -stepPower) + "f", size));
  }

  /** A power of ten, from 0.0001 to 10,000 in full. */
  static String powerOfTen(double value, int power) {
    return power >= -4 && power <= 4 ? onScale(value, value) : significant(value, 1, true);
  }

  /** The largest p with 10^p at most {@code size}. */
  static int power(double size) {
    int power = (int) Math.floor(Math.log10(size));
    // log10 may land a hair below a whole number, as for 0.001.
    return Math.abs(size) >= Math.pow(10, power + 1) * (1 - 1e-12) ? power + 1 : power;
  }

  private static String significant(double value, int digits, boolean strip) {
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(Math.abs(value)).round(new MathContext(digits));
    rounded = strip ? rounded.stripTrailingZeros() : padded(rounded, digits);
    int power = rounded.precision() - rounded.scale() - 1;
    if (power >= -4 && power < 6) {
      return withSign(value, rounded.toPlainString());
    }
    return withSign(value, rounded.movePointLeft(power).toPlainString() + "e" + power);
  }

  /** The number with so many digits that count, zeros at its end among them: 0.5 as 0.500. */
  private static BigDecimal padded(BigDecimal number, int digits) {
    return number.setScale(number.scale() + digits - number.precision());
  }

  /** The text of a size with the typographic minus, but none before a zero. */
  private static String withSign(double value, String size) {
    boolean zero = size.chars().noneMatch(c -> c >= '1' && c <= '9');
    return value < 0 && !zero ? "−" + size : size;
  }
}
