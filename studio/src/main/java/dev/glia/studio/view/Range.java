package dev.glia.studio.view;

/** From the least to the largest of some numbers; those that are not finite do not count. */
record Range(double from, double to) {

  static Range of(float[] values) {
    double from = Double.POSITIVE_INFINITY;
    double to = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      if (Float.isFinite(value)) {
        from = Math.min(from, value);
        to = Math.max(to, value);
      }
    }
    return from > to ? new Range(0, 0) : new Range(from, to);
  }
}
