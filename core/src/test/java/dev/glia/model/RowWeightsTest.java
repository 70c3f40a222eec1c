package dev.glia.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.metric.ConfusionMatrix;
import dev.glia.optimizer.Sgd;
import dev.glia.preprocessing.Scaler;
import dev.glia.split.Groups;
import dev.glia.split.Holdout;
import dev.glia.split.KFold;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.task.ClassWeights;
import dev.glia.training.Batching;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Classes, rows and groups that count for more than others, or belong together. */
class RowWeightsTest {

  private static final List<String> CLASSES = List.of("no", "yes");

  private static Recipe plain() {
    return Recipe.predict()
        .withOptimizer(new Sgd())
        .withLearningRate(0.1)
        .withHoldout(Holdout.of(0, 0))
        .withTraining(
            Recipe.predict()
                .training()
                .withOptimizer(new Sgd())
                .withLearningRate(0.1)
                .withBatchSize(Batching.FULL)
                .withEpochs(20));
  }

  private static Table table(double[] x, int[] codes, Column... others) {
    List<Column> columns = new ArrayList<>(List.of(new Numbers("x", x)));
    columns.addAll(List.of(others));
    columns.add(new Categories("y", codes, CLASSES));
    return new Table("t", columns, List.of("y"));
  }

  /** In one batch a row of weight 2 is as good as two rows, but for rounding. */
  @Test
  void aRowOfWeightTwoIsTwoRows() {
    double[] x = {-1, 0.5, 2, 1};
    Table weighted = table(x, new int[] {0, 1, 1, 0}, new Numbers("w", 2, 1, 1, 1));
    Table twice = table(new double[] {-1, -1, 0.5, 2, 1}, new int[] {0, 0, 1, 1, 0});
    Recipe recipe = plain().withScaling(Scaler.Kind.NONE);
    Model one = recipe.withRowWeights("w").train(Parts.all(weighted)).model();
    Model two = recipe.train(Parts.all(twice)).model();
    assertThat(one.preprocessing().columns()).containsExactly("x"); // the weights are no feature
    for (double value : x) {
      // 20 updates of about 1e-7 relative rounding each
      assertThat(one.outputs(value)[0]).isCloseTo(two.outputs(value)[0], within(2e-5f));
    }
  }

  @Test
  void balancedClassesFindTheRareOne() {
    SplittableRandom random = new SplittableRandom(1);
    int rows = 1000;
    double[] x = new double[rows];
    int[] codes = new int[rows];
    for (int row = 0; row < rows; row++) {
      codes[row] = row % 20 == 0 ? 1 : 0;
      x[row] = random.nextGaussian() + codes[row];
    }
    Table table = table(x, codes);
    Recipe recipe = Recipe.predict().withEpochs(20).withSeed(3);
    double plain = recall(recipe, table);
    double balanced = recall(recipe.withClassWeights(ClassWeights.BALANCED), table);
    double given = recall(recipe.withClassWeights(ClassWeights.parse("yes:19,no:1")), table);
    assertThat(plain).isLessThan(0.2);
    assertThat(balanced).isGreaterThan(0.5);
    assertThat(given).isGreaterThan(0.5);
  }

  private static double recall(Recipe recipe, Table table) {
    Model model = recipe.train(recipe.withStratify(true).split(table)).model();
    int[] predicted =
        model.predict(table).stream().mapToInt(p -> CLASSES.indexOf(p.label())).toArray();
    return ConfusionMatrix.of((Categories) table.target(), predicted).recall(1);
  }

  @Test
  void classWeightsAreTextAndRefuseWhatIsWrong() {
    for (String text : List.of("none", "balanced", "no:0.5,yes:3")) {
      assertThat(ClassWeights.parse(text).name()).isEqualTo(text);
    }
    assertThat(ClassWeights.parse("yes:3, no:1").given()).isEqualTo(Map.of("yes", 3.0, "no", 1.0));
    for (String wrong : List.of("", "yes", "yes:", ":3", "yes:x", "yes:0", "yes:-1", "yes:NaN")) {
      assertThatThrownBy(() -> ClassWeights.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    Table table = table(new double[] {1, 2, 3, 4}, new int[] {0, 1, 0, 1});
    assertThatThrownBy(
            () -> plain().withClassWeights(ClassWeights.parse("maybe:2")).train(Parts.all(table)))
        .hasMessageContaining("There is no class \"maybe\"");
    assertThatThrownBy(() -> plain().withRowWeights("w").train(Parts.all(table)))
        .hasMessageContaining("no column \"w\"");
  }

  @Test
  void noSplitPartsAGroup() {
    int rows = 300;
    double[] x = IntStream.range(0, rows).mapToDouble(row -> row % 7).toArray();
    int[] codes = IntStream.range(0, rows).map(row -> row % 2).toArray();
    double[] patient = IntStream.range(0, rows).mapToDouble(row -> row * 31 % 40).toArray();
    Table table = table(x, codes, new Numbers("patient", patient));
    Recipe recipe = Recipe.predict().withGroups("patient").withEpochs(1);
    Parts parts = recipe.split(table);
    Set<Double> train = values(parts.train());
    Set<Double> validation = values(parts.validation());
    Set<Double> test = values(parts.test());
    assertThat(train).doesNotContainAnyElementsOf(validation).doesNotContainAnyElementsOf(test);
    assertThat(validation).hasSize(8).doesNotContainAnyElementsOf(test);
    assertThat(train.size() + validation.size() + test.size()).isEqualTo(40);
    Trained trained = recipe.train(parts);
    assertThat(trained.model().preprocessing().columns()).containsExactly("x");
    int[][] folds = new KFold(4, 0).groups(table.column("patient"));
    Set<Double> seen = new HashSet<>();
    for (int[] fold : folds) {
      Set<Double> own = values(table.select(fold));
      assertThat(seen).doesNotContainAnyElementsOf(own);
      seen.addAll(own);
    }
    assertThat(Arrays.stream(folds).mapToInt(fold -> fold.length).sum()).isEqualTo(rows);
    assertThat(Groups.of(table.column("patient")).count()).isEqualTo(40);
    assertThat(recipe.withMembers(3).train(parts).model().members()).hasSize(3);
  }

  private static Set<Double> values(Table table) {
    Set<Double> values = new HashSet<>();
    for (double value : ((Numbers) table.column("patient")).values()) {
      values.add(value);
    }
    return values;
  }
}
