package dev.glia.table;

import java.util.List;
import java.util.stream.IntStream;

/** The size of grey images whose pixels are the features, row by row from the top left. */
public record ImageSize(int width, int height) {

  private static final String PIXEL = "pixel";

  /** Checks that both are positive and their product is an int. */
  public ImageSize {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "An image needs a width and a height of at least 1, got " + width + " x " + height + ".");
    }
    if ((long) width * height > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "An image has at most 2147483647 pixels, got " + width + " x " + height + ".");
    }
  }

  /** The number of pixels of one image. */
  public int pixels() {
    return width * height;
  }

  /** The pixels' names as features, {@code pixel1} and on, as in OpenML's {@code mnist_784}. */
  public List<String> pixelNames() {
    return IntStream.rangeClosed(1, pixels()).mapToObj(i -> PIXEL + i).toList();
  }

  /** Which pixel has a name, counted from 0; -1 if none has. */
  public int pixelNamed(String name) {
    if (!name.startsWith(PIXEL) || !name.substring(PIXEL.length()).matches("[1-9][0-9]{0,9}")) {
      return -1;
    }
    long number = Long.parseLong(name.substring(PIXEL.length()));
    return number <= pixels() ? (int) number - 1 : -1;
  }
}
