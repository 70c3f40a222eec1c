package dev.glia.plot.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.data.Blobs;
import dev.glia.data.Dataset;
import dev.glia.data.DenseMatrix;
import dev.glia.data.Digits;
import dev.glia.data.NumberTarget;
import dev.glia.data.Split;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.plot.Figure;
import dev.glia.training.Cancellation;
import dev.glia.training.History;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which pictures there are depends on the data; what they look like is the figures' to test. */
class PicturesTest {

  private static Map<String, Figure> pictures(Dataset data, Recipe recipe) {
    Recipe shortened = recipe.withTraining(recipe.training().withEpochs(2).withLogEvery(1));
    Split split = shortened.split(data);
    History history = new History();
    Model model = new Experiment(shortened, split).train(new Cancellation(), history).model();
    return Pictures.ofTraining(model, split.train(), split.test(), history.epochs());
  }

  @Test
  void pointsOfAPlaneHaveTheArticlesPictures() {
    Dataset blobs = new Blobs(60, 3, 1, true, 0).generate();
    Map<String, Figure> pictures = pictures(blobs, Recipe.named("blobs"));
    assertThat(pictures.keySet()).containsExactly("training", "test");
    assertThat(pictures.get("training").title()).contains("Loss = ");
  }

  @Test
  void imagesHaveAGalleryAndAConfusionMatrix() {
    Dataset digits = new Digits(60, 0, true, 0).generate();
    Map<String, Figure> pictures = pictures(digits, Recipe.named("digits"));
    assertThat(pictures.keySet()).containsExactly("loss", "digits", "confusion");
  }

  @Test
  void numbersArePredictedAgainstRealOnes() {
    double[] values = {0, 1, 2, 3, 4, 5, 6, 7};
    Dataset line =
        new Dataset(
            "line",
            List.of("x"),
            new DenseMatrix(8, 1, values),
            new NumberTarget(values.clone(), "y"));
    Map<String, Figure> pictures = pictures(line, Recipe.forTarget(line.target()));
    assertThat(pictures.keySet()).containsExactly("loss", "predictions");
    Model model =
        new Experiment(Recipe.forTarget(line.target()), new Split(line, line)).untrained();
    assertThatThrownBy(() -> Pictures.confusion(model, line)).hasMessageContaining("needs classes");
  }
}
