package dev.glia.studio.view;

/** A part of a frame is given up: nobody waits for it so long, or for its frame any more. */
final class TakesTooLong extends RuntimeException {

  private static final long serialVersionUID = 1;

  TakesTooLong() {
    super("This part of a frame is given up.", null, false, false); // expected, and soon caught
  }
}
