package dev.glia.plot.canvas;

import java.util.Map;
import java.util.TreeMap;

/** A raster as SVG paths, one for each colour, of rectangles merged along rows and columns. */
final class SvgRectangles {

  private final Raster raster;
  private final boolean[] done;

  SvgRectangles(Raster raster) {
    this.raster = raster;
    this.done = new boolean[raster.width() * raster.height()];
  }

  /** The paths, in a group that stretches the raster's pixels over {@code box}. */
  String markup(Box box) {
    Map<Integer, StringBuilder> paths = new TreeMap<>();
    for (int row = 0; row < raster.height(); row++) {
      for (int column = 0; column < raster.width(); column++) {
        if (!done[row * raster.width() + column]) {
          int colour = raster.rgb(column, row);
          rectangle(column, row, paths.computeIfAbsent(colour, c -> new StringBuilder()));
        }
      }
    }
    StringBuilder out = new StringBuilder("<g transform=\"translate(");
    out.append(SvgCanvas.text(box.x())).append(' ').append(SvgCanvas.text(box.y()));
    // In full, because an error in the scale would grow with every column.
    out.append(") scale(").append(box.width() / raster.width()).append(' ');
    out.append(box.height() / raster.height()).append(")\" shape-rendering=\"crispEdges\">");
    paths.forEach((colour, path) ->
        out.append("<path fill=\"")
            .append(SvgCanvas.colour(colour))
            .append("\" d=\"")
            .append(path)
            .append("\"/>"));
    return out.append("</g>\n").toString();
  }

  /** Adds the widest rectangle of one colour that begins here, then as many rows as share it. */
  private void rectangle(int column, int row, StringBuilder path) {
    int colour = raster.rgb(column, row);
    int right = column + 1;
    while (right < raster.width() && free(right, row, colour)) {
      right++;
    }
    int bottom = row + 1;
    while (bottom < raster.height() && freeRow(column, right, bottom, colour)) {
      bottom++;
    }
    for (int r = row; r < bottom; r++) {
      for (int c = column; c < right; c++) {
        done[r * raster.width() + c] = true;
      }
    }
    path.append('M').append(column).append(' ').append(row);
    path.append('h').append(right - column).append('v').append(bottom - row);
    path.append('h').append(column - right).append('z');
  }

  private boolean freeRow(int from, int to, int row, int colour) {
    for (int column = from; column < to; column++) {
      if (!free(column, row, colour)) {
        return false;
      }
    }
    return true;
  }

  private boolean free(int column, int row, int colour) {
    return !done[row * raster.width() + column] && raster.rgb(column, row) == colour;
  }
}
