package dev.glia.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glia.fuzz.Reading;
import dev.glia.internal.json.Json;
import dev.glia.model.Safetensors.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model file says of its model, under a seal that fits: the model is written and read back
 * bit for bit, and predicts.
 */
public final class ModelFileFuzz {

  private static final int MOST_NUMBERS = 10_000; // of all tensors

  private ModelFileFuzz() {}

  /**
   * An input is a text: a line for each tensor, such as {@code 0.weight 3 2}, an empty line, a line
   * of bytes that its numbers are made of, and the description in JSON.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = new String(input, ISO_8859_1).split("\n\n", 2);
    String[] rest = parts.length < 2 ? new String[0] : parts[1].split("\n", 2);
    if (rest.length < 2) {
      return;
    }
    Map<String, Tensor> tensors = tensors(parts[0], rest[0].getBytes(ISO_8859_1));
    String description = new String(rest[1].getBytes(ISO_8859_1), UTF_8);
    Map<String, String> metadata = Map.of("glia", sealed(description, tensors));
    byte[] file = SafetensorsFuzz.bytes(new Safetensors(metadata, tensors));
    Reading.of(file.length, () -> Model.read("model.safetensors", file))
        .ifPresent(model -> check(model, tensors));
  }

  private static Map<String, Tensor> tensors(String lines, byte[] bytes) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int left = MOST_NUMBERS;
    for (String line : lines.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      List<Integer> shape = new ArrayList<>();
      long count = 1;
      for (int i = 1; i < words.length; i++) {
        int dimension = words[i].matches("[0-9]{1,4}") ? Integer.parseInt(words[i]) : 1;
        shape.add(dimension);
        count = Math.min(count * dimension, MOST_NUMBERS + 1L); // which is too many
      }
      if (count > left || words[0].equals("__metadata__")) {
        break;
      }
      left -= (int) count;
      float[] values = new float[(int) count];
      for (int i = 0; bytes.length > 0 && i < values.length; i++) {
        int bits = 0;
        for (int b = 0; b < 4; b++) {
          bits = (bits << 8) | (bytes[(4 * i + b) % bytes.length] & 0xFF);
        }
        values[i] = Float.intBitsToFloat(bits);
      }
      tensors.put(words[0], new Tensor(List.copyOf(shape), at -> values[at]));
    }
    return tensors;
  }

  /** The description with the hash that it must have; as it is where it can have none. */
  private static String sealed(String description, Map<String, Tensor> tensors) {
    Optional<Map<?, ?>> read =
        Reading.of(
            description.length(),
            () -> Json.read(description) instanceof Map<?, ?> map ? map : Map.of());
    Map<Object, Object> sealed = new LinkedHashMap<>(read.orElse(Map.of()));
    if (sealed.isEmpty()) {
      return description;
    }
    sealed.remove("sha256");
    sealed.put("sha256", ModelFile.hash(sealed, tensors));
    return Json.write(sealed);
  }

  private static void check(Model model, Map<String, Tensor> tensors) {
    byte[] written = bytes(model);
    Model again = Reading.again(() -> Model.read("again.safetensors", written));
    if (!Arrays.equals(written, bytes(again))) {
      throw new AssertionError("A model was written and read, and is another one.");
    }
    Safetensors content = Reading.again(() -> Safetensors.read("again", written));
    tensors.forEach((name, tensor) -> {
      if (!Arrays.equals(
          SafetensorsFuzz.bytes(tensor), SafetensorsFuzz.bytes(content.tensors().get(name)))) {
        throw new AssertionError("The tensor " + name + " came back with other numbers.");
      }
    });
    model.outputs(new double[model.featureNames().size()]);
    model.predict(new double[model.featureNames().size()]);
  }

  private static byte[] bytes(Model model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      model.write(out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }
}
