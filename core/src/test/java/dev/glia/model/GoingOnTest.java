package dev.glia.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Models that learn from more rows. */
class GoingOnTest {

  private static final List<String> CLASSES = List.of("high", "low");

  /** The class is "high" above a border. */
  private static Table rows(int count, double border, List<String> levels) {
    double[] x = IntStream.range(0, count).mapToDouble(row -> row * 37 % 100 / 10.0).toArray();
    int[] codes = IntStream.range(0, count).map(row -> x[row] > border ? 0 : 1).toArray();
    return new Table(
        "rows", List.of(new Numbers("x", x), new Categories("y", codes, levels)), List.of("y"));
  }

  private static Recipe recipe(int epochs) {
    return Recipe.predict().withHoldout(Holdout.of(0, 0)).withEpochs(epochs);
  }

  @Test
  void weightsPreprocessingAndClassesAreKept() {
    Table first = rows(100, 5, CLASSES);
    Model model = recipe(30).train(Parts.all(first)).model();
    Table other = rows(60, 3, CLASSES);
    Model same = Experiment.goingOn(model, recipe(0), Parts.all(other)).train().model();
    assertThat(same.preprocessing()).isEqualTo(model.preprocessing());
    assertThat(same.task()).isEqualTo(model.task());
    assertThat(same.outputs(4.0)).isEqualTo(model.outputs(4.0));
    assertThat(model.predict(4.0).label()).isEqualTo("low");
    Model moved = Experiment.goingOn(model, recipe(60), Parts.all(other)).train().model();
    assertThat(moved.predict(4.0).label()).isEqualTo("high"); // as the new rows have it
    assertThat(moved.evaluate(other).accuracy()).isGreaterThan(model.evaluate(other).accuracy());
  }

  @Test
  void partialFitGoesOnceThroughTheRows() {
    Table rows = rows(100, 5, CLASSES);
    Model model = recipe(1).train(Parts.all(rows)).model();
    Model fitted = model;
    for (int i = 0; i < 20; i++) {
      fitted = fitted.partialFit(rows);
    }
    assertThat(fitted.evaluate(rows).loss()).isLessThan(0.8 * model.evaluate(rows).loss());
    assertThat(model.partialFit(rows).outputs(1.0)).isEqualTo(model.partialFit(rows).outputs(1.0));
  }

  @Test
  void allMembersGoOn() {
    Table rows = rows(200, 5, CLASSES);
    Model model = recipe(5).withMembers(3).train(Parts.all(rows)).model();
    Model same =
        Experiment.goingOn(model, recipe(0).withMembers(3), Parts.all(rows)).train().model();
    assertThat(same.members()).hasSize(3);
    assertThat(same.outputs(4.0)).isEqualTo(model.outputs(4.0));
    assertThat(model.partialFit(rows).members()).hasSize(3);
  }

  @Test
  void newClassesAreRefused() {
    Model model = recipe(1).train(Parts.all(rows(100, 5, CLASSES))).model();
    assertThatThrownBy(() -> model.partialFit(rows(100, 5, List.of("great", "low"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("great");
  }
}
