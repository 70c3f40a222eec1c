package dev.glia.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.activation.LeakyRelu;
import dev.glia.activation.Relu;
import org.junit.jupiter.api.Test;

class FullyConnectedTest {

  private static FullyConnected articles() {
    return new FullyConnected(
        new float[][] {{0.5f, 0.1f, -0.1f}, {1f, -0.5f, 0.1f}},
        new float[] {1f, -1f, 0f},
        new LeakyRelu(0.05));
  }

  /** The second article's worked example. Each sum has three roundings of numbers up to 5. */
  @Test
  void givesTheSecondArticlesWorkedExample() {
    FullyConnected.Output output = articles().forward(5, 2);
    assertThat(output.z()).containsExactly(new float[] {5.5f, -1.5f, -0.3f}, within(1e-6f));
    assertThat(output.a()).containsExactly(new float[] {5.5f, -0.075f, -0.015f}, within(1e-7f));
  }

  @Test
  void hasSizesAndCopiesOfItsNumbers() {
    float[][] weights = {{1, 2}};
    float[] biases = {3, 4};
    FullyConnected layer = new FullyConnected(weights, biases, new Relu());
    weights[0][0] = 9;
    biases[0] = 9;
    layer.weights()[0][1] = 9;
    layer.biases()[1] = 9;
    assertThat(layer.inputs()).isEqualTo(1);
    assertThat(layer.units()).isEqualTo(2);
    assertThat(layer.weights()).isDeepEqualTo(new float[][] {{1, 2}});
    assertThat(layer.biases()).containsExactly(3, 4);
    assertThat(layer.activation()).isEqualTo(new Relu());
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatThrownBy(() -> articles().forward(5, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The layer has 2 inputs, got 3 values.");
  }

  @Test
  void refusesShapesThatDoNotFit() {
    Relu relu = new Relu();
    assertThatThrownBy(() -> new FullyConnected(new float[][] {{1, 2}, {1}}, new float[2], relu))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The layer has 2 biases, so each row of its weights needs 2 columns; row 1 has 1.");
    assertThatThrownBy(() -> new FullyConnected(new float[0][], new float[2], relu))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 input and 1 unit");
    assertThatThrownBy(() -> new FullyConnected(new float[1][0], new float[0], relu))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 input and 1 unit");
  }
}
