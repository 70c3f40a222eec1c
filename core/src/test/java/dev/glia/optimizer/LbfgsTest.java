package dev.glia.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.compute.Compute;
import dev.glia.compute.KernelChoice;
import dev.glia.initializer.Initializer;
import dev.glia.internal.json.Json;
import dev.glia.layer.Layer;
import dev.glia.loss.BinaryCrossEntropy;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.random.RandomState;
import dev.glia.source.Moons;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Table;
import dev.glia.training.Batching;
import dev.glia.training.Checkpoint;
import dev.glia.training.Examples;
import dev.glia.training.History;
import dev.glia.training.Trainer;
import dev.glia.training.Training;
import dev.glia.training.TrainingEvent;
import dev.glia.training.TrainingOptions;
import dev.glia.training.TrainingResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** L-BFGS finds the least that PyTorch's finds (see {@code src/test/golden/lbfgs.py}). */
class LbfgsTest {

  private static TrainingOptions options() {
    return TrainingOptions.defaults()
        .withLoss(new BinaryCrossEntropy())
        .withOptimizer(new Lbfgs())
        .withLearningRate(1)
        .withBatching(Batching.full());
  }

  private static Network network(int inputs, String layers) {
    Architecture architecture = new Architecture(inputs, Layer.parseAll(layers));
    return Network.initialize(architecture, new Initializer.He(), new RandomState(0));
  }

  private static double number(Object json) {
    return ((Number) json).doubleValue();
  }

  @Test
  void aConvexLossIsAtItsLeastInAFewSteps() throws IOException {
    Map<?, ?> golden;
    try (InputStream in = LbfgsTest.class.getResourceAsStream("/dev/glia/lbfgs.json")) {
      golden = (Map<?, ?>) Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    List<?> rows = (List<?>) golden.get("x");
    double[] x = new double[rows.size() * 3];
    float[] y = new float[rows.size()];
    for (int row = 0; row < y.length; row++) {
      for (int i = 0; i < 3; i++) {
        x[3 * row + i] = number(((List<?>) rows.get(row)).get(i));
      }
      y[row] = (float) number(((List<?>) golden.get("y")).get(row));
    }
    Examples examples = Examples.ofNumbers(new DenseMatrix(y.length, 3, x), y, 1);
    TrainingOptions options = options().withL2(number(golden.get("l2"))).withEpochs(30);
    TrainingResult result =
        new Trainer(options).fit(network(3, "1:sigmoid"), examples, null, new RandomState(0));
    assertThat(result.train().loss()).isCloseTo(number(golden.get("loss")), within(1e-5));
    float[] weights = result.network().array(0, "weight");
    for (int i = 0; i < 3; i++) {
      double expected = number(((List<?>) ((List<?>) golden.get("weight"))).get(i));
      assertThat((double) weights[i]).isCloseTo(expected, within(1e-3));
    }
  }

  private static Examples moons(int rows) {
    Table moons = new Moons(rows, 0.2, true, 0).generate();
    return Examples.of(moons.features(), moons.target(), 1);
  }

  /** Every step goes down, and after sixty the second article's points are nearly apart. */
  @Test
  void itTrainsANetwork() {
    History history = new History();
    new Trainer(options().withEpochs(60), history)
        .fit(network(2, "16:tanh,16:tanh,1:sigmoid"), moons(200), null, new RandomState(0));
    double before = Double.POSITIVE_INFINITY;
    for (TrainingEvent.EpochFinished epoch : history.epochs()) {
      assertThat(epoch.train().loss()).isLessThanOrEqualTo(before + 1e-6);
      before = epoch.train().loss();
    }
    assertThat(before).isLessThan(0.06);
  }

  @ParameterizedTest
  @ValueSource(strings = {"16:tanh,16:tanh,1:sigmoid", "100:relu,dropout(0.2),50:tanh,1:sigmoid"})
  void theBitsAreTheSameHoweverItIsComputed(String layers) {
    List<float[]> all = new ArrayList<>();
    TrainingOptions options = options().withEpochs(12).withL1(1e-4).withMaxNorm(3);
    for (Compute compute :
        List.of(
            new Compute(1, KernelChoice.SCALAR),
            new Compute(1, KernelChoice.VECTOR),
            new Compute(3, KernelChoice.VECTOR))) {
      TrainingResult result =
          new Trainer(options, compute)
              .fit(network(2, layers), moons(900), null, new RandomState(0));
      all.add(result.network().parameters());
    }
    Training training =
        Training.begin(
            options, Compute.all(), network(2, layers), moons(900), null, new RandomState(0));
    while (!training.done()) {
      training.update();
      Checkpoint checkpoint = training.checkpoint();
      training.close();
      training =
          Training.resume(
              options, Compute.all(), checkpoint.architecture(), moons(900), null, checkpoint);
    }
    all.add(training.network().parameters());
    training.close();
    for (float[] parameters : all) {
      assertThat(parameters).isEqualTo(all.getFirst());
    }
  }

  @Test
  void whatItCannotWorkWithIsRefused() {
    Network network = network(2, "1:sigmoid");
    assertThatThrownBy(() ->
            new Trainer(options().withBatchSize(50))
                .fit(network, moons(200), null, new RandomState(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lbfgs looks at all rows at once: take them in one batch (full) instead of 4.");
    assertThatThrownBy(() ->
            new Trainer(options().withClipNorm(1))
                .fit(network, moons(200), null, new RandomState(0)))
        .hasMessage("lbfgs needs the gradients as they are: leave out clipping.");
    assertThatThrownBy(() -> Optimizer.parse("lbfgs(0)"))
        .hasMessage("lbfgs' history must be from 1 to 100 steps, got 0.");
  }
}
