package dev.glia.plot.axis;

import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Ink;
import dev.glia.plot.canvas.Stroke;
import dev.glia.plot.canvas.TextFit;
import dev.glia.plot.canvas.TextStyle;
import java.util.List;

/** A plot's frame in its box: title, legend, scales with their marks, and the area in between. */
public final class Axes {

  private static final double TITLE_HEIGHT = 28;
  private static final double TICK = 4;
  private static final double TICK_TEXT_ROOM = 20;
  private static final double LABEL_ROOM = 22;
  private static final double MARGIN = 12;
  private static final Stroke FRAME = new Stroke(Ink.FRAME, 1);
  private static final Stroke GRID = new Stroke(Ink.GRID, 1);
  private static final TextStyle TICK_TEXT = TextStyle.LABEL.sized(11).in(Ink.QUIET_TEXT);

  private final Box box;
  private final String title;
  private final Legend legend;
  private final Axis x;
  private final Axis y;
  private final Box plot;

  private Axes(Box box, String title, Legend legend, Axis x, Axis y, Box plot) {
    this.box = box;
    this.title = title;
    this.legend = legend;
    this.x = x;
    this.y = y;
    this.plot = plot;
  }

  /**
   * Lays out a plot.
   *
   * @param title written above; empty for none
   * @param left the least room on the left, so that plots above each other line up
   * @param right the room for what is written beside the plot, besides the margin
   */
  public static Axes layOut(
      Box box, String title, Legend legend, Axis x, Axis y, double left, double right) {
    double top = top(title, legend, box.width());
    double bottom = TICK_TEXT_ROOM + (x.label().isEmpty() ? 0 : LABEL_ROOM) + MARGIN / 2;
    double height = box.height() - top - bottom;
    double leftRoom = Math.max(left, leftRoom(y, height));
    Box plot = box.inset(leftRoom, top, right + MARGIN, bottom);
    // On half pixels, where lines of one pixel are sharp.
    Box sharp =
        new Box(
            Math.floor(plot.x()) + 0.5,
            Math.floor(plot.y()) + 0.5,
            Math.floor(plot.width()),
            Math.floor(plot.height()));
    return new Axes(box, title, legend, x, y, sharp);
  }

  private static double top(String title, Legend legend, double width) {
    double legendHeight = legend.height(width - 2 * MARGIN);
    return (title.isEmpty() ? MARGIN : TITLE_HEIGHT + 4)
        + (legendHeight > 0 ? legendHeight + 6 : 0);
  }

  /** The room that the marks and the label of an upright scale take. */
  public static double leftRoom(Axis y, double height) {
    double widest =
        y.ticks(upright(height)).stream()
            .mapToDouble(tick -> TextFit.width(tick.label(), TICK_TEXT))
            .max()
            .orElse(0);
    return widest + TICK + 6 + (y.label().isEmpty() ? 4 : LABEL_ROOM + 2);
  }

  private static int upright(double height) {
    return Math.clamp((long) (height / 26), 2, 8);
  }

  /** The area in which values are drawn. */
  public Box plot() {
    return plot;
  }

  /** Where a value lies from left to right, in pixels. */
  public double x(double value) {
    return plot.x() + x.share(value) * plot.width();
  }

  /** Where a value lies from top to bottom, in pixels. */
  public double y(double value) {
    return plot.bottom() - y.share(value) * plot.height();
  }

  /** Draws everything, with {@code values} above the grid, cut off at the frame. */
  public void draw(Canvas canvas, Runnable values) {
    List<Axis.Tick> across = across();
    List<Axis.Tick> up = y.ticks(upright(plot.height()));
    drawTitle(canvas);
    drawGrid(canvas, across, up);
    canvas.clipped(plot, values);
    canvas.rectangle(plot, null, FRAME);
    drawTicks(canvas, across, up);
    drawLabels(canvas);
  }

  /** As many marks from left to right as have room for their labels. */
  private List<Axis.Tick> across() {
    for (int most = 10; most > 1; most--) {
      List<Axis.Tick> ticks = x.ticks(most);
      double widest =
          ticks.stream()
              .mapToDouble(tick -> TextFit.width(tick.label(), TICK_TEXT))
              .max()
              .orElse(0);
      if (ticks.size() * (widest + 16) <= plot.width()) {
        return ticks;
      }
    }
    return x.ticks(1);
  }

  private void drawTitle(Canvas canvas) {
    drawTitle(canvas, title, box, plot.centreX());
    double width = box.width() - 2 * MARGIN;
    double height = legend.height(width);
    double legendTop = plot.y() - height - 6;
    double shift = legend.entries().isEmpty() ? 0 : legendShift(width);
    legend.draw(canvas, new Box(box.x() + MARGIN + shift, legendTop, width, height));
  }

  /** A legend stands above the middle of the plot, as far as the box has room. */
  private double legendShift(double width) {
    double free = (width - legend.widest(width)) / 2;
    return Math.min(free, plot.centreX() - box.centreX());
  }

  /** Writes a title at the top of a box, smaller or shortened if it is long. */
  public static void drawTitle(Canvas canvas, String title, Box box) {
    drawTitle(canvas, title, box, box.centreX());
  }

  private static void drawTitle(Canvas canvas, String title, Box box, double wantedCentre) {
    if (title.isEmpty()) {
      return;
    }
    double half = TextFit.width(title, TextStyle.TITLE) / 2 + MARGIN;
    boolean fits = wantedCentre - half >= box.x() && wantedCentre + half <= box.right();
    double room = box.width() - 2 * MARGIN;
    TextStyle style = TextFit.shrink(title, TextStyle.TITLE, room);
    canvas.text(
        TextFit.shorten(title, style, room),
        fits ? wantedCentre : box.centreX(),
        style.baselineAround(box.y() + 4 + TITLE_HEIGHT / 2),
        style);
  }

  private void drawGrid(Canvas canvas, List<Axis.Tick> across, List<Axis.Tick> up) {
    for (Axis.Tick tick : across) {
      double at = sharp(x(tick.value()));
      canvas.line(at, plot.y(), at, plot.bottom(), GRID);
    }
    for (Axis.Tick tick : up) {
      if (!tick.label().isEmpty()) {
        double at = sharp(y(tick.value()));
        canvas.line(plot.x(), at, plot.right(), at, GRID);
      }
    }
  }

  private void drawTicks(Canvas canvas, List<Axis.Tick> across, List<Axis.Tick> up) {
    for (Axis.Tick tick : across) {
      double at = sharp(x(tick.value()));
      canvas.line(at, plot.bottom(), at, plot.bottom() + TICK, FRAME);
    }
    for (Axis.Tick tick : up) {
      double at = sharp(y(tick.value()));
      double length = tick.label().isEmpty() ? TICK / 2 : TICK;
      canvas.line(plot.x() - length, at, plot.x(), at, FRAME);
    }
    for (Axis.Tick tick : across) {
      double baseline = plot.bottom() + TICK + 12;
      // A label at the very end moves in, so that it is not cut off.
      double half = TextFit.width(tick.label(), TICK_TEXT) / 2;
      double centre = Math.max(box.x() + half, Math.min(box.right() - half, x(tick.value())));
      canvas.text(tick.label(), centre, baseline, TICK_TEXT.centred());
    }
    for (Axis.Tick tick : up) {
      if (!tick.label().isEmpty()) {
        double baseline = TICK_TEXT.baselineAround(y(tick.value()));
        canvas.text(tick.label(), plot.x() - TICK - 3, baseline, TICK_TEXT.ending());
      }
    }
  }

  private void drawLabels(Canvas canvas) {
    TextStyle style = TextStyle.LABEL.centred();
    if (!x.label().isEmpty()) {
      canvas.text(
          TextFit.shorten(x.label(), style, plot.width()),
          plot.centreX(),
          plot.bottom() + TICK_TEXT_ROOM + 13,
          style);
    }
    if (!y.label().isEmpty()) {
      canvas.text(
          TextFit.shorten(y.label(), style, plot.height()),
          style.baselineAround(box.x() + MARGIN),
          plot.centreY(),
          style.turned(-90));
    }
  }

  private static double sharp(double position) {
    return Math.floor(position) + 0.5;
  }
}
