package dev.glia.cli.option;

import dev.glia.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** Which model. */
public final class ModelArgument {

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A model file that glia train wrote, such as runs/moons/model.safetensors.")
  private Path file;

  public Model load() throws IOException {
    return Model.load(file);
  }
}
