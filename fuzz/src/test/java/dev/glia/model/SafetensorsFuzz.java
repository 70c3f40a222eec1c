package dev.glia.model;

import dev.glia.fuzz.Reading;
import dev.glia.fuzz.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The file around a model: bytes and file give the same, and it is written and read back so. */
public final class SafetensorsFuzz {

  private SafetensorsFuzz() {}

  /** An input is the file. */
  public static void fuzzerTestOneInput(byte[] input) {
    Path file = Scratch.file("model.safetensors", input);
    Optional<Safetensors> ofBytes =
        Reading.of(input.length, () -> Safetensors.read(file.toString(), input));
    Optional<Safetensors> ofFile = Reading.of(input.length, () -> Safetensors.read(file));
    Reading.checkSame(
        "The file", ofBytes.map(SafetensorsFuzz::all), ofFile.map(SafetensorsFuzz::all));
    ofBytes.ifPresent(content -> {
      Reading.of(input.length, () -> ModelFile.read("model.safetensors", input));
      Safetensors again = Reading.again(() -> Safetensors.read("again", bytes(content)));
      Reading.checkSame("The file", all(content), all(again));
    });
  }

  static byte[] bytes(Safetensors content) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      content.write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that it holds, as something that can be compared. */
  private static Map<String, Object> all(Safetensors content) {
    Map<String, Object> all =
        content.tensors().entrySet().stream()
            .collect(
                Collectors.toMap(
                    tensor -> "tensor " + tensor.getKey(),
                    tensor ->
                        tensor.getValue().shape() + Arrays.toString(bytes(tensor.getValue()))));
    content.metadata().forEach((key, text) -> all.put("metadata " + key, text));
    return all;
  }

  /** The numbers of a tensor as they stand in a file. */
  static byte[] bytes(Safetensors.Tensor tensor) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      tensor.forEachSlice((bytes, length) -> out.write(bytes, 0, length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
