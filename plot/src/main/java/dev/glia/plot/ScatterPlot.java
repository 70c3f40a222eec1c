package dev.glia.plot;

import dev.glia.plot.axis.Axes;
import dev.glia.plot.axis.Legend;
import dev.glia.plot.axis.LinearAxis;
import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Ink;
import dev.glia.plot.canvas.Marker;
import dev.glia.plot.canvas.Palette;
import dev.glia.plot.canvas.Stroke;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points of two features in the colours and shapes of their classes.
 *
 * <p>Behind them may lie a {@link DecisionField}: what a network says everywhere.
 */
public final class ScatterPlot implements Figure {

  private static final Stroke EDGE = new Stroke(Ink.WHITE, 0.8);
  private static final Stroke RING_HALO = new Stroke(Ink.WHITE, 3);
  private static final Stroke RING = new Stroke(new Ink(0x000000), 1.4);

  /**
   * What may be chosen.
   *
   * @param ringed names the rings around some points; empty for no rings
   */
  private record Choices(
      Extent extent,
      String xLabel,
      String yLabel,
      @Nullable DecisionField field,
      String ringed,
      boolean legend) {}

  private final String title;
  private final ClassPoints points;
  private final boolean[] rings;
  private final Choices choices;

  private ScatterPlot(String title, ClassPoints points, boolean[] rings, Choices choices) {
    this.title = title;
    this.points = points;
    this.rings = rings;
    this.choices = choices;
  }

  /**
   * A plot of points.
   *
   * @param x the first feature, {@code [n]}
   * @param y the second feature, {@code [n]}
   * @param classes the class of each point, counted from 0, {@code [n]}
   * @param classNames the name of each class
   */
  public static ScatterPlot of(
      String title, double[] x, double[] y, int[] classes, List<String> classNames) {
    ClassPoints points = new ClassPoints(x, y, classes, classNames);
    return new ScatterPlot(
        title,
        points,
        new boolean[points.size()],
        new Choices(Extent.around(x, y), "x1", "x2", null, "", true));
  }

  /** Puts what a network says behind the points, and shows the part of the plane it covers. */
  public ScatterPlot withField(DecisionField field) {
    Require.length(
        "classes in the field", field.classes(), points.names().size(), "as many as names");
    return with(
        new Choices(
            field.extent(), choices.xLabel, choices.yLabel, field, choices.ringed, choices.legend));
  }

  /** Shows another part of the plane. */
  public ScatterPlot withExtent(Extent extent) {
    return with(
        new Choices(
            extent, choices.xLabel, choices.yLabel, choices.field, choices.ringed, choices.legend));
  }

  /** Names the features otherwise than "x1" and "x2". */
  public ScatterPlot withLabels(String xLabel, String yLabel) {
    return with(
        new Choices(choices.extent, xLabel, yLabel, choices.field, choices.ringed, choices.legend));
  }

  /**
   * Rings some points.
   *
   * @param name what a ring means, such as {@code "wrong"}
   * @param ringed whether each point gets one, {@code [n]}
   */
  public ScatterPlot withRings(String name, boolean[] ringed) {
    Require.length("ring flags", ringed.length, points.size(), "one for each point");
    Choices more =
        new Choices(
            choices.extent, choices.xLabel, choices.yLabel, choices.field, name, choices.legend);
    return new ScatterPlot(title, points, ringed.clone(), more);
  }

  /** Leaves the legend to a figure around this one. */
  ScatterPlot withoutLegend() {
    return with(
        new Choices(
            choices.extent, choices.xLabel, choices.yLabel, choices.field, choices.ringed, false));
  }

  private ScatterPlot with(Choices other) {
    return new ScatterPlot(title, points, rings, other);
  }

  @Override
  public String title() {
    return title.isEmpty() ? "Data by class" : title;
  }

  @Override
  public double width() {
    return 560;
  }

  @Override
  public double height() {
    return 460;
  }

  @Override
  public void draw(Canvas canvas, Box box) {
    DrawnPoints drawn = new DrawnPoints(points.size());
    Extent extent = choices.extent;
    LinearAxis.Unit unit = LinearAxis.Unit.NUMBER;
    Axes axes =
        Axes.layOut(
            box,
            title,
            choices.legend ? legend() : Legend.NONE,
            new LinearAxis(drawn.note(choices.xLabel), extent.minX(), extent.maxX(), unit),
            new LinearAxis(choices.yLabel, extent.minY(), extent.maxY(), unit),
            0,
            0);
    axes.draw(canvas, () -> drawValues(canvas, axes, drawn));
  }

  /** The classes' markers and the ring's meaning. */
  Legend legend() {
    List<Legend.Entry> entries = new ArrayList<>();
    for (int i = 0; i < points.names().size(); i++) {
      int index = i;
      entries.add(
          Legend.marker(
              points.names().get(i), (canvas, x, y) -> drawMarker(canvas, index, x, y, 5)));
    }
    if (!choices.ringed.isEmpty()) {
      entries.add(Legend.marker(choices.ringed, (canvas, x, y) -> drawRing(canvas, x, y, 6.5)));
    }
    return new Legend(entries);
  }

  private void drawValues(Canvas canvas, Axes axes, DrawnPoints some) {
    if (choices.field != null) {
      choices.field.draw(canvas, axes);
    }
    int[] drawn =
        some.indices()
            .filter(i -> Double.isFinite(points.x(i)) && Double.isFinite(points.y(i)))
            .toArray();
    double radius = drawn.length <= 400 ? 4.6 : drawn.length <= 1200 ? 3.6 : 2.6;
    // Class by class, so that an SVG says each class's look once.
    for (int c = 0; c < points.names().size(); c++) {
      for (int i : drawn) {
        if (points.classOf(i) == c) {
          drawMarker(canvas, c, axes.x(points.x(i)), axes.y(points.y(i)), radius);
        }
      }
    }
    for (int i : drawn) {
      if (rings[i]) {
        drawRing(canvas, axes.x(points.x(i)), axes.y(points.y(i)), radius + 2.4);
      }
    }
  }

  private static void drawMarker(Canvas canvas, int index, double x, double y, double radius) {
    canvas.marker(Palette.marker(index), x, y, radius, Palette.ink(index), EDGE);
  }

  private static void drawRing(Canvas canvas, double x, double y, double radius) {
    canvas.marker(Marker.CIRCLE, x, y, radius, null, RING_HALO);
    canvas.marker(Marker.CIRCLE, x, y, radius, null, RING);
  }
}
