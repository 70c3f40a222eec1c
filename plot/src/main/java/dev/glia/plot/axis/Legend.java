package dev.glia.plot.axis;

import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Stroke;
import dev.glia.plot.canvas.TextFit;
import dev.glia.plot.canvas.TextStyle;
import java.util.ArrayList;
import java.util.List;

/** What the lines and markers of a plot stand for, in centred rows. */
public final class Legend {

  /**
   * One line or marker and its name.
   *
   * @param width how wide the sample is, in pixels
   */
  public record Entry(String name, double width, Sample sample) {}

  /** Draws an example of a line or marker around a point. */
  public interface Sample {
    /** Draws it around the point. */
    void draw(Canvas canvas, double x, double y);
  }

  /** No legend, which takes no room. */
  public static final Legend NONE = new Legend(List.of());

  private static final double ROW_HEIGHT = 19;
  private static final double GAP_BEFORE_NAME = 5;
  private static final double GAP_BETWEEN = 18;

  private final List<Entry> entries;

  /** A legend of these entries, in this order. */
  public Legend(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** An entry for a line. */
  public static Entry line(String name, Stroke stroke) {
    return new Entry(name, 24, (canvas, x, y) -> canvas.line(x - 12, y, x + 12, y, stroke));
  }

  /** An entry for a marker. */
  public static Entry marker(String name, Sample sample) {
    return new Entry(name, 14, sample);
  }

  List<Entry> entries() {
    return entries;
  }

  /** The height that the rows take in this width. */
  public double height(double width) {
    return rows(width).size() * ROW_HEIGHT;
  }

  /** The width of the widest row, when rows may be this wide. */
  double widest(double width) {
    return rows(width).stream().mapToDouble(this::rowWidth).max().orElse(0);
  }

  /** Draws the rows, centred, from the box's upper edge downwards. */
  public void draw(Canvas canvas, Box box) {
    double y = box.y() + ROW_HEIGHT / 2;
    for (List<Entry> row : rows(box.width())) {
      double x = box.centreX() - rowWidth(row) / 2;
      for (Entry entry : row) {
        entry.sample().draw(canvas, x + entry.width() / 2, y);
        canvas.text(
            shortName(entry),
            x + entry.width() + GAP_BEFORE_NAME,
            TextStyle.LABEL.baselineAround(y),
            TextStyle.LABEL);
        x += entryWidth(entry) + GAP_BETWEEN;
      }
      y += ROW_HEIGHT;
    }
  }

  private List<List<Entry>> rows(double width) {
    List<List<Entry>> rows = new ArrayList<>();
    List<Entry> row = new ArrayList<>();
    for (Entry entry : entries) {
      row.add(entry);
      if (row.size() > 1 && rowWidth(row) > width) {
        row.removeLast();
        rows.add(row);
        row = new ArrayList<>(List.of(entry));
      }
    }
    if (!row.isEmpty()) {
      rows.add(row);
    }
    return rows;
  }

  private double rowWidth(List<Entry> row) {
    return row.stream().mapToDouble(this::entryWidth).sum() + GAP_BETWEEN * (row.size() - 1);
  }

  private double entryWidth(Entry entry) {
    return entry.width() + GAP_BEFORE_NAME + TextFit.width(shortName(entry), TextStyle.LABEL);
  }

  private String shortName(Entry entry) {
    // Many long names would leave no room for the plot.
    return TextFit.shorten(entry.name(), TextStyle.LABEL, entries.size() <= 8 ? 180 : 100);
  }
}
