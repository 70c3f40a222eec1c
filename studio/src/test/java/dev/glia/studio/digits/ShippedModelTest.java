package dev.glia.studio.digits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.image.DataCache;
import dev.glia.image.Mnist;
import dev.glia.layer.Layer;
import dev.glia.metric.Scores;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.optimizer.Optimizer;
import dev.glia.source.Digits;
import dev.glia.studio.SharedFolder;
import dev.glia.table.Table;
import dev.glia.training.Batching;
import dev.glia.training.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The model that is shipped is the one that its command gives, and it reads what people write. */
class ShippedModelTest {

  private static byte[] shipped() throws IOException {
    try (InputStream in = DrawingModels.class.getResourceAsStream("digits.safetensors")) {
      assertThat(in).isNotNull();
      return in.readAllBytes();
    }
  }

  /** The options are those that the Javadoc of {@link DrawingModels} tells users. */
  @Test
  void theCommandGivesItBitForBit() throws IOException {
    Recipe digits = Recipe.named("digits");
    Recipe recipe =
        digits
            .withHidden(Layer.parseAll("112:relu,48:relu"))
            .withTraining(
                digits
                    .training()
                    .withEpochs(8)
                    .withBatching(new Batching(64, false))
                    .withOptimizer(Optimizer.parse("adamw(0.1)"))
                    .withLearningRate(0.002)
                    .withLogEvery(8)); // fewer evaluations change nothing but the time
    Digits standard = Digits.standard();
    Table data =
        new Digits(50_000, standard.noise(), standard.shuffle(), standard.seed()).generate();
    Model model = new Experiment(recipe, recipe.split(data)).train(new Cancellation()).model();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.write(out);
    assertThat(out.toByteArray()).isEqualTo(shipped()).hasSizeLessThan(450_000);
  }

  @Test
  void itReadsDigitsThatPeopleWrote() throws IOException {
    Path data = SharedFolder.withMnist();
    Model model = Model.read("digits.safetensors", shipped());
    Table mnist = new DataCache(data).load(Mnist.images(), (file, done, total) -> {});
    Scores scores = model.evaluate(Recipe.named("mnist").split(mnist).test());
    assertThat(scores.accuracy()).isGreaterThan(0.89);
  }
}
