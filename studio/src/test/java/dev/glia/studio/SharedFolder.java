package dev.glia.studio;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder with data that is shared among checkouts. */
public final class SharedFolder {

  private SharedFolder() {}

  /**
   * The data folder with the real MNIST in it; without, the test fails where CI=true and is skipped
   * elsewhere.
   */
  public static Path withMnist() {
    Path data = Path.of(System.getProperty("glia.shared", "../shared"), "data");
    if (!Files.exists(data.resolve("mnist"))) {
      throw Missing.end(data + " lacks MNIST: -Dglia.shared=DIR says where it lies.");
    }
    return data;
  }
}
