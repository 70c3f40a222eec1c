package dev.glia.plot;

import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;

/**
 * The picture of a training at a glance: its loss on top, real and predicted data below.
 *
 * <p>These are the three graphs that the second article draws while its network learns.
 */
public final class LossAndPredictions implements Figure {

  private static final double LOSS_HEIGHT = 300;

  private final FigureGrid grid;

  /** Puts the two pictures together. */
  public LossAndPredictions(LossCurve loss, RealAndPredicted predictions) {
    this.grid =
        FigureGrid.titled("")
            .withRow(Math.max(LOSS_HEIGHT, loss.height() - 100), loss)
            .withRow(predictions);
  }

  @Override
  public String title() {
    return grid.title();
  }

  @Override
  public double width() {
    return grid.width();
  }

  @Override
  public double height() {
    return grid.height();
  }

  @Override
  public void draw(Canvas canvas, Box box) {
    grid.draw(canvas, box);
  }
}
