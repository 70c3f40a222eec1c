package dev.glia.examples;

import dev.glia.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The files for tests that lie beside the repository: golden numbers and the real MNIST.
 *
 * <p>A clone without them skips the tests that need them and says so; in continuous integration
 * they must be there.
 */
final class SharedFolder {

  private SharedFolder() {}

  /** A file of golden numbers, such as {@code article1.json}. */
  static Map<?, ?> golden(String name) throws IOException {
    return (Map<?, ?>) Json.read(Files.readString(existing(Path.of("golden", name))));
  }

  /** A JSON array of numbers. */
  static double[] numbers(Object json) {
    return ((List<?>) json).stream().mapToDouble(item -> ((Number) item).doubleValue()).toArray();
  }

  /** The folder that holds the folder mnist. */
  static Path data() {
    return existing(Path.of("data", "mnist")).getParent();
  }

  private static Path existing(Path path) {
    Path found =
        Path.of(System.getProperty("glia.shared", "../../shared"))
            .resolve(path)
            .toAbsolutePath()
            .normalize();
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
