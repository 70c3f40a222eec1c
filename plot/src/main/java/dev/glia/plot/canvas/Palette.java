package dev.glia.plot.canvas;

/**
 * The colour and the shape of each class.
 *
 * <p>The colours are those of Okabe and Ito, which readers with any colour vision can tell apart:
 * <a href="https://jfly.uni-koeln.de/color/">jfly.uni-koeln.de/color</a>. The shapes differ too, so
 * 64 classes have 64 different looks.
 */
public final class Palette {

  private static final Ink[] INKS = {
    new Ink(0x0072B2), // blue
    new Ink(0xE69F00), // orange
    new Ink(0x009E73), // bluish green
    new Ink(0xCC79A7), // reddish purple
    new Ink(0x56B4E9), // sky blue
    new Ink(0xD55E00), // vermillion
    new Ink(0xF0E442), // yellow
    new Ink(0x444444), // black, a little lighter so that tints of it differ from shadows
  };

  /** What marks an error, beside its shape. */
  public static final Ink WRONG = new Ink(0xB03000);

  private Palette() {}

  /** The colour of class {@code index}. */
  public static Ink ink(int index) {
    return INKS[index % INKS.length];
  }

  /** The shape of class {@code index}. */
  public static Marker marker(int index) {
    Marker[] markers = Marker.values();
    // The second eight classes repeat the colours, so their shapes move on by one.
    return markers[(index + index / INKS.length) % markers.length];
  }
}
