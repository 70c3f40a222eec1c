package dev.glia.plot.axis;

import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Marker;
import dev.glia.plot.canvas.Stroke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One line of a plot: a value at each step, where NaN and the infinities are gaps. */
public final class Series {

  private final Stroke stroke;
  private final double[] steps;
  private final double[] values;

  /**
   * Creates a line.
   *
   * @param steps never going back, {@code [n]}
   * @param values {@code [n]}
   */
  public Series(Stroke stroke, double[] steps, double[] values) {
    this.stroke = stroke;
    this.steps = steps;
    this.values = values;
  }

  /** How the line is drawn. */
  public Stroke stroke() {
    return stroke;
  }

  double[] values() {
    return values;
  }

  int size() {
    return values.length;
  }

  double step(int index) {
    return steps[index];
  }

  /** Where the last finite value stands; -1 if there is none. */
  int lastFinite() {
    int index = values.length - 1;
    while (index >= 0 && !Double.isFinite(values[index])) {
      index--;
    }
    return index;
  }

  /**
   * The same line with so many points at most.
   *
   * <p>It keeps the first and the last point, every peak and valley that can be seen (the smallest
   * and the largest value of each of many short stretches) and a gap in each stretch that has one.
   */
  public Series thinned(int most) {
    if (values.length <= most) {
      return this;
    }
    // Besides the two ends, each stretch keeps its two extremes, and a gap where it has one.
    List<Integer> kept = kept(Math.max(1, (most - 2) / 2));
    if (kept.size() > most) {
      kept = kept(Math.max(1, (most - 2) / 3));
    }
    return new Series(
        stroke,
        kept.stream().mapToDouble(i -> steps[i]).toArray(),
        kept.stream().mapToDouble(i -> values[i]).toArray());
  }

  private List<Integer> kept(int stretches) {
    int n = values.length;
    List<Integer> kept = new ArrayList<>();
    keep(kept, 0);
    for (int s = 0; s < stretches; s++) {
      int from = (int) ((long) n * s / stretches);
      int to = (int) ((long) n * (s + 1) / stretches);
      keepExtremes(kept, from, to);
    }
    keep(kept, n - 1);
    return kept;
  }

  private void keepExtremes(List<Integer> kept, int from, int to) {
    int smallest = -1;
    int largest = -1;
    int gap = -1;
    for (int i = from; i < to; i++) {
      if (!Double.isFinite(values[i])) {
        gap = i;
      } else {
        smallest = smallest < 0 || values[i] < values[smallest] ? i : smallest;
        largest = largest < 0 || values[i] > values[largest] ? i : largest;
      }
    }
    int[] order = {smallest, largest, gap};
    Arrays.sort(order);
    for (int index : order) {
      keep(kept, index);
    }
  }

  private static void keep(List<Integer> kept, int index) {
    if (index >= 0 && (kept.isEmpty() || kept.getLast() < index)) {
      kept.add(index);
    }
  }

  /** Draws the line through its finite values; one that stands alone between gaps is a dot. */
  void draw(Canvas canvas, Axes axes) {
    int from = 0;
    while (from < size()) {
      int to = from;
      while (to < size() && Double.isFinite(values[to])) {
        to++;
      }
      drawRun(canvas, axes, from, to);
      from = to + 1;
    }
  }

  private void drawRun(Canvas canvas, Axes axes, int from, int to) {
    if (to - from == 1) {
      canvas.marker(
          Marker.CIRCLE, axes.x(steps[from]), axes.y(values[from]), 3, stroke.ink(), null);
    } else if (to > from) {
      double[] x = new double[to - from];
      double[] y = new double[to - from];
      for (int i = 0; i < x.length; i++) {
        x[i] = axes.x(steps[from + i]);
        y[i] = axes.y(values[from + i]);
      }
      canvas.polyline(x, y, stroke);
    }
  }
}
