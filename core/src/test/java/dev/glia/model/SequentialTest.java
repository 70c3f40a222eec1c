package dev.glia.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.activation.Identity;
import dev.glia.activation.Relu;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.model.Safetensors.Tensor;
import dev.glia.preprocessing.Preprocessing;
import dev.glia.preprocessing.Scaler;
import dev.glia.table.InvalidDataException;
import dev.glia.task.Regression;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of PyTorch's {@code nn.Sequential(Linear(2, 3), ReLU(), Dropout(), Linear(3, 1))}. */
class SequentialTest {

  private static final Layer[] LAYERS = {new Dense(3, new Relu()), new Dense(1, new Identity())};

  @TempDir Path folder;

  private static Tensor tensor(List<Integer> shape, float... numbers) {
    return new Tensor(shape, at -> numbers[at]);
  }

  private static Map<String, Tensor> tensors(String prefix) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(prefix + "3.bias", tensor(List.of(1), 0.5f));
    tensors.put(prefix + "3.weight", tensor(List.of(1, 3), 1, -2, 4)); // in another order
    tensors.put(prefix + "0.bias", tensor(List.of(3), 0, 1, -1));
    tensors.put(prefix + "0.weight", tensor(List.of(3, 2), 1, 2, 3, 4, 5, -6));
    return tensors;
  }

  private Model read(Map<String, Tensor> tensors, Layer... layers) throws IOException {
    Path file = folder.resolve("net.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      new Safetensors(Map.of("format", "pt"), tensors).write(out);
    }
    Preprocessing numbers = Preprocessing.of(List.of("a", "b"), Scaler.none(2));
    return Model.ofSequential(file, numbers, new Regression("y"), layers);
  }

  @Test
  void givesWhatPyTorchGives() throws IOException {
    for (String prefix : List.of("", "net.")) {
      Model model = read(tensors(prefix), LAYERS);
      // sums 1*2+2*1, 3*2+4*1+1, 5*2-6*1-1 = 4, 11, 3; then 4 - 22 + 12 + 0.5
      assertThat(model.predict(Map.of("a", 2, "b", 1)).value()).isEqualTo(-5.5);
      // sums -2, -6, -13+... are 0 behind relu but the last: 5*-1-6*-1-1 = 0
      assertThat(model.predict(-1, -1).value()).isEqualTo(0.5);
      model.save(folder.resolve("again.safetensors"));
      assertThat(Model.load(folder.resolve("again.safetensors")).outputs(2, 1))
          .isEqualTo(model.outputs(2, 1));
    }
  }

  @Test
  void aLinearLayerMayHaveNoBias() throws IOException {
    Map<String, Tensor> tensors = tensors("");
    tensors.remove("0.bias");
    assertThat(read(tensors, LAYERS).predict(2, 1).value()).isEqualTo(4 - 20 + 16 + 0.5);
  }

  @Test
  void refusesTensorsOfOtherLayers() {
    assertThatThrownBy(() -> read(tensors(""), new Dense(1, new Identity())))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("1 linear layers were expected, it has 2: 0, 3");
    assertThatThrownBy(
            () -> read(tensors(""), new Dense(4, new Relu()), new Dense(1, new Identity())))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("Expected a tensor 0.weight of shape [4, 2], got [3, 2]");
    Map<String, Tensor> more = tensors("");
    more.put("1.running_mean", tensor(List.of(3), 0, 0, 0));
    assertThatThrownBy(() -> read(more, LAYERS))
        .hasMessageContaining("It has more tensors: 1.running_mean");
  }
}
