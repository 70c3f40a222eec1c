package dev.glia.plot.canvas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A canvas that writes SVG.
 *
 * <p>It uses no ids and no style sheet, so that several pictures can stand in one web page.
 */
public final class SvgCanvas implements Canvas {

  private static final String FONTS = "Arial,Helvetica,'Liberation Sans','DejaVu Sans',sans-serif";

  private final StringBuilder out = new StringBuilder();

  /** The attributes of the open group, which elements of the same look share; empty for none. */
  private String openLook = "";

  private SvgCanvas() {}

  /**
   * The text of an SVG file.
   *
   * @param title says what the picture shows, for readers who cannot see it
   * @param width in pixels, rounded up
   * @param height in pixels, rounded up
   * @param drawing draws in the box that it is given, on white
   */
  public static String draw(
      String title, double width, double height, BiConsumer<Canvas, Box> drawing) {
    SvgCanvas canvas = new SvgCanvas();
    Box page = new Box(0, 0, Math.ceil(width), Math.ceil(height));
    canvas.begin(page, title);
    canvas.rectangle(page, Ink.WHITE, null);
    drawing.accept(canvas, page);
    canvas.closeGroup();
    canvas.out.append("</svg>\n");
    return canvas.out.toString();
  }

  private void begin(Box page, String title) {
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    attribute("width", page.width());
    attribute("height", page.height());
    out.append(" viewBox=\"0 0 ");
    number(page.width()).append(' ');
    number(page.height()).append("\" role=\"img\" font-family=\"").append(FONTS).append("\">\n");
    out.append("<title>").append(escaped(title)).append("</title>\n");
  }

  @Override
  public void line(double x1, double y1, double x2, double y2, Stroke stroke) {
    look(strokeLook(stroke));
    out.append("<path d=\"M");
    number(x1);
    pair(y1);
    pair(x2);
    pair(y2);
    out.append("\"/>\n");
  }

  @Override
  public void polyline(double[] x, double[] y, Stroke stroke) {
    if (x.length == 0) {
      return;
    }
    look(strokeLook(stroke));
    out.append("<path d=\"M");
    for (int i = 0; i < x.length; i++) {
      if (i == 0) {
        number(x[i]);
      } else {
        pair(x[i]);
      }
      pair(y[i]);
    }
    out.append("\"/>\n");
  }

  @Override
  public void rectangle(Box box, @Nullable Ink fill, @Nullable Stroke edge) {
    look(shapeLook(fill, edge));
    out.append("<rect");
    place(box);
    out.append("/>\n");
  }

  @Override
  public void marker(
      Marker marker, double x, double y, double radius, @Nullable Ink fill, @Nullable Stroke edge) {
    look(shapeLook(fill, edge));
    if (marker == Marker.CIRCLE) {
      out.append("<circle");
      attribute("cx", x);
      attribute("cy", y);
      attribute("r", radius);
      out.append("/>\n");
      return;
    }
    out.append("<path d=\"M");
    for (int i = 0; i < marker.corners(); i++) {
      if (i == 0) {
        number(x + radius * marker.cornerX(0));
      } else {
        pair(x + radius * marker.cornerX(i));
      }
      pair(y + radius * marker.cornerY(i));
    }
    out.append("z\"/>\n");
  }

  @Override
  public void text(String text, double x, double y, TextStyle style) {
    Map<String, String> look = new LinkedHashMap<>();
    fill(look, style.ink());
    look.put("font-size", text(style.size()));
    if (style.bold()) {
      look.put("font-weight", "bold");
    }
    switch (style.anchor()) {
      case START -> {}
      case MIDDLE -> look.put("text-anchor", "middle");
      case END -> look.put("text-anchor", "end");
    }
    look(look);
    out.append("<text");
    attribute("x", x);
    attribute("y", y);
    if (style.degrees() != 0) {
      out.append(" transform=\"rotate(");
      number(style.degrees()).append(' ');
      number(x).append(' ');
      number(y).append(")\"");
    }
    out.append('>').append(escaped(text)).append("</text>\n");
  }

  @Override
  public void raster(Raster raster, Box box) {
    String image = image(raster, box);
    if (raster.smooth()) { // rectangles cannot flow into each other
      look(Map.of());
      out.append(image);
      return;
    }
    String rectangles = new SvgRectangles(raster).markup(box);
    look(Map.of());
    out.append(rectangles.length() < image.length() ? rectangles : image);
  }

  private static String image(Raster raster, Box box) {
    SvgCanvas canvas = new SvgCanvas();
    canvas.out.append("<image");
    canvas.place(box);
    canvas.out.append(" preserveAspectRatio=\"none\"");
    if (!raster.smooth()) {
      canvas.out.append(" style=\"image-rendering:pixelated\"");
    }
    canvas.out.append(" href=\"data:image/png;base64,");
    try {
      canvas.out.append(Base64.getEncoder().encodeToString(Png.encode(raster.toImage())));
    } catch (IOException e) {
      throw new UncheckedIOException("a PNG in memory cannot fail", e);
    }
    return canvas.out.append("\"/>\n").toString();
  }

  @Override
  public void clipped(Box box, Runnable drawing) {
    closeGroup();
    // An inner svg cuts off what leaves its box, and unlike a clipPath it needs no id.
    out.append("<svg");
    place(box);
    out.append(" viewBox=\"");
    number(box.x()).append(' ');
    number(box.y()).append(' ');
    number(box.width()).append(' ');
    number(box.height()).append("\">\n");
    drawing.run();
    closeGroup();
    out.append("</svg>\n");
  }

  private static Map<String, String> strokeLook(Stroke stroke) {
    Map<String, String> look = new LinkedHashMap<>();
    look.put("fill", "none");
    stroke(look, stroke);
    return look;
  }

  private static Map<String, String> shapeLook(@Nullable Ink fill, @Nullable Stroke edge) {
    Map<String, String> look = new LinkedHashMap<>();
    if (fill == null) {
      look.put("fill", "none");
    } else {
      fill(look, fill);
    }
    if (edge != null) {
      stroke(look, edge);
    }
    return look;
  }

  private static void fill(Map<String, String> look, Ink ink) {
    look.put("fill", colour(ink.rgb()));
    if (ink.opacity() < 1) {
      look.put("fill-opacity", text(ink.opacity()));
    }
  }

  private static void stroke(Map<String, String> look, Stroke stroke) {
    look.put("stroke", colour(stroke.ink().rgb()));
    if (stroke.ink().opacity() < 1) {
      look.put("stroke-opacity", text(stroke.ink().opacity()));
    }
    look.put("stroke-width", text(stroke.width()));
    look.put("stroke-linejoin", "round");
    if (stroke.dashed()) {
      look.put(
          "stroke-dasharray",
          text(Stroke.DASHES[0] * stroke.width()) + " " + text(Stroke.DASHES[1] * stroke.width()));
    }
  }

  /** Opens a group of this look, unless the open one has it already. */
  private void look(Map<String, String> attributes) {
    StringBuilder joined = new StringBuilder();
    attributes.forEach(
        (name, value) -> joined.append(' ').append(name).append("=\"").append(value).append('"'));
    String look = joined.toString();
    if (look.equals(openLook)) {
      return;
    }
    closeGroup();
    if (!look.isEmpty()) {
      out.append("<g").append(look).append(">\n");
    }
    openLook = look;
  }

  private void closeGroup() {
    if (!openLook.isEmpty()) {
      out.append("</g>\n");
    }
    openLook = "";
  }

  private void place(Box box) {
    attribute("x", box.x());
    attribute("y", box.y());
    attribute("width", box.width());
    attribute("height", box.height());
  }

  private void attribute(String name, double value) {
    out.append(' ').append(name).append("=\"");
    number(value).append('"');
  }

  /** Another number of a path; a minus sign separates as well as a space. */
  private void pair(double value) {
    String text = text(value);
    if (text.charAt(0) != '-') {
      out.append(' ');
    }
    out.append(text);
  }

  private StringBuilder number(double value) {
    return out.append(text(value));
  }

  /** A number with at most two decimals: a hundredth of a pixel cannot be seen. */
  static String text(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      return Long.toString(hundredths / 100);
    }
    long size = Math.abs(hundredths);
    String decimals = size % 10 == 0 ? "" + size % 100 / 10 : "" + size % 100 / 10 + size % 10;
    return (hundredths < 0 ? "-" : "") + size / 100 + "." + decimals;
  }

  /** A colour as #abc where that suffices, else as #aabbcc. */
  static String colour(int rgb) {
    String six = String.format(Locale.ROOT, "%06x", rgb & 0xFFFFFF);
    boolean pairs =
        six.charAt(0) == six.charAt(1)
            && six.charAt(2) == six.charAt(3)
            && six.charAt(4) == six.charAt(5);
    return pairs ? "#" + six.charAt(0) + six.charAt(2) + six.charAt(4) : "#" + six;
  }

  private static String escaped(String text) {
    return TextFit.oneLine(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
