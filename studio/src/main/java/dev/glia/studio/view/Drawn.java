package dev.glia.studio.view;

import dev.glia.network.Architecture;

/** How much is computed to draw a network. */
public final class Drawn {

  private Drawn() {}

  /**
   * The floats that the largest parts of a frame have at a time.
   *
   * @param plane whether there is a plane to draw the network over
   */
  public static long floats(Architecture architecture, boolean plane) {
    long points = (long) Units.SIZE * Units.SIZE;
    long row = 0; // sums and activations
    for (int layer = 0; layer < architecture.depth(); layer++) {
      row += 2L * architecture.strideOf(layer);
    }
    return plane ? points * row + (long) Field.SIZE * Field.SIZE * architecture.outputs() : row;
  }
}
