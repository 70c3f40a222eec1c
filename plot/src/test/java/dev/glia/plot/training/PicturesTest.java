package dev.glia.plot.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.model.Trained;
import dev.glia.plot.Figure;
import dev.glia.preprocessing.Scaler;
import dev.glia.source.Blobs;
import dev.glia.source.Digits;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.training.Cancellation;
import dev.glia.training.History;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

  private static Table homes() {
    double[] sizes = IntStream.range(0, 20).asDoubleStream().toArray();
    double[] ages = IntStream.range(0, 20).mapToDouble(i -> i == 7 ? Double.NaN : 20 - i).toArray();
    double[] prices = IntStream.range(0, 20).mapToDouble(i -> 1000.5 * i).toArray();
    int[] sold = IntStream.range(0, 20).map(i -> i % 2).toArray();
    return new Table(
        "homes",
        List.of(
            new Numbers("size", sizes),
            new Numbers("age", ages),
            new Numbers("price", prices),
            new Categories("sold", sold, List.of("no", "yes"))),
        List.of("price"));
  }

  @Test
  void titlesSayWhichRowsAreShownAndWhatTheLossIsOf() {
    Map<String, Figure> pictures = pictures(homes(), Recipe.predict());
    assertThat(pictures.get("loss").title()).endsWith(", of price scaled (standard)");
    assertThat(pictures.get("predictions").title()).isEqualTo("Predicted and real, test data");
    assertThat(pictures(homes(), Recipe.predict().withTestFraction(0)).get("predictions").title())
        .isEqualTo("Predicted and real, validation data");
    Recipe unscaled =
        Recipe.predict()
            .withValidationFraction(0)
            .withTestFraction(0)
            .withTargetScale(Scaler.Kind.NONE);
    Map<String, Figure> all = pictures(homes(), unscaled);
    assertThat(all.get("predictions").title()).isEqualTo("Predicted and real, training data");
    assertThat(all.get("loss").title()).doesNotContain("price");
    assertThat(pictures(homes(), Recipe.predict("sold")).get("confusion").title())
        .startsWith("Accuracy ")
        .endsWith(" on the test data");
  }

  /** What is missing has no place in a plane. */
  @Test
  void pointsThatLackANumberAreNotDrawnAsAPlane() {
    Table two =
        new Table(
            "two",
            homes().columns().stream().filter(c -> !c.name().equals("price")).toList(),
            List.of("sold"));
    assertThat(pictures(two, Recipe.predict()).keySet()).containsExactly("loss", "confusion");
    Table whole = two.select(IntStream.range(8, 20).toArray());
    assertThat(pictures(whole, Recipe.predict()).keySet()).containsExactly("training", "test");
    assertThat(pictures(whole, Recipe.predict().withTestFraction(0)).keySet())
        .containsExactly("training", "validation");
  }
}
