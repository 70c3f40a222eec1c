package dev.glia.plot.axis;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * From the smallest to the largest of some numbers; NaN and the infinities do not count.
 *
 * @param min the smallest; 0 if there is no number
 * @param max the largest; 0 if there is no number
 * @param leastPositive the smallest above 0; NaN if there is none
 */
public record Span(double min, double max, double leastPositive) {

  /** Larger numbers could not be subtracted from each other without overflow. */
  private static final double LARGEST = 1e300;

  static Span of(Stream<double[]> arrays) {
    double[] finite =
        arrays
            .flatMapToDouble(Arrays::stream)
            .filter(value -> Math.abs(value) <= LARGEST)
            .toArray();
    return new Span(
        DoubleStream.of(finite).min().orElse(0),
        DoubleStream.of(finite).max().orElse(0),
        DoubleStream.of(finite).filter(value -> value > 0).min().orElse(Double.NaN));
  }

  /** The span of all numbers in some arrays. */
  public static Span of(double[]... arrays) {
    return of(Arrays.stream(arrays));
  }
}
