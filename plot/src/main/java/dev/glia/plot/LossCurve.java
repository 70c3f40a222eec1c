package dev.glia.plot;

import dev.glia.plot.axis.Axes;
import dev.glia.plot.axis.Axis;
import dev.glia.plot.axis.Legend;
import dev.glia.plot.axis.LinePanel;
import dev.glia.plot.axis.LinearAxis;
import dev.glia.plot.axis.Series;
import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Palette;
import dev.glia.plot.canvas.Stroke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The loss over a training, with the accuracy below it if there is one.
 *
 * <p>A line may have one point or many thousands, and gaps where a value is not finite. The loss
 * gets a logarithmic scale where it spans more than two powers of ten.
 */
public final class LossCurve implements Figure {

  private static final Stroke TRAINING = new Stroke(Palette.ink(0), 1.8);
  private static final Stroke VALIDATION = new Stroke(Palette.ink(5), 1.8, true);

  /** Points of a line that are drawn; more would not be seen at this width. */
  private static final int MOST_POINTS = 1000;

  private final String title;
  private final String stepName;
  private final double[] steps;
  private final List<Series> losses;
  private final List<Series> accuracies;
  private final String trainingName;
  private final String validationName;

  private LossCurve(
      String title,
      String stepName,
      double[] steps,
      List<Series> losses,
      List<Series> accuracies,
      String trainingName,
      String validationName) {
    this.title = title;
    this.stepName = stepName;
    this.steps = steps;
    this.losses = losses;
    this.accuracies = accuracies;
    this.trainingName = trainingName;
    this.validationName = validationName;
  }

  /**
   * A curve of the training loss.
   *
   * @param stepName what is counted from left to right, such as {@code "epoch"}
   * @param steps the count at each value, never going back, {@code [n]}
   * @param loss the loss at each step, {@code [n]}
   */
  public static LossCurve of(String title, String stepName, double[] steps, double[] loss) {
    if (steps.length == 0) {
      throw new IllegalArgumentException("expected a loss curve of at least one step, got none");
    }
    for (int i = 0; i < steps.length; i++) {
      if (!Double.isFinite(steps[i]) || (i > 0 && steps[i] < steps[i - 1])) {
        throw new IllegalArgumentException(
            "expected steps that are finite and never go back, got steps[" + i + "] = " + steps[i]);
      }
    }
    LossCurve empty =
        new LossCurve(
            title, stepName, steps.clone(), List.of(), List.of(), "training", "validation");
    return empty.withLoss(TRAINING, "loss values", loss);
  }

  /** Adds the loss on data that the network does not learn from, {@code [n]}. */
  public LossCurve withValidationLoss(double[] values) {
    return withLoss(VALIDATION, "validation loss values", values);
  }

  /** Adds the training accuracy, from 0 to 1, in a panel below the loss, {@code [n]}. */
  public LossCurve withAccuracy(double[] values) {
    return withAccuracy(TRAINING, "accuracy values", values);
  }

  /** Adds the accuracy on data that the network does not learn from, 0 to 1, {@code [n]}. */
  public LossCurve withValidationAccuracy(double[] values) {
    return withAccuracy(VALIDATION, "validation accuracy values", values);
  }

  /** Names the two kinds of line otherwise than "training" and "validation". */
  public LossCurve withNames(String training, String validation) {
    return new LossCurve(title, stepName, steps, losses, accuracies, training, validation);
  }

  private LossCurve withLoss(Stroke stroke, String what, double[] values) {
    List<Series> more = with(losses, line(stroke, what, values));
    return new LossCurve(title, stepName, steps, more, accuracies, trainingName, validationName);
  }

  private LossCurve withAccuracy(Stroke stroke, String what, double[] values) {
    List<Series> more = with(accuracies, line(stroke, what, values));
    return new LossCurve(title, stepName, steps, losses, more, trainingName, validationName);
  }

  private Series line(Stroke stroke, String what, double[] values) {
    Require.length(what, values.length, steps.length, "one for each step");
    return new Series(stroke, steps, values.clone()).thinned(MOST_POINTS);
  }

  /** The lines with one more, which takes the place of an earlier one of its kind. */
  private static List<Series> with(List<Series> lines, Series line) {
    return Stream.concat(
            lines.stream().filter(other -> !other.stroke().equals(line.stroke())), Stream.of(line))
        .toList();
  }

  @Override
  public String title() {
    return title.isEmpty() ? "Loss by " + stepName : title;
  }

  @Override
  public double width() {
    return 680;
  }

  @Override
  public double height() {
    return accuracies.isEmpty() ? 400 : 560;
  }

  @Override
  public void draw(Canvas canvas, Box box) {
    LinePanel loss = LinePanel.ofLosses(losses);
    if (accuracies.isEmpty()) {
      draw(canvas, box, loss, title, legend(), stepName, List.of(loss));
      return;
    }
    LinePanel accuracy = LinePanel.ofAccuracies(accuracies);
    List<LinePanel> both = List.of(loss, accuracy);
    double upper = Math.round(box.height() * 0.58);
    Box top = new Box(box.x(), box.y(), box.width(), upper);
    draw(canvas, top, loss, title, legend(), "", both);
    draw(canvas, box.inset(0, upper, 0, 0), accuracy, "", Legend.NONE, stepName, both);
  }

  /** Draws one panel with the left and right room that all need, so that they line up. */
  private void draw(
      Canvas canvas,
      Box box,
      LinePanel panel,
      String heading,
      Legend legend,
      String stepLabel,
      List<LinePanel> all) {
    double left = all.stream().mapToDouble(p -> Axes.leftRoom(p.y(), box.height())).max().orElse(0);
    double right = all.stream().mapToDouble(LinePanel::rightRoom).max().orElse(0);
    Axis x = stepAxis(stepLabel);
    panel.draw(canvas, Axes.layOut(box, heading, legend, x, panel.y(), left, right));
  }

  private Axis stepAxis(String label) {
    double first = steps[0];
    double last = steps[steps.length - 1];
    boolean whole = Arrays.stream(steps).allMatch(step -> step == Math.rint(step));
    // Room for the first and the last point; a single one stands in the middle.
    double margin = first == last ? 0.5 : 0.015 * (last - first);
    LinearAxis.Unit unit = whole ? LinearAxis.Unit.WHOLE : LinearAxis.Unit.NUMBER;
    return new LinearAxis(label, first - margin, last + margin, unit);
  }

  private Legend legend() {
    List<Series> all = Stream.concat(losses.stream(), accuracies.stream()).toList();
    List<Legend.Entry> entries = new ArrayList<>();
    for (Stroke stroke : List.of(TRAINING, VALIDATION)) {
      if (all.stream().anyMatch(line -> line.stroke().equals(stroke))) {
        String name = stroke.equals(TRAINING) ? trainingName : validationName;
        entries.add(Legend.line(name, stroke));
      }
    }
    return new Legend(entries);
  }
}
