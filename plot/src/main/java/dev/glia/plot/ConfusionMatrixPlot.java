package dev.glia.plot;

import dev.glia.plot.axis.Axes;
import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Ink;
import dev.glia.plot.canvas.Raster;
import dev.glia.plot.canvas.Stroke;
import dev.glia.plot.canvas.TextFit;
import dev.glia.plot.canvas.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How often each class was taken for each: a row for what it is, a column for what was predicted.
 *
 * <p>A cell is the darker, the more of its row's examples it holds; a zero stays empty.
 */
public final class ConfusionMatrixPlot implements Figure {

  private static final int MOST_CLASSES = 100;
  private static final double MARGIN = 12;
  private static final double TITLE_HEIGHT = 36;
  private static final double AXIS_TITLE = 22;
  private static final double MOST_NAME_ROOM = 120;
  private static final double BAR_ROOM = 84;
  private static final Ink MIDDLE = new Ink(0x4FA3D1);
  private static final Ink DEEPEST = new Ink(0x08407A);
  private static final Stroke GRID = new Stroke(new Ink(0xD5D5D5), 1);
  private static final TextStyle NAME = TextStyle.LABEL;

  private final String title;
  private final List<String> names;
  private final int[][] counts;

  /**
   * A matrix of 1 to {@value #MOST_CLASSES} classes.
   *
   * @param classNames the name of each class
   * @param counts how many examples of the row's class were predicted as the column's, {@code
   *     [classes][classes]}
   */
  public ConfusionMatrixPlot(String title, List<String> classNames, int[][] counts) {
    int classes = classNames.size();
    if (classes < 1 || classes > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "expected 1 to " + MOST_CLASSES + " classes, got " + classes);
    }
    Require.length("rows of counts", counts.length, classes, "one for each class name");
    this.title = title;
    this.names = List.copyOf(classNames);
    this.counts = new int[classes][];
    for (int row = 0; row < classes; row++) {
      String where = "one for each class name, in row " + row;
      Require.length("counts", counts[row].length, classes, where);
      this.counts[row] = counts[row].clone();
      if (Arrays.stream(counts[row]).anyMatch(count -> count < 0)) {
        throw new IllegalArgumentException(
            "expected counts of 0 or more, got " + Arrays.toString(counts[row]) + " in row " + row);
      }
    }
  }

  @Override
  public String title() {
    return title.isEmpty() ? "Confusion matrix" : title;
  }

  @Override
  public double width() {
    return Math.ceil(left() + preferredCell() * names.size() + BAR_ROOM + MARGIN);
  }

  @Override
  public double height() {
    return Math.ceil(top() + preferredCell() * names.size() + bottom(preferredCell()));
  }

  private double preferredCell() {
    int n = names.size();
    return n <= 3 ? 90 : n <= 6 ? 64 : n <= 12 ? 46 : n <= 26 ? 30 : 18;
  }

  private double top() {
    return title.isEmpty() ? MARGIN : TITLE_HEIGHT;
  }

  private double left() {
    return MARGIN + AXIS_TITLE + nameRoom() + 8;
  }

  /** The width of the widest name, as far as names may be long. */
  private double nameRoom() {
    double widest = names.stream().mapToDouble(n -> TextFit.width(n, NAME)).max().orElse(0);
    return Math.min(MOST_NAME_ROOM, widest);
  }

  /** Whether the columns' names must be slanted to have room. */
  private boolean slanted(double cell) {
    return nameRoom() > cell - 4;
  }

  private double bottom(double cell) {
    double names = slanted(cell) ? nameRoom() * Math.sqrt(0.5) + 16 : 20;
    return names + AXIS_TITLE + MARGIN;
  }

  @Override
  public void draw(Canvas canvas, Box box) {
    int n = names.size();
    double across = box.width() - left() - BAR_ROOM - MARGIN;
    double down = box.height() - top() - bottom(preferredCell());
    double cell = Math.max(1, Math.min(across, down) / n);
    Box matrix =
        new Box(
            Math.floor(box.x() + left()) + 0.5,
            Math.floor(box.y() + top()) + 0.5,
            cell * n,
            cell * n);
    Axes.drawTitle(canvas, title, box);
    drawCells(canvas, matrix, cell);
    drawNames(canvas, matrix, cell);
    drawAxisTitles(canvas, box, matrix, cell);
    drawBar(canvas, matrix);
  }

  private void drawCells(Canvas canvas, Box matrix, double cell) {
    int n = names.size();
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        if (counts[row][column] > 0) {
          canvas.rectangle(cell(matrix, row, column, cell), shade(share(row, column)), null);
        }
      }
    }
    for (int i = 0; i <= n; i++) {
      double x = matrix.x() + i * cell;
      double y = matrix.y() + i * cell;
      canvas.line(x, matrix.y(), x, matrix.bottom(), GRID);
      canvas.line(matrix.x(), y, matrix.right(), y, GRID);
    }
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        if (counts[row][column] > 0) {
          drawCount(canvas, row, column, cell(matrix, row, column, cell));
        }
      }
    }
  }

  private static Box cell(Box matrix, int row, int column, double cell) {
    return new Box(matrix.x() + column * cell, matrix.y() + row * cell, cell, cell);
  }

  private void drawCount(Canvas canvas, int row, int column, Box cell) {
    String count = String.valueOf(counts[row][column]);
    TextStyle style = TextStyle.LABEL.sized(Math.clamp(cell.width() * 0.42, 5, 13)).centred();
    double fit = (cell.width() - 3) / TextFit.width(count, style);
    double size = style.size() * Math.min(1, fit);
    if (size >= 5) { // smaller ones could not be read: the shade alone speaks
      Ink ink = shade(share(row, column)).readableOnTop();
      TextStyle sized = style.sized(size).in(ink);
      canvas.text(count, cell.centreX(), sized.baselineAround(cell.centreY()), sized);
    }
  }

  private double share(int row, int column) {
    long sum = Arrays.stream(counts[row]).asLongStream().sum();
    return (double) counts[row][column] / sum;
  }

  /** White for none, light blue to dark blue for all; small shares differ the most. */
  private static Ink shade(double share) {
    double depth = Math.pow(share, 0.7);
    return depth < 0.5
        ? Ink.WHITE.mixedWith(MIDDLE, 2 * depth)
        : MIDDLE.mixedWith(DEEPEST, 2 * depth - 1);
  }

  private void drawNames(Canvas canvas, Box matrix, double cell) {
    double size = Math.clamp(cell - 4, 6, NAME.size());
    TextStyle style = NAME.sized(size);
    for (int i = 0; i < names.size(); i++) {
      String name = TextFit.shorten(names.get(i), style, nameRoom());
      double y = matrix.y() + (i + 0.5) * cell;
      canvas.text(name, matrix.x() - 6, style.baselineAround(y), style.ending());
      double x = matrix.x() + (i + 0.5) * cell;
      if (slanted(cell)) {
        canvas.text(name, x + size * 0.4, matrix.bottom() + size, style.ending().turned(-45));
      } else {
        canvas.text(name, x, matrix.bottom() + 16, style.centred());
      }
    }
  }

  private void drawAxisTitles(Canvas canvas, Box box, Box matrix, double cell) {
    TextStyle style = TextStyle.LABEL.sized(13).centred();
    double below = matrix.bottom() + bottom(cell) - MARGIN;
    canvas.text("predicted", matrix.centreX(), below - 3, style);
    canvas.text(
        "actual", style.baselineAround(box.x() + MARGIN + 6), matrix.centreY(), style.turned(-90));
  }

  /** The bar that says which shade is which share. */
  private static void drawBar(Canvas canvas, Box matrix) {
    int steps = 50;
    int[] rgb = new int[steps];
    for (int i = 0; i < steps; i++) {
      rgb[i] = shade(1 - i / (steps - 1.0)).rgb();
    }
    double height = Math.min(160, matrix.height());
    Box bar = new Box(matrix.right() + 16, matrix.y(), 12, height);
    canvas.raster(new Raster(1, steps, rgb, false), bar);
    canvas.rectangle(bar, null, GRID);
    TextStyle style = TextStyle.LABEL.sized(11).in(Ink.QUIET_TEXT);
    for (double share : new double[] {0, 0.5, 1}) {
      double y = bar.bottom() - 5 - share * (bar.height() - 10);
      String text = String.format(Locale.ROOT, "%.0f%%", share * 100);
      canvas.text(text, bar.right() + 5, style.baselineAround(y), style);
    }
    canvas.text("share of row", bar.right() + 44, bar.centreY(), style.centred().turned(90));
  }
}
