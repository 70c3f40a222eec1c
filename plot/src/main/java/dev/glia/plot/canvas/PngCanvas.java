package dev.glia.plot.canvas;

import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A canvas of pixels, drawn by Java2D. */
public final class PngCanvas implements Canvas {

  /** Device pixels per pixel of the figure. */
  static final int SCALE = 2;

  /** About what a Java of 1 GiB can hold; the usual picture has two million. */
  private static final long MOST_PIXELS = 150_000_000;

  private final Graphics2D graphics;
  private final Map<TextStyle, Font> fonts = new HashMap<>();

  private PngCanvas(Graphics2D graphics) {
    this.graphics = graphics;
  }

  /**
   * The bytes of a PNG file.
   *
   * @param width in pixels, rounded up
   * @param height in pixels, rounded up
   * @param drawing draws in the box that it is given, on white
   * @throws IOException if there are too many pixels or this Java cannot draw, with a sentence
   */
  public static byte[] draw(double width, double height, BiConsumer<Canvas, Box> drawing)
      throws IOException {
    int across = (int) Math.ceil(width);
    int down = (int) Math.ceil(height);
    if ((long) across * down * SCALE * SCALE > MOST_PIXELS) {
      throw new IOException(
          "a PNG of "
              + across * SCALE
              + " x "
              + down * SCALE
              + " pixels is too large: show less at once, or write a file that ends in .svg");
    }
    BufferedImage image =
        new BufferedImage(across * SCALE, down * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      hint(graphics);
      graphics.scale(SCALE, SCALE);
      Box page = new Box(0, 0, across, down);
      PngCanvas canvas = new PngCanvas(graphics);
      canvas.rectangle(page, Ink.WHITE, null);
      drawing.accept(canvas, page);
    } catch (LinkageError | InternalError | AWTError e) {
      // A Java without a single font, as in bare containers, fails with one of these.
      throw new IOException(
          "this Java cannot draw text for a PNG ("
              + e
              + "): install fontconfig and a font, such as the packages fontconfig and"
              + " fonts-dejavu-core, or write a file that ends in .svg",
          e);
    } finally {
      graphics.dispose();
    }
    return Png.encode(image);
  }

  private static void hint(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
  }

  @Override
  public void line(double x1, double y1, double x2, double y2, Stroke stroke) {
    outline(new Line2D.Double(x1, y1, x2, y2), stroke);
  }

  @Override
  public void polyline(double[] x, double[] y, Stroke stroke) {
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO, x.length);
    for (int i = 0; i < x.length; i++) {
      if (i == 0) {
        path.moveTo(x[i], y[i]);
      } else {
        path.lineTo(x[i], y[i]);
      }
    }
    outline(path, stroke);
  }

  @Override
  public void rectangle(Box box, @Nullable Ink fill, @Nullable Stroke edge) {
    paint(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()), fill, edge);
  }

  @Override
  public void marker(
      Marker marker, double x, double y, double radius, @Nullable Ink fill, @Nullable Stroke edge) {
    paint(shape(marker, x, y, radius), fill, edge);
  }

  private static Shape shape(Marker marker, double x, double y, double radius) {
    if (marker == Marker.CIRCLE) {
      return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO, marker.corners());
    path.moveTo(x + radius * marker.cornerX(0), y + radius * marker.cornerY(0));
    for (int i = 1; i < marker.corners(); i++) {
      path.lineTo(x + radius * marker.cornerX(i), y + radius * marker.cornerY(i));
    }
    path.closePath();
    return path;
  }

  @Override
  public void text(String text, double x, double y, TextStyle style) {
    String line = TextFit.oneLine(text);
    Font font = fonts.computeIfAbsent(style, PngCanvas::font);
    double width = font.getStringBounds(line, graphics.getFontRenderContext()).getWidth();
    double start =
        switch (style.anchor()) {
          case START -> 0;
          case MIDDLE -> -width / 2;
          case END -> -width;
        };
    AffineTransform before = graphics.getTransform();
    graphics.translate(x, y);
    graphics.rotate(Math.toRadians(style.degrees()));
    graphics.setFont(font);
    use(style.ink());
    graphics.drawString(line, (float) start, 0f);
    graphics.setTransform(before);
  }

  private static Font font(TextStyle style) {
    int weight = style.bold() ? Font.BOLD : Font.PLAIN;
    return new Font(Font.SANS_SERIF, weight, 1).deriveFont((float) style.size());
  }

  @Override
  public void raster(Raster raster, Box box) {
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        raster.smooth()
            ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
            : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    AffineTransform place = AffineTransform.getTranslateInstance(box.x(), box.y());
    place.scale(box.width() / raster.width(), box.height() / raster.height());
    graphics.drawImage(raster.toImage(), place, null);
  }

  @Override
  public void clipped(Box box, Runnable drawing) {
    Shape before = graphics.getClip();
    graphics.clip(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
    drawing.run();
    graphics.setClip(before);
  }

  private void paint(Shape shape, @Nullable Ink fill, @Nullable Stroke edge) {
    if (fill != null) {
      use(fill);
      graphics.fill(shape);
    }
    if (edge != null) {
      outline(shape, edge);
    }
  }

  private void outline(Shape shape, Stroke stroke) {
    use(stroke.ink());
    float width = (float) stroke.width();
    float[] dashes = null;
    if (stroke.dashed()) {
      dashes = new float[Stroke.DASHES.length];
      for (int i = 0; i < dashes.length; i++) {
        dashes[i] = (float) (Stroke.DASHES[i] * stroke.width());
      }
    }
    graphics.setStroke(
        new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
    graphics.draw(shape);
  }

  private void use(Ink ink) {
    int alpha = (int) Math.round(ink.opacity() * 255);
    graphics.setColor(new Color(ink.rgb() | alpha << 24, true));
  }
}
