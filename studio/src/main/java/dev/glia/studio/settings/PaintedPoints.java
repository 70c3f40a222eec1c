package dev.glia.studio.settings;

import dev.glia.internal.text.OutsideText;
import dev.glia.table.Categories;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Table;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Points that a user painted, {@code x,y,class;x,y,class;...}, as a data set of the plane. */
final class PaintedPoints {

  private static final int DECIMALS = 3;

  private PaintedPoints() {}

  /**
   * Reads points. The classes are those that there are, as in a CSV file of the same rows.
   *
   * @throws IllegalArgumentException if the text has another form, naming the point
   */
  static Table read(String text) {
    long count = 1 + text.chars().filter(c -> c == ';').count();
    if (count > RunLimits.POINTS) {
      throw new IllegalArgumentException(
          "at most %d points can be painted, got %d.".formatted(RunLimits.POINTS, count));
    }
    String[] points = text.split(";", -1); // one character is no regular expression: linear
    double[] coordinates = new double[points.length * 2]; // [points][x, y]
    int[] painted = new int[points.length];
    for (int i = 0; i < points.length; i++) {
      String[] parts = points[i].strip().split(",", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException(
            "point %d must be x,y,class such as 0.5,-1.25,0, got %s."
                .formatted(i + 1, OutsideText.quoted(points[i])));
      }
      coordinates[2 * i] = coordinate(parts[0], i);
      coordinates[2 * i + 1] = coordinate(parts[1], i);
      painted[i] = paintedClass(parts[2], i);
    }
    int[] present = IntStream.of(painted).distinct().sorted().toArray();
    List<String> names = IntStream.of(present).mapToObj(Integer::toString).toList();
    int[] classes = IntStream.of(painted).map(c -> Arrays.binarySearch(present, c)).toArray();
    return Table.of(
        "points",
        List.of("x1", "x2"),
        new DenseMatrix(points.length, 2, coordinates),
        new Categories("label", classes, names));
  }

  private static double coordinate(String text, int point) {
    BigDecimal number;
    try {
      number = new BigDecimal(OutsideText.ofNumber(text.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "point %d has %s where a number is expected."
              .formatted(point + 1, OutsideText.quoted(text)),
          e);
    }
    if (number.scale() > DECIMALS
        || number.precision() > 15
        || number.abs().compareTo(BigDecimal.valueOf(RunLimits.REACH)) > 0) {
      throw new IllegalArgumentException(
          "point %d has %s: numbers from -%d to %d with at most %d decimals are expected."
              .formatted(
                  point + 1,
                  OutsideText.shown(text.strip()),
                  RunLimits.REACH,
                  RunLimits.REACH,
                  DECIMALS));
    }
    return number.doubleValue();
  }

  private static int paintedClass(String text, int point) {
    String digit = text.strip();
    if (digit.length() != 1
        || digit.charAt(0) < '0'
        || digit.charAt(0) >= '0' + RunLimits.CLASSES) {
      throw new IllegalArgumentException(
          "point %d has class %s: 0 to %d are there."
              .formatted(point + 1, OutsideText.quoted(text), RunLimits.CLASSES - 1));
    }
    return digit.charAt(0) - '0';
  }
}
