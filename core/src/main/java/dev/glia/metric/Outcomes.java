package dev.glia.metric;

/**
 * What a network gave for some rows, and what was right: of what a {@link Metric} is made.
 *
 * <p>Either of classes or of numbers; the methods of the other kind throw {@link
 * IllegalStateException}. Rows, classes and targets count from 0.
 */
public final class Outcomes {

  private final int classes; // 0 for numbers
  private final int[] labels; // [rows], of classes
  private final int outputs; // a row: one for two classes, else one a class or target
  private final float[] given; // [rows][outputs], of classes
  private final double[] wanted; // [rows][outputs], of numbers
  private final double[] predicted; // [rows][outputs], of numbers

  private Outcomes(
      int classes, int[] labels, int outputs, float[] given, double[] wanted, double[] predicted) {
    this.classes = classes;
    this.labels = labels;
    this.outputs = outputs;
    this.given = given;
    this.wanted = wanted;
    this.predicted = predicted;
  }

  /**
   * Of classes.
   *
   * @param labels the class of each row, {@code [rows]}; kept, must not be changed
   * @param given the outputs, {@code [rows][outputs]}; kept, must not be changed
   * @param outputs 1 for two classes, or one a class
   */
  public static Outcomes ofClasses(int[] labels, float[] given, int outputs) {
    checkRows(labels.length * (long) outputs, given.length, outputs);
    return new Outcomes(Math.max(outputs, 2), labels, outputs, given, new double[0], new double[0]);
  }

  /**
   * Of numbers, in their own unit.
   *
   * @param wanted the right ones, {@code [rows][targets]}; kept, must not be changed
   * @param predicted the network's, {@code [rows][targets]}; kept, must not be changed
   */
  public static Outcomes ofNumbers(double[] wanted, double[] predicted, int targets) {
    checkRows(wanted.length, predicted.length, targets);
    return new Outcomes(0, new int[0], targets, new float[0], wanted, predicted);
  }

  private static void checkRows(long expected, int got, int outputs) {
    if (expected != got || got % outputs != 0) {
      throw new IllegalArgumentException(
          "Expected %d values of the network, %d a row, got %d.".formatted(expected, outputs, got));
    }
  }

  /** The number of rows. */
  public int rows() {
    return classes == 0 ? wanted.length / outputs : labels.length;
  }

  /** The number of classes, at least 2; 0 if there are numbers. */
  public int classes() {
    return classes;
  }

  /** The class of a row. */
  public int label(int row) {
    needsClasses();
    return labels[row];
  }

  /** The class that the network takes a row for. */
  public int decision(int row) {
    needsClasses();
    return Decision.classOf(given, row * outputs, outputs);
  }

  /**
   * How probable a class is for the network: its output, where that lies between 0 and 1.
   *
   * @param c the class
   */
  public double probability(int row, int c) {
    needsClasses();
    if (outputs == 1) {
      return c == 1 ? given[row] : 1.0 - given[row];
    }
    return given[row * outputs + c];
  }

  /** How many numbers a row has to predict; 0 if there are classes. */
  public int targets() {
    return classes == 0 ? outputs : 0;
  }

  /** The right number, in its own unit. */
  public double wanted(int row, int target) {
    needsNumbers();
    return wanted[row * outputs + target];
  }

  /** The number that the network predicts, in its own unit. */
  public double predicted(int row, int target) {
    needsNumbers();
    return predicted[row * outputs + target];
  }

  private void needsClasses() {
    if (classes == 0) {
      throw new IllegalStateException("This metric is for classes, and numbers are predicted.");
    }
  }

  private void needsNumbers() {
    if (classes != 0) {
      throw new IllegalStateException("This metric is for numbers, and classes are predicted.");
    }
  }
}
