package dev.glia.plot;

import dev.glia.plot.axis.Axes;
import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import dev.glia.plot.canvas.Ink;
import dev.glia.plot.canvas.Marker;
import dev.glia.plot.canvas.Palette;
import dev.glia.plot.canvas.Stroke;
import dev.glia.plot.canvas.TextFit;
import dev.glia.plot.canvas.TextStyle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gallery of small images, each with its label and perhaps its prediction below.
 *
 * <p>A wrong prediction has a frame, a cross and bold text, so that it shows without colour too.
 */
public final class DigitGrid implements Figure {

  private static final int MOST_IMAGES = 1000;
  private static final double MARGIN = 16;
  private static final double TITLE_HEIGHT = 34;
  private static final double NOTE_HEIGHT = 22;
  private static final double GAP = 14;
  private static final double LINE = 15;
  private static final Stroke FRAME = new Stroke(new Ink(0xC8C8C8), 1);
  private static final Stroke WRONG_FRAME = new Stroke(Palette.WRONG, 2.5);
  private static final TextStyle CAPTION = TextStyle.LABEL.centred();

  private final String title;
  private final int columns;
  private final List<LabelledImage> images;

  private DigitGrid(String title, int columns, List<LabelledImage> images) {
    this.title = title;
    this.columns = columns;
    this.images = images;
  }

  /** A gallery of 1 to {@value #MOST_IMAGES} images, ten in a row. */
  public static DigitGrid of(String title, List<LabelledImage> images) {
    if (images.isEmpty() || images.size() > MOST_IMAGES) {
      throw new IllegalArgumentException(
          "expected 1 to "
              + MOST_IMAGES
              + " images, got "
              + images.size()
              + "; choose some of them");
    }
    return new DigitGrid(title, Math.min(10, images.size()), List.copyOf(images));
  }

  /** The same gallery with another number of images in a row. */
  public DigitGrid withColumns(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("expected at least 1 column, got " + count);
    }
    return new DigitGrid(title, count, images);
  }

  @Override
  public String title() {
    return title.isEmpty() ? "Images with their labels" : title;
  }

  @Override
  public double width() {
    double least = title.isEmpty() ? 0 : TextFit.width(title, TextStyle.TITLE) + 2 * MARGIN;
    double noteWidth = TextFit.width(note(), CAPTION) + 2 * MARGIN;
    double row = 2 * MARGIN + columns * (side() + GAP) - GAP;
    return Math.ceil(Math.max(row, Math.min(640, Math.max(least, noteWidth))));
  }

  @Override
  public double height() {
    return top() + rows() * (side() + captionHeight() + GAP) - GAP + MARGIN;
  }

  /** The side of each image's square: few images are shown larger. */
  private double side() {
    return columns == 1 ? 224 : columns <= 4 ? 112 : 84;
  }

  private int rows() {
    return Math.ceilDiv(images.size(), columns);
  }

  private boolean hasPredictions() {
    return images.stream().anyMatch(image -> image.prediction() != null);
  }

  private double captionHeight() {
    return hasPredictions() ? 5 + 2 * LINE : 5 + LINE;
  }

  private double top() {
    return (title.isEmpty() ? MARGIN : TITLE_HEIGHT) + (note().isEmpty() ? 0 : NOTE_HEIGHT);
  }

  /** How to read the captions; empty where there is nothing but labels. */
  private String note() {
    if (!hasPredictions()) {
      return "";
    }
    long wrong = images.stream().filter(LabelledImage::wrong).count();
    long predicted = images.stream().filter(image -> image.prediction() != null).count();
    return "label, → prediction; " + wrong + " of " + predicted + " wrong";
  }

  @Override
  public void draw(Canvas canvas, Box box) {
    Axes.drawTitle(canvas, title, box);
    if (!note().isEmpty()) {
      TextStyle style = CAPTION.in(Ink.QUIET_TEXT);
      canvas.text(note(), box.centreX(), box.y() + top() - 9, style);
    }
    double perRow = box.height() - top() - MARGIN + GAP;
    double cellHeight = perRow / rows();
    double cellWidth = (box.width() - 2 * MARGIN + GAP) / columns;
    double square = Math.min(cellWidth - GAP, cellHeight - GAP - captionHeight());
    double side = Math.min(side(), square);
    for (int i = 0; i < images.size(); i++) {
      double x = box.x() + MARGIN + i % columns * cellWidth + (cellWidth - GAP - side) / 2;
      int row = i / columns;
      double y = box.y() + top() + row * cellHeight;
      drawImage(canvas, images.get(i), new Box(Math.floor(x), Math.floor(y), side, side));
    }
  }

  private static void drawImage(Canvas canvas, LabelledImage image, Box square) {
    Box place = fitted(image.image(), square);
    canvas.raster(image.image().toRaster(), place);
    double out = image.wrong() ? 1.25 : 0.5;
    canvas.rectangle(
        place.inset(-out, -out, -out, -out), null, image.wrong() ? WRONG_FRAME : FRAME);
    if (image.wrong()) {
      Stroke halo = new Stroke(Ink.WHITE, 1.5);
      canvas.marker(Marker.CROSS, place.right() - 9, place.y() + 9, 5, Palette.WRONG, halo);
    }
    double baseline = square.bottom() + LINE;
    double room = square.width() + GAP - 4;
    write(canvas, image.label(), square, baseline, room, CAPTION);
    String prediction = prediction(image);
    if (prediction != null) {
      TextStyle style =
          image.wrong() ? CAPTION.heavy().in(Palette.WRONG) : CAPTION.in(Ink.QUIET_TEXT);
      write(canvas, prediction, square, baseline + LINE, room, style);
    }
  }

  private static @Nullable String prediction(LabelledImage image) {
    if (image.prediction() == null) {
      return null;
    }
    String sure =
        Double.isNaN(image.confidence()) ? "" : " (" + Math.round(image.confidence() * 100) + "%)";
    return "→ " + image.prediction() + sure;
  }

  private static void write(
      Canvas canvas, String text, Box square, double baseline, double room, TextStyle style) {
    TextStyle fitted = TextFit.shrink(text, style, room);
    canvas.text(TextFit.shorten(text, fitted, room), square.centreX(), baseline, fitted);
  }

  /** The largest box of the image's proportions inside a square. */
  private static Box fitted(GreyImage image, Box square) {
    double scale = square.width() / Math.max(image.width(), image.height());
    double width = image.width() * scale;
    double height = image.height() * scale;
    return new Box(square.centreX() - width / 2, square.centreY() - height / 2, width, height);
  }
}
