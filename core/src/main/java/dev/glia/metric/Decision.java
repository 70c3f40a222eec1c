package dev.glia.metric;

/** From a network's outputs to the class it means. */
public final class Decision {

  private Decision() {}

  /**
   * The class of one row: with several outputs the greatest's, the first of equals, a NaN being
   * less than any number; with one output 1 if it is over a half, else 0.
   *
   * @param outputs {@code outputs[at .. at + count)} is the row
   */
  public static int classOf(float[] outputs, int at, int count) {
    if (count == 1) {
      return outputs[at] > 0.5f ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < count; i++) {
      boolean greater = outputs[at + i] > outputs[at + best];
      if (greater || (Float.isNaN(outputs[at + best]) && !Float.isNaN(outputs[at + i]))) {
        best = i;
      }
    }
    return best;
  }

  /**
   * The class of every row.
   *
   * @param outputs {@code [rows][count]}
   * @return {@code [rows]}
   */
  public static int[] classesOf(float[] outputs, int count) {
    int[] classes = new int[outputs.length / count];
    for (int row = 0; row < classes.length; row++) {
      classes[row] = classOf(outputs, row * count, count);
    }
    return classes;
  }
}
