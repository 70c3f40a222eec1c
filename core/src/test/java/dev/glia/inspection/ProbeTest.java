package dev.glia.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.compute.KernelChoice;
import dev.glia.initializer.Initializer;
import dev.glia.layer.Layer;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.optimizer.Sgd;
import dev.glia.random.RandomState;
import dev.glia.source.Blobs;
import dev.glia.table.Table;
import dev.glia.training.Batching;
import dev.glia.training.Examples;
import dev.glia.training.Trainer;
import dev.glia.training.TrainingOptions;
import org.junit.jupiter.api.Test;

class ProbeTest {

  private static final Table DATA = new Blobs(60, 3, 1, true, 0).generate();
  private static final Examples EXAMPLES = Examples.of(DATA.features(), DATA.target(), 3);
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withOptimizer(new Sgd())
          .withLearningRate(1)
          .withBatching(Batching.full())
          .withEpochs(1);

  private static Network network(int inputs) {
    return Network.initialize(
        new Architecture(inputs, Layer.parseAll("20:tanh,5:relu,3:softmax")),
        new Initializer.He(),
        new RandomState(3));
  }

  /** A step of gradient descent with a rate of 1 takes the gradient off the weights. */
  @Test
  void itsGradientsAreThoseOfAnUpdate() {
    Network before = network(2);
    Network after = new Trainer(OPTIONS).fit(before, EXAMPLES, null, new RandomState(0)).network();
    Probe probe = Probe.of(before, OPTIONS.loss(), EXAMPLES, KernelChoice.AUTO);
    for (int layer = 0; layer < 3; layer++) {
      float[][] old = before.layer(layer).weights();
      float[][] changed = after.layer(layer).weights();
      float[] gradients = probe.weightGradients(layer);
      int units = old[0].length;
      assertThat(gradients).hasSize(old.length * units);
      for (int i = 0; i < gradients.length; i++) {
        float weight = old[i / units][i % units];
        // The same operation in the same precision: the same bits.
        assertThat(changed[i / units][i % units]).isEqualTo(weight - gradients[i]);
      }
    }
  }

  @Test
  void itsActivationsEndInThePrediction() {
    Network network = network(2);
    Probe probe = Probe.of(network, OPTIONS.loss(), EXAMPLES, KernelChoice.SCALAR);
    float[] outputs = network.predict(DATA.features());
    assertThat(probe.rows()).isEqualTo(60);
    for (int row = 0; row < 60; row++) {
      assertThat(probe.activations(0, row)).hasSize(20);
      for (int unit = 0; unit < 3; unit++) {
        assertThat(probe.activations(2, row)[unit]).isCloseTo(outputs[3 * row + unit], within(0f));
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Probe.of(network(4), OPTIONS.loss(), EXAMPLES, KernelChoice.AUTO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The network has 4 inputs, the data has 2 features.");
  }
}
