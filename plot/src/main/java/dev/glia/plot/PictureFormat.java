package dev.glia.plot;

import dev.glia.plot.canvas.PngCanvas;
import dev.glia.plot.canvas.SvgCanvas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** A kind of picture file. */
public enum PictureFormat {
  /** Pixels, twice as many each way as the figure's size, for sharp text on any screen. */
  PNG {
    @Override
    public byte[] encode(Figure figure) throws IOException {
      return PngCanvas.draw(figure.width(), figure.height(), figure::draw);
    }
  },

  /** Scalable shapes with text as text; the same figure gives the same bytes. */
  SVG {
    @Override
    public byte[] encode(Figure figure) {
      return SvgCanvas.draw(figure.title(), figure.width(), figure.height(), figure::draw)
          .getBytes(StandardCharsets.UTF_8);
    }
  };

  /**
   * The bytes of the picture file.
   *
   * @throws IOException if this Java cannot draw, with a sentence that says what it lacks
   */
  public abstract byte[] encode(Figure figure) throws IOException;

  /**
   * The format that a file's name asks for.
   *
   * @throws IllegalArgumentException if it ends neither in {@code .png} nor in {@code .svg}
   */
  public static PictureFormat of(Path file) {
    Path name = file.getFileName();
    String text = name == null ? "" : name.toString();
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".png")) {
      return PNG;
    }
    if (lower.endsWith(".svg")) {
      return SVG;
    }
    throw new IllegalArgumentException(
        "A picture's name must end in .png or .svg, got \"" + file + "\".");
  }
}
