package dev.glia.plot.axis;

import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Ink;
import dev.glia.plot.canvas.Marker;
import dev.glia.plot.canvas.TextFit;
import dev.glia.plot.canvas.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Lines over one pair of scales, each with its last value written at its end.
 *
 * @param y the scale of the values
 * @param text how a value is written
 */
public record LinePanel(List<Series> lines, Axis y, DoubleFunction<String> text) {

  private static final TextStyle END_TEXT = TextStyle.LABEL;
  private static final double END_GAP = 7;

  /** Ends closer than this would overlap. */
  private static final double END_DISTANCE = 14;

  /** Losses: on a logarithmic scale if they span more than two powers of ten. */
  public static LinePanel ofLosses(List<Series> lines) {
    Span span = Span.of(lines.stream().map(Series::values));
    Axis y = span.min() >= 0 && span.max() > 100 * span.leastPositive() ? log(span) : linear(span);
    return new LinePanel(lines, y, NumberLabel::value);
  }

  private static Axis log(Span span) {
    double margin = Math.pow(span.max() / span.leastPositive(), 0.05);
    return new LogAxis("loss", span.leastPositive() / margin, span.max() * margin);
  }

  private static Axis linear(Span span) {
    boolean fromZero = span.min() >= 0 && span.min() < 0.5 * span.max();
    double margin = 0.05 * (span.max() - (fromZero ? 0 : span.min()));
    double low = fromZero ? 0 : span.min() - margin;
    return new LinearAxis("loss", low, span.max() + margin, LinearAxis.Unit.NUMBER);
  }

  /** Accuracies: as per cent, from a little below the lowest to a little above the highest. */
  public static LinePanel ofAccuracies(List<Series> lines) {
    Span span = Span.of(lines.stream().map(Series::values));
    double length = span.max() - span.min();
    double margin = length == 0 ? 0.05 : Math.max(0.002, 0.08 * length);
    Axis y =
        new LinearAxis("accuracy", span.min() - margin, span.max() + margin, LinearAxis.Unit.SHARE);
    return new LinePanel(lines, y, NumberLabel::percent);
  }

  /** The room that the texts at the lines' ends need on the right. */
  public double rightRoom() {
    return END_GAP
        + lines.stream()
            .mapToDouble(line -> TextFit.width(endText(line), END_TEXT))
            .max()
            .orElse(0);
  }

  /** Draws the axes, the lines and the values at their ends. */
  public void draw(Canvas canvas, Axes axes) {
    axes.draw(canvas, () -> lines.forEach(line -> line.draw(canvas, axes)));
    drawEnds(canvas, axes);
  }

  private void drawEnds(Canvas canvas, Axes axes) {
    List<Series> ended = new ArrayList<>(lines);
    ended.removeIf(line -> line.lastFinite() < 0);
    if (ended.isEmpty()) {
      drawEmpty(canvas, axes.plot());
      return;
    }
    ended.sort(Comparator.comparingDouble(line -> endY(line, axes)));
    double lowest = axes.plot().bottom();
    double previous = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < ended.size(); i++) {
      Series line = ended.get(i);
      // Push each text below the one before, but leave room for those that follow.
      double room = lowest - (ended.size() - 1 - i) * END_DISTANCE;
      double y = Math.max(Math.min(endY(line, axes), room), previous + END_DISTANCE);
      drawEnd(canvas, axes, line, y);
      previous = y;
    }
  }

  private static void drawEmpty(Canvas canvas, Box plot) {
    TextStyle style = TextStyle.LABEL.centred();
    double x = plot.centreX();
    double y = plot.centreY();
    canvas.rectangle(new Box(x - 60, y - 11, 120, 22), Ink.WHITE, null); // hides the grid
    canvas.text("no finite values", x, style.baselineAround(y), style);
  }

  private void drawEnd(Canvas canvas, Axes axes, Series line, double textY) {
    Ink ink = line.stroke().ink();
    double x = axes.x(line.step(line.lastFinite()));
    canvas.marker(Marker.CIRCLE, x, endY(line, axes), 3, ink, null);
    canvas.text(
        endText(line),
        axes.plot().right() + END_GAP,
        END_TEXT.baselineAround(textY),
        END_TEXT.in(ink.forText()));
  }

  private static double endY(Series line, Axes axes) {
    // A loss of 0 lies below a logarithmic scale.
    return Math.min(axes.y(line.values()[line.lastFinite()]), axes.plot().bottom());
  }

  private String endText(Series line) {
    return text.apply(line.values()[line.size() - 1]);
  }
}
