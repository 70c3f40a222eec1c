package dev.glia.plot;

import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Ink;
import dev.glia.plot.canvas.Marker;
import dev.glia.plot.canvas.Raster;
import dev.glia.plot.canvas.Stroke;
import dev.glia.plot.canvas.TextStyle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A canvas that notes the markers drawn on it. */
final class MarkerRecorder implements Canvas {

  /** A marker; one without filling has its edge's colour here. */
  record Placed(Marker marker, double x, double y, Ink ink, boolean filled) {}

  private final List<Placed> markers = new ArrayList<>();

  static MarkerRecorder of(Figure figure) {
    MarkerRecorder recorder = new MarkerRecorder();
    figure.draw(recorder, new Box(0, 0, figure.width(), figure.height()));
    return recorder;
  }

  List<Placed> all() {
    return markers;
  }

  @Override
  public void marker(
      Marker marker, double x, double y, double radius, @Nullable Ink fill, @Nullable Stroke edge) {
    Ink ink = fill != null ? fill : edge != null ? edge.ink() : Ink.WHITE;
    markers.add(new Placed(marker, x, y, ink, fill != null));
  }

  @Override
  public void line(double x1, double y1, double x2, double y2, Stroke stroke) {}

  @Override
  public void polyline(double[] x, double[] y, Stroke stroke) {}

  @Override
  public void rectangle(Box box, @Nullable Ink fill, @Nullable Stroke edge) {}

  @Override
  public void text(String text, double x, double y, TextStyle style) {}

  @Override
  public void raster(Raster raster, Box box) {}

  @Override
  public void clipped(Box box, Runnable drawing) {
    drawing.run();
  }
}
