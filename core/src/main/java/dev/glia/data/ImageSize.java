package dev.glia.data;

/** The size of grey images whose pixels are the features, row by row from the top left. */
public record ImageSize(int width, int height) {

  /** Checks that both are positive. */
  public ImageSize {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "An image needs a width and a height of at least 1, got " + width + " x " + height + ".");
    }
  }
}
