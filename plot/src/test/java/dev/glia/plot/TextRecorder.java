package dev.glia.plot;

import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Ink;
import dev.glia.plot.canvas.Marker;
import dev.glia.plot.canvas.Raster;
import dev.glia.plot.canvas.Stroke;
import dev.glia.plot.canvas.TextFit;
import dev.glia.plot.canvas.TextStyle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A canvas that notes where texts stand, so that tests can see overlaps and cut ends. */
final class TextRecorder implements Canvas {

  /** A text and the upright box around it, turned ones included. */
  record Placed(String text, Box box, boolean slanted) {

    boolean isInside(Box page) {
      return box.x() >= page.x()
          && box.y() >= page.y()
          && box.right() <= page.right()
          && box.bottom() <= page.bottom();
    }

    boolean overlaps(Placed other) {
      return !slanted
          && !other.slanted
          && box.x() < other.box.right()
          && other.box.x() < box.right()
          && box.y() < other.box.bottom()
          && other.box.y() < box.bottom();
    }
  }

  private final List<Placed> texts = new ArrayList<>();

  List<Placed> texts() {
    return texts;
  }

  List<String> overlaps() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (texts.get(i).overlaps(texts.get(j))) {
          found.add(texts.get(i) + " over " + texts.get(j));
        }
      }
    }
    return found;
  }

  @Override
  public void text(String text, double x, double y, TextStyle style) {
    double width = TextFit.width(text, style);
    double left =
        switch (style.anchor()) {
          case START -> 0;
          case MIDDLE -> -width / 2;
          case END -> -width;
        };
    double turn = Math.toRadians(style.degrees());
    double minX = Double.MAX_VALUE;
    double minY = Double.MAX_VALUE;
    double maxX = -Double.MAX_VALUE;
    double maxY = -Double.MAX_VALUE;
    for (double across : new double[] {left, left + width}) {
      for (double up : new double[] {-0.74 * style.size(), 0.1 * style.size()}) {
        double cornerX = x + across * Math.cos(turn) - up * Math.sin(turn);
        double cornerY = y + across * Math.sin(turn) + up * Math.cos(turn);
        minX = Math.min(minX, cornerX);
        maxX = Math.max(maxX, cornerX);
        minY = Math.min(minY, cornerY);
        maxY = Math.max(maxY, cornerY);
      }
    }
    Box around = new Box(minX, minY, maxX - minX, maxY - minY);
    texts.add(new Placed(text, around, style.degrees() % 90 != 0));
  }

  @Override
  public void line(double x1, double y1, double x2, double y2, Stroke stroke) {}

  @Override
  public void polyline(double[] x, double[] y, Stroke stroke) {}

  @Override
  public void rectangle(Box box, @Nullable Ink fill, @Nullable Stroke edge) {}

  @Override
  public void marker(
      Marker marker,
      double x,
      double y,
      double radius,
      @Nullable Ink fill,
      @Nullable Stroke edge) {}

  @Override
  public void raster(Raster raster, Box box) {}

  @Override
  public void clipped(Box box, Runnable drawing) {
    drawing.run();
  }
}
