package dev.glia.plot.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.data.Blobs;
import dev.glia.data.Digits;
import dev.glia.data.Numbers;
import dev.glia.data.Parts;
import dev.glia.data.Table;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.model.Trained;
import dev.glia.plot.Figure;
import dev.glia.training.Cancellation;
import dev.glia.training.History;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which pictures there are depends on the data; what they look like is the figures' to test. */
class PicturesTest {

  private static Map<String, Figure> pictures(Table data, Recipe recipe) {
    Recipe shortened = recipe.withTraining(recipe.training().withEpochs(2).withLogEvery(1));
    return pictures(shortened.split(data), shortened);
  }

  private static Map<String, Figure> pictures(Parts parts, Recipe recipe) {
    History history = new History();
    Trained trained = new Experiment(recipe, parts).train(new Cancellation(), history);
    return Pictures.ofTraining(trained, parts, history.epochs());
  }

  @Test
  void pointsOfAPlaneHaveTheArticlesPictures() {
    Table blobs = new Blobs(60, 3, 1, true, 0).generate();
    Map<String, Figure> pictures = pictures(blobs, Recipe.named("blobs"));
    assertThat(pictures.keySet()).containsExactly("training", "test");
    assertThat(pictures.get("training").title()).contains("Loss = ");
  }

  @Test
  void imagesHaveAGalleryAndAConfusionMatrix() {
    Table digits = new Digits(60, 0, true, 0).generate();
    Map<String, Figure> pictures = pictures(digits, Recipe.named("digits"));
    assertThat(pictures.keySet()).containsExactly("loss", "digits", "confusion");
  }

  @Test
  void numbersArePredictedAgainstRealOnes() {
    double[] values = {0, 1, 2, 3, 4, 5, 6, 7};
    Table line =
        new Table(
            "line", List.of(new Numbers("x", values), new Numbers("y", values)), List.of("y"));
    Map<String, Figure> pictures = pictures(line, Recipe.predict());
    assertThat(pictures.keySet()).containsExactly("loss", "predictions");
    Model model = new Experiment(Recipe.predict(), Parts.all(line)).untrained();
    assertThatThrownBy(() -> Pictures.confusion(model, line)).hasMessageContaining("needs classes");
  }
}
