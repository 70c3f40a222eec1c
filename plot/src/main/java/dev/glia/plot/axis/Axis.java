package dev.glia.plot.axis;

import java.util.List;

/** A scale for one direction of a plot. */
public sealed interface Axis permits LinearAxis, LogAxis {

  /** A mark on the scale; one without a label is drawn shorter. */
  record Tick(double value, String label) {}

  /** What the scale measures; empty for nothing written. */
  String label();

  /** Where a value lies: 0 for the scale's beginning, 1 for its end. */
  double share(double value);

  /** Marks at round values inside the scale, {@code most} of them labelled if that can be. */
  List<Tick> ticks(int most);
}
