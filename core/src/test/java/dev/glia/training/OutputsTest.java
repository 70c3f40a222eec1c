package dev.glia.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.compute.Compute;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Layer;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.preprocessing.Scaler;
import dev.glia.random.RandomState;
import dev.glia.source.Digits;
import dev.glia.source.Moons;
import dev.glia.table.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputsTest {

  @ParameterizedTest
  @CsvSource({
    "digits, 300, '16:relu,10:softmax', 10, 1",
    "digits, 130, '130:relu,10:sigmoid', 10, 3",
    "moons, 257, '3:tanh,1:sigmoid', 1, 2",
    "moons, 2, '1:sigmoid', 1, 4"
  })
  void areThoseOfPlainRows(String name, int rows, String layers, int outputs, int threads) {
    Table data =
        name.equals("digits")
            ? new Digits(rows, 0, true, 1).generate()
            : new Moons(rows, 0.1, true, 1).generate();
    Scaler scaler = Scaler.minMax(data.features());
    Network network =
        Network.initialize(
            new Architecture(data.features().columns(), Layer.parseAll(layers)),
            new Initializer.He(),
            new RandomState(3));
    Examples examples = Examples.of(scaler.apply(data.features()), data.target(), outputs);
    assertThat(Outputs.of(network, examples, Compute.onThreads(threads)))
        .isEqualTo(network.predict(scaler.apply(data.features())));
  }

  @Test
  void otherExamplesAreRefused() {
    Table data = new Moons(4, 0, true, 0).generate();
    Network network =
        Network.initialize(
            new Architecture(3, Layer.parseAll("2:softmax")),
            new Initializer.He(),
            new RandomState(0));
    Examples examples = Examples.of(data.features(), data.target(), 2);
    assertThatThrownBy(() -> Outputs.of(network, examples, Compute.all()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
