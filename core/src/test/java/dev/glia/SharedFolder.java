package dev.glia;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The files for tests that lie beside the repository: golden numbers and the real MNIST.
 *
 * <p>A clone without them skips the tests that need them and says so; in continuous integration
 * they must be there.
 */
public final class SharedFolder {

  private SharedFolder() {}

  /** A file of golden numbers, such as {@code networks.json}. */
  public static Path golden(String name) {
    return existing(Path.of("golden", name));
  }

  /** The folder of MNIST's four IDX files. */
  public static Path mnist() {
    return existing(Path.of("data", "mnist"));
  }

  private static Path existing(Path path) {
    Path found = Path.of(System.getProperty("glia.shared", "../shared")).resolve(path).normalize();
    if (!Files.exists(found)) {
      String message =
          found + " is not there: -Dglia.shared=DIR says where the shared folder lies.";
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      Assumptions.abort(message);
    }
    return found;
  }
}
