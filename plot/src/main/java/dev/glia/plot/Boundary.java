package dev.glia.plot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines between the classes of a field, by marching squares.
 *
 * <p>A line crosses each grid edge whose ends differ in class, where both classes are equally
 * probable; in each square the crossings are joined, through its middle if there are more than two.
 */
final class Boundary {

  /** A place in the grid; between points it has fractions. */
  record Point(double column, double row) {}

  /** A connected line; a closed one ends where it began. */
  record Line(List<Point> points) {}

  private final DecisionField field;

  /**
   * The neighbours of each point, in a fixed order, so that the same field gives the same lines.
   */
  private final Map<Point, Deque<Point>> neighbours = new LinkedHashMap<>();

  Boundary(DecisionField field) {
    this.field = field;
    for (int row = 0; row + 1 < field.rows(); row++) {
      for (int column = 0; column + 1 < field.columns(); column++) {
        joinSquare(column, row);
      }
    }
  }

  private void joinSquare(int column, int row) {
    List<Point> crossings = new ArrayList<>(4);
    cross(crossings, column, row, column + 1, row);
    cross(crossings, column + 1, row, column + 1, row + 1);
    cross(crossings, column, row + 1, column + 1, row + 1);
    cross(crossings, column, row, column, row + 1);
    if (crossings.size() == 2) {
      join(crossings.get(0), crossings.get(1));
    } else if (crossings.size() > 2) {
      Point middle = new Point(column + 0.5, row + 0.5);
      crossings.forEach(crossing -> join(crossing, middle));
    }
  }

  private void cross(List<Point> crossings, int column, int row, int nextColumn, int nextRow) {
    int here = field.classAt(column, row);
    int there = field.classAt(nextColumn, nextRow);
    if (here != there) {
      double lead = lead(column, row, here, there);
      double nextLead = lead(nextColumn, nextRow, there, here);
      double share = lead / (lead + nextLead);
      share = share >= 0 && share <= 1 ? share : 0.5; // NaN where both leads are 0
      crossings.add(
          new Point(column + share * (nextColumn - column), row + share * (nextRow - row)));
    }
  }

  /** By how much one class is more probable than another at a point. */
  private double lead(int column, int row, int winner, int other) {
    return field.probability(column, row, winner) - field.probability(column, row, other);
  }

  private void join(Point one, Point other) {
    neighbours.computeIfAbsent(one, p -> new ArrayDeque<>()).add(other);
    neighbours.computeIfAbsent(other, p -> new ArrayDeque<>()).add(one);
  }

  /** All lines, open ones from end to end, then the closed ones. */
  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    neighbours.forEach((point, next) -> {
      while (next.size() % 2 == 1) {
        lines.add(walk(point));
      }
    });
    neighbours.forEach((point, next) -> {
      while (!next.isEmpty()) {
        lines.add(walk(point));
      }
    });
    return lines;
  }

  /** Follows connections from a point until there are no more, taking each away. */
  private Line walk(Point start) {
    List<Point> points = new ArrayList<>(List.of(start));
    Point here = start;
    Deque<Point> open = neighbours.getOrDefault(start, new ArrayDeque<>());
    while (!open.isEmpty()) {
      Point next = open.removeFirst();
      open = neighbours.getOrDefault(next, new ArrayDeque<>());
      open.removeFirstOccurrence(here);
      points.add(next);
      here = next;
    }
    return new Line(points);
  }
}
