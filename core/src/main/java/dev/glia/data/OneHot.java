package dev.glia.data;

/**
 * Classes as rows of floats: 1 in the column of the row's class, 0 elsewhere; for programs that
 * compute for themselves, as training keeps the classes.
 */
public final class OneHot {

  private OneHot() {}

  /**
   * Encodes every row.
   *
   * @return {@code [rows][classes]}
   * @throws IllegalArgumentException if the result would not fit an array
   */
  public static float[] encode(ClassTarget target) {
    int classes = target.names().size();
    if ((long) target.rows() * classes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%d rows of %d classes are too many for one array.".formatted(target.rows(), classes));
    }
    float[] encoded = new float[target.rows() * classes];
    for (int row = 0; row < target.rows(); row++) {
      encoded[row * classes + target.classOf(row)] = 1;
    }
    return encoded;
  }
}
