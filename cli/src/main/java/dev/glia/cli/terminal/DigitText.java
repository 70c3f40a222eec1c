package dev.glia.cli.terminal;

import dev.glia.table.ImageSize;
import dev.glia.table.Matrix;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A grey image in characters, two rows of pixels a line. */
public final class DigitText {

  private static final String SHADES = " .:-=+*#%@";

  private DigitText() {}

  /** The image of one row of pixels from 0 to the greatest. */
  public static List<String> lines(Matrix pixels, int row, ImageSize size) {
    double greatest = 1e-9;
    for (int column = 0; column < pixels.columns(); column++) {
      greatest = Math.max(greatest, pixels.get(row, column));
    }
    boolean blocks = Charset.defaultCharset().equals(StandardCharsets.UTF_8) && stdoutIsUtf8();
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < size.height(); y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = 0; x < size.width(); x++) {
        double upper = pixels.get(row, y * size.width() + x) / greatest;
        double lower =
            y + 1 < size.height() ? pixels.get(row, (y + 1) * size.width() + x) / greatest : 0;
        line.append(blocks ? block(upper, lower) : shade((upper + lower) / 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static boolean stdoutIsUtf8() {
    return "UTF-8".equalsIgnoreCase(System.getProperty("stdout.encoding", "UTF-8"));
  }

  private static char block(double upper, double lower) {
    if (upper > 0.4) {
      return lower > 0.4 ? '█' : '▀';
    }
    return lower > 0.4 ? '▄' : ' ';
  }

  private static char shade(double value) {
    return SHADES.charAt((int) Math.min(SHADES.length() - 1, value * SHADES.length()));
  }
}
