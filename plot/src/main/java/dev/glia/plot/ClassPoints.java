package dev.glia.plot;

import java.util.List;

/** Points of a plane, each of a named class. */
final class ClassPoints {

  private final double[] x;
  private final double[] y;
  private final int[] classes;
  private final List<String> names;

  /**
   * Creates points.
   *
   * @param x {@code [n]}
   * @param y {@code [n]}
   * @param classes counted from 0, {@code [n]}
   * @param names the name of each class
   */
  ClassPoints(double[] x, double[] y, int[] classes, List<String> names) {
    Require.length("y values", y.length, x.length, "one for each x");
    Require.length("classes", classes.length, x.length, "one for each point");
    Require.classes("classes", classes, names.size());
    this.x = x.clone();
    this.y = y.clone();
    this.classes = classes.clone();
    this.names = List.copyOf(names);
  }

  int size() {
    return x.length;
  }

  double x(int index) {
    return x[index];
  }

  double y(int index) {
    return y[index];
  }

  int classOf(int index) {
    return classes[index];
  }

  List<String> names() {
    return names;
  }
}
