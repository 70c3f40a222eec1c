package dev.glia.plot;

import dev.glia.plot.canvas.Raster;

/** A grey image such as a digit: 0 is paper, 1 is ink. */
public final class GreyImage {

  private final int width;
  private final int height;
  private final float[] ink;

  private GreyImage(int width, int height, float[] ink) {
    this.width = width;
    this.height = height;
    this.ink = ink;
  }

  /**
   * An image from numbers of any range.
   *
   * @param pixels row by row from the top, {@code [height * width]}
   * @param paper the number that means paper, such as 0
   * @param full the number that means full ink, such as 1 or 255
   */
  public static GreyImage of(int width, int height, float[] pixels, float paper, float full) {
    requireSize(width, height, pixels.length);
    if (!(paper != full && Float.isFinite(full - paper))) {
      throw new IllegalArgumentException(
          "expected two numbers for paper and for full ink, got " + paper + " and " + full);
    }
    float[] ink = new float[pixels.length];
    for (int i = 0; i < ink.length; i++) {
      float share = (pixels[i] - paper) / (full - paper);
      ink[i] = Float.isNaN(share) ? 0 : Math.clamp(share, 0, 1);
    }
    return new GreyImage(width, height, ink);
  }

  /**
   * An image from bytes as in MNIST's files: 0 is paper, 255 full ink.
   *
   * @param pixels unsigned, row by row from the top, {@code [height * width]}
   */
  public static GreyImage ofBytes(int width, int height, byte[] pixels) {
    requireSize(width, height, pixels.length);
    float[] ink = new float[pixels.length];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = Byte.toUnsignedInt(pixels[i]) / 255f;
    }
    return new GreyImage(width, height, ink);
  }

  private static void requireSize(int width, int height, int pixels) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "expected an image of at least 1 x 1 pixels, got " + width + " x " + height);
    }
    Require.length("pixels", pixels, (long) width * height, width + " x " + height);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The image as dark ink on white paper. */
  Raster toRaster() {
    int[] rgb = new int[ink.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = 0x010101 * Math.round(255 * (1 - ink[i]));
    }
    return new Raster(width, height, rgb, false);
  }
}
