package dev.glia.plot;

import dev.glia.plot.axis.Axes;
import dev.glia.plot.axis.Legend;
import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import java.util.ArrayList;
import java.util.List;

/** Figures in rows, as one figure. */
public final class FigureGrid implements Figure {

  private static final double TITLE_HEIGHT = 30;

  private record Row(double height, List<Figure> figures) {

    double width() {
      return figures.stream().mapToDouble(Figure::width).sum();
    }
  }

  private final String title;
  private final Legend legend;
  private final List<Row> rows;

  private FigureGrid(String title, Legend legend, List<Row> rows) {
    this.title = title;
    this.legend = legend;
    this.rows = rows;
  }

  /** A grid without rows yet; an empty title takes no room. */
  public static FigureGrid titled(String title) {
    return new FigureGrid(title, Legend.NONE, List.of());
  }

  /** Adds a row below the others, as high as its highest figure. */
  public FigureGrid withRow(Figure... figures) {
    return withRow(List.of(figures).stream().mapToDouble(Figure::height).max().orElse(0), figures);
  }

  /** Adds a row of this height; figures share its width in proportion to their own. */
  public FigureGrid withRow(double height, Figure... figures) {
    if (figures.length == 0) {
      throw new IllegalArgumentException("expected a row of at least one figure, got none");
    }
    List<Row> more = new ArrayList<>(rows);
    more.add(new Row(height, List.of(figures)));
    return new FigureGrid(title, legend, List.copyOf(more));
  }

  /** Writes one legend for all figures above the first row. */
  FigureGrid withLegend(Legend shared) {
    return new FigureGrid(title, shared, rows);
  }

  @Override
  public String title() {
    if (!title.isEmpty()) {
      return title;
    }
    List<String> titles =
        rows.stream().flatMap(row -> row.figures.stream()).map(Figure::title).toList();
    return titles.isEmpty() ? "No figures" : String.join("; ", titles);
  }

  @Override
  public double width() {
    return rows.stream().mapToDouble(Row::width).max().orElse(1);
  }

  @Override
  public double height() {
    return top(width()) + Math.max(1, rowHeights());
  }

  private double rowHeights() {
    return rows.stream().mapToDouble(Row::height).sum();
  }

  /** The room above the first row in a grid of this width. */
  double top(double width) {
    double legendHeight = legend.height(width);
    return (title.isEmpty() ? 0 : TITLE_HEIGHT) + (legendHeight > 0 ? legendHeight + 8 : 0);
  }

  @Override
  public void draw(Canvas canvas, Box box) {
    Axes.drawTitle(canvas, title, box);
    double top = top(box.width());
    legend.draw(canvas, box.inset(0, (title.isEmpty() ? 0 : TITLE_HEIGHT) + 6, 0, 0));
    double stretch = (box.height() - top) / rowHeights();
    double y = box.y() + top;
    for (Row row : rows) {
      double height = row.height * stretch;
      double x = box.x();
      for (Figure figure : row.figures) {
        double width = figure.width() / row.width() * box.width();
        figure.draw(canvas, new Box(x, y, width, height));
        x += width;
      }
      y += height;
    }
  }
}
