package dev.glia.plot;

import dev.glia.internal.io.WholeFile;
import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import java.io.IOException;
import java.nio.file.Path;

/** A picture that can be drawn in any box and written to a file. */
public interface Figure {

  /** Says in a few words what the picture shows; never empty, for readers who cannot see it. */
  String title();

  /** The width at which the figure looks best, in pixels. */
  double width();

  /** The height at which the figure looks best, in pixels. */
  double height();

  /** Draws the whole figure inside {@code box}. */
  void draw(Canvas canvas, Box box);

  /**
   * Writes the figure as PNG or SVG, as the name's ending says.
   *
   * <p>The file appears complete or not at all; parent folders are created.
   *
   * @throws IllegalArgumentException if the name ends neither in {@code .png} nor in {@code .svg}
   * @throws IOException if the file cannot be written, with a sentence that says why
   */
  default void write(Path file) throws IOException {
    byte[] picture = PictureFormat.of(file).encode(this);
    WholeFile.write(file, out -> out.write(picture));
  }
}
