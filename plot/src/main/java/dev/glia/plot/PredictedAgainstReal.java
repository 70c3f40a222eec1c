package dev.glia.plot;

import dev.glia.plot.axis.Axes;
import dev.glia.plot.axis.Axis;
import dev.glia.plot.axis.Legend;
import dev.glia.plot.axis.LinearAxis;
import dev.glia.plot.axis.Span;
import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Ink;
import dev.glia.plot.canvas.Marker;
import dev.glia.plot.canvas.Palette;
import dev.glia.plot.canvas.Stroke;
import java.util.List;

/** Predicted values over real ones, with the diagonal on which a perfect network's would lie. */
public final class PredictedAgainstReal implements Figure {

  private static final Stroke DIAGONAL = new Stroke(new Ink(0x333333), 1.4, true);

  private final String title;
  private final String valueName;
  private final double[] real;
  private final double[] predicted;

  /**
   * A plot of one predicted value; points that are not finite are left out.
   *
   * @param valueName what is predicted, such as {@code "price"}; may be empty
   * @param real {@code [n]}
   * @param predicted {@code [n]}
   */
  public PredictedAgainstReal(String title, String valueName, double[] real, double[] predicted) {
    Require.length("predicted values", predicted.length, real.length, "one for each real value");
    this.title = title;
    this.valueName = valueName;
    this.real = real.clone();
    this.predicted = predicted.clone();
  }

  @Override
  public String title() {
    return title.isEmpty() ? ("Predicted against real " + valueName).strip() : title;
  }

  @Override
  public double width() {
    return 500;
  }

  @Override
  public double height() {
    return 520;
  }

  @Override
  public void draw(Canvas canvas, Box box) {
    DrawnPoints drawn = new DrawnPoints(real.length);
    Axis x = scale(drawn.note(("real " + valueName).strip()));
    Axis y = scale(("predicted " + valueName).strip());
    Axes axes = Axes.layOut(box, title, legend(), x, y, 0, 0);
    axes.draw(canvas, () -> drawValues(canvas, axes, drawn));
  }

  /** Both directions have the same scale, so that the diagonal means equality. */
  private Axis scale(String label) {
    Span span = Span.of(real, predicted);
    double margin = 0.05 * (span.max() - span.min());
    return new LinearAxis(label, span.min() - margin, span.max() + margin, LinearAxis.Unit.NUMBER);
  }

  private static Legend legend() {
    return new Legend(
        List.of(
            Legend.marker(
                "example", (canvas, x, y) -> canvas.marker(Marker.CIRCLE, x, y, 4, ink(0), null)),
            Legend.line("predicted = real", DIAGONAL)));
  }

  private void drawValues(Canvas canvas, Axes axes, DrawnPoints drawn) {
    int n = real.length;
    double radius = n <= 300 ? 4 : n <= 1200 ? 3 : 2.2;
    drawn
        .indices()
        .filter(i -> Double.isFinite(real[i]) && Double.isFinite(predicted[i]))
        .forEach(i ->
            canvas.marker(
                Marker.CIRCLE, axes.x(real[i]), axes.y(predicted[i]), radius, ink(n), null));
    Box plot = axes.plot();
    canvas.line(plot.x(), plot.bottom(), plot.right(), plot.y(), DIAGONAL);
  }

  /** Translucent where there are many points, so that dense places look darker. */
  private static Ink ink(int points) {
    return Palette.ink(0).withOpacity(points <= 100 ? 0.85 : points <= 1000 ? 0.5 : 0.3);
  }
}
