package dev.glia.plot;

import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import java.util.List;

/**
 * Real data on the left, a network's predictions on the right, wrong ones ringed.
 *
 * <p>Both show the same part of the plane.
 */
public final class RealAndPredicted implements Figure {

  private static final double PANEL_HEIGHT = 400;

  private final String title;
  private final ScatterPlot real;
  private final ScatterPlot predicted;
  private final FigureGrid grid;

  private RealAndPredicted(String title, ScatterPlot real, ScatterPlot predicted) {
    this.title = title;
    this.real = real;
    this.predicted = predicted;
    this.grid =
        FigureGrid.titled(title)
            .withLegend(predicted.legend())
            .withRow(PANEL_HEIGHT, real.withoutLegend(), predicted.withoutLegend());
  }

  /**
   * A pair of plots.
   *
   * @param realTitle such as {@code "Training data"}
   * @param predictedTitle such as {@code "Predictions, loss 0.0123"}
   * @param x the first feature, {@code [n]}
   * @param y the second feature, {@code [n]}
   * @param real the class of each point, counted from 0, {@code [n]}
   * @param predicted what the network says of it, {@code [n]}
   * @param classNames the name of each class
   */
  public static RealAndPredicted of(
      String realTitle,
      String predictedTitle,
      double[] x,
      double[] y,
      int[] real,
      int[] predicted,
      List<String> classNames) {
    ScatterPlot left = ScatterPlot.of(realTitle, x, y, real, classNames);
    Require.length("predictions", predicted.length, x.length, "one for each point");
    Require.classes("predictions", predicted, classNames.size());
    boolean[] wrong = new boolean[real.length];
    int count = 0;
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] = real[i] != predicted[i];
      count += wrong[i] ? 1 : 0;
    }
    ScatterPlot right =
        ScatterPlot.of(predictedTitle, x, y, predicted, classNames)
            .withRings("wrong: " + count + " of " + wrong.length, wrong);
    return new RealAndPredicted("", left, right);
  }

  /** Puts what the network says everywhere behind the predictions. */
  public RealAndPredicted withField(DecisionField field) {
    return new RealAndPredicted(title, real.withExtent(field.extent()), predicted.withField(field));
  }

  /** Names the features otherwise than "x1" and "x2". */
  public RealAndPredicted withLabels(String xLabel, String yLabel) {
    return new RealAndPredicted(
        title, real.withLabels(xLabel, yLabel), predicted.withLabels(xLabel, yLabel));
  }

  /** Writes a title above both plots. */
  public RealAndPredicted withTitle(String newTitle) {
    return new RealAndPredicted(newTitle, real, predicted);
  }

  @Override
  public String title() {
    return grid.title();
  }

  @Override
  public double width() {
    return 860;
  }

  @Override
  public double height() {
    return PANEL_HEIGHT + grid.top(width());
  }

  @Override
  public void draw(Canvas canvas, Box box) {
    grid.draw(canvas, box);
  }
}
