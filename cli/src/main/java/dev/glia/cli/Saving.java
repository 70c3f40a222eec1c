package dev.glia.cli;

import java.io.IOException;
import java.io.PrintWriter;

/** Writes the files of a run: one that can't be written is said and keeps no other from it. */
final class Saving {

  /** Writes one of the files. */
  @FunctionalInterface
  interface Save {
    void run() throws IOException;
  }

  private final PrintWriter err;
  private int status;

  Saving(PrintWriter err) {
    this.err = err;
  }

  /** Whether it could be written. */
  boolean save(Save save) {
    try {
      save.run();
      return true;
    } catch (IOException e) {
      status = Failures.say(err, e);
      return false;
    }
  }

  /** The command's exit status: 0 if all could be written. */
  int status() {
    return status;
  }
}
