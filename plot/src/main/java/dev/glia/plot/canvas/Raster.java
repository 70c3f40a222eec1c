package dev.glia.plot.canvas;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/** A small picture made of pixels, to be stretched over a box. */
public final class Raster {

  private final int width;
  private final int height;
  private final int[] rgb;
  private final boolean smooth;

  /**
   * Creates a raster.
   *
   * @param rgb colours as {@code 0xRRGGBB}, row by row from the top, {@code [height * width]}
   * @param smooth whether colours flow into each other when the raster is stretched
   */
  public Raster(int width, int height, int[] rgb, boolean smooth) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "expected a raster of at least 1 x 1 pixels, got " + width + " x " + height);
    }
    long pixels = (long) width * height;
    if (rgb.length != pixels) {
      throw new IllegalArgumentException(
          "expected " + pixels + " pixels (" + width + " x " + height + "), got " + rgb.length);
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb.clone();
    this.smooth = smooth;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  boolean smooth() {
    return smooth;
  }

  /** The colour of a pixel as {@code 0xRRGGBB}, row 0 at the top. */
  public int rgb(int column, int row) {
    return rgb[row * width + column] & 0xFFFFFF;
  }

  /** The same pixels in the form that takes the fewest bytes as PNG: grey, indexed or true. */
  BufferedImage toImage() {
    int[] colours = Arrays.stream(rgb).map(pixel -> pixel & 0xFFFFFF).sorted().distinct().toArray();
    if (colours.length <= 16) {
      return indexed(colours);
    }
    if (Arrays.stream(colours).allMatch(Raster::isGrey)) {
      return grey();
    }
    return colours.length <= 256 ? indexed(colours) : trueColour();
  }

  private static boolean isGrey(int colour) {
    return (colour & 0xFF) == ((colour >> 8) & 0xFF) && (colour & 0xFF) == (colour >> 16);
  }

  private BufferedImage indexed(int[] colours) {
    int bits = colours.length <= 2 ? 1 : colours.length <= 4 ? 2 : colours.length <= 16 ? 4 : 8;
    byte[] red = new byte[colours.length];
    byte[] green = new byte[colours.length];
    byte[] blue = new byte[colours.length];
    for (int i = 0; i < colours.length; i++) {
      red[i] = (byte) (colours[i] >> 16);
      green[i] = (byte) (colours[i] >> 8);
      blue[i] = (byte) colours[i];
    }
    IndexColorModel model = new IndexColorModel(bits, colours.length, red, green, blue);
    int type = bits < 8 ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_INDEXED;
    BufferedImage image = new BufferedImage(width, height, type, model);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int index = Arrays.binarySearch(colours, rgb(column, row));
        image.getRaster().setSample(column, row, 0, index);
      }
    }
    return image;
  }

  private BufferedImage grey() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        // Not setRGB: it would apply the grey colour space's gamma.
        image.getRaster().setSample(column, row, 0, rgb(column, row) & 0xFF);
      }
    }
    return image;
  }

  private BufferedImage trueColour() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, rgb, 0, width);
    return image;
  }
}
