package dev.glia.plot;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** One figure of each kind, small and the same every time. */
final class Samples {

  static final List<String> NAMES = List.of("upper moon", "lower moon");

  private Samples() {}

  static LossCurve loss() {
    double[] steps = steps(40);
    double[] loss = values(40, i -> 0.7 * Math.exp(-i / 10.0) + 0.1);
    return LossCurve.of("Loss of a small network", "epoch", steps, loss)
        .withValidationLoss(values(40, i -> 0.7 * Math.exp(-i / 12.0) + 0.15))
        .withAccuracy(values(40, i -> 1 - 0.5 * Math.exp(-i / 5.0)))
        .withValidationAccuracy(values(40, i -> 0.95 - 0.5 * Math.exp(-i / 5.0)));
  }

  static ScatterPlot scatter() {
    return ScatterPlot.of("Two moons", x(), y(), classes(), NAMES).withField(field());
  }

  static RealAndPredicted pair() {
    int[] predicted = classes();
    predicted[3] = 1 - predicted[3];
    return RealAndPredicted.of(
            "Training data", "Predictions, loss 0.0123", x(), y(), classes(), predicted, NAMES)
        .withField(field());
  }

  static DigitGrid digits() {
    GreyImage image = GreyImage.of(2, 2, new float[] {0, 1, 1, 0}, 0, 1);
    return DigitGrid.of(
        "Digits",
        List.of(
            new LabelledImage(image, "7", "7"),
            new LabelledImage(image, "4", "9", 0.514),
            new LabelledImage(image, "1", "1")));
  }

  static ConfusionMatrixPlot confusion() {
    return new ConfusionMatrixPlot(
        "Confusion", List.of("cat", "dog", "cow"), new int[][] {{50, 2, 0}, {3, 41, 6}, {0, 0, 7}});
  }

  static PredictedAgainstReal regression() {
    double[] real = values(30, i -> 10.0 * i);
    return new PredictedAgainstReal("Prices", "price", real, values(30, i -> 10.0 * i + i % 3));
  }

  static List<Figure> all() {
    return List.of(
        loss(),
        scatter(),
        pair(),
        new LossAndPredictions(loss(), pair()),
        digits(),
        confusion(),
        regression());
  }

  static double[] x() {
    return values(20, i -> Math.cos(i * 0.3));
  }

  static double[] y() {
    return values(20, i -> Math.sin(i * 0.3));
  }

  static int[] classes() {
    return IntStream.range(0, 20).map(i -> Math.sin(i * 0.3) < 0 ? 1 : 0).toArray();
  }

  /** Class 0 above y = 0, class 1 below. */
  static DecisionField field() {
    Extent extent = new Extent(-1.5, 1.5, -1.5, 1.5);
    double[] rows = extent.gridY(30);
    float[] probabilities = new float[30 * 30];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = (float) (1 / (1 + Math.exp(5 * rows[i / 30])));
    }
    return new DecisionField(extent, 30, 30, probabilities);
  }

  static double[] steps(int count) {
    return values(count, i -> i);
  }

  static double[] values(int count, IntToDoubleFunction value) {
    return IntStream.range(0, count).mapToDouble(value).toArray();
  }
}
