package dev.glia.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.activation.Activation;
import dev.glia.activation.Identity;
import dev.glia.activation.Sigmoid;
import dev.glia.activation.Softmax;
import dev.glia.internal.json.Fields;
import dev.glia.internal.json.Json;
import dev.glia.model.Experiment;
import dev.glia.model.Recipe;
import dev.glia.preprocessing.Scaler;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.DenseMatrix;
import dev.glia.table.ImageSize;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a column to predict is taken for, and what outputs then mean. */
class TaskTest {

  private static final Categories PETS =
      new Categories("pet", new int[] {1, 0, 1, 0}, List.of("cat", "dog"));
  private static final Classification ABC = new Classification("label", List.of("a", "b", "c"));

  /** A feature and some columns to predict. */
  private static Table table(Column... targets) {
    int rows = targets.length == 0 ? 4 : targets[0].rows();
    double[] x = new double[rows];
    Arrays.setAll(x, row -> row);
    List<Column> columns = new ArrayList<>(List.of(new Numbers("x", x)));
    columns.addAll(List.of(targets));
    return new Table("t", columns, Arrays.stream(targets).map(Column::name).toList());
  }

  private static Task task(Table table, Task.Kind kind) {
    return Task.of(Parts.all(table), kind, Scaler.Kind.NONE);
  }

  private static void assertNone(Table table, Task.Kind kind, String message) {
    assertThatThrownBy(() -> task(table, kind))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  // What a column is taken for.

  @ParameterizedTest
  @EnumSource(
      value = Task.Kind.class,
      names = {"AUTO", "CLASSES"})
  void wordsAreClasses(Task.Kind kind) {
    assertThat(task(table(PETS), kind)).isEqualTo(new Classification("pet", List.of("cat", "dog")));
  }

  @Test
  void wordsAreNoNumbers() {
    assertNone(
        table(PETS),
        Task.Kind.NUMBER,
        "\"pet\" holds words (cat, dog), and is to be predicted as a number.");
  }

  @Test
  void wholeNumbersThatComeThreeTimesAreClasses() {
    assertThat(task(table(new Numbers("y", 3, 10, -1, 3, 10, -1, -1, 3, 10)), Task.Kind.AUTO))
        .isEqualTo(new Classification("y", List.of("-1", "3", "10")));
    assertThat(task(table(new Numbers("y", 1, 0)), Task.Kind.AUTO))
        .isEqualTo(new Classification("y", List.of("0", "1")));
  }

  @Test
  void otherNumbersAreNumbers() {
    assertThat(task(table(new Numbers("y", 1, 2, 3)), Task.Kind.AUTO))
        .isEqualTo(new Regression("y"));
    assertThat(task(table(new Numbers("y", 0.5, 1, 0.5, 1)), Task.Kind.AUTO))
        .isEqualTo(new Regression("y"));
  }

  @Test
  void whoeverKnowsBetterSaysSo() {
    assertThat(task(table(new Numbers("y", 0, 1, 1, 0)), Task.Kind.NUMBER))
        .isEqualTo(new Regression("y"));
    assertThat(task(table(new Numbers("y", 0.5, 2, 7)), Task.Kind.CLASSES))
        .isEqualTo(new Classification("y", List.of("0.5", "2", "7")));
    assertThat(Task.Kind.AUTO.id()).isEqualTo("auto");
    assertThat(Task.Kind.NUMBER.id()).isEqualTo("number");
  }

  /** What is learnt is the recipe's to say, from the column's kind to the network's output. */
  @Test
  void aRecipeTakesAColumnForWhatItIsTold() {
    double[] y = new double[40];
    Arrays.setAll(y, row -> row % 2);
    Table table = table(new Numbers("y", y));
    Recipe recipe = Recipe.predict();
    Experiment classes = new Experiment(recipe, recipe.split(table));
    assertThat(classes.task()).isEqualTo(new Classification("y", List.of("0", "1")));
    assertThat(classes.recipe().output()).isEqualTo(new Sigmoid());
    assertThat(classes.recipe().training().loss().name()).isEqualTo("bce");
    Recipe asked = recipe.withTask(Task.Kind.NUMBER);
    Experiment numbers = new Experiment(asked, asked.split(table));
    assertThat(numbers.task().targets()).containsExactly("y");
    assertThat(numbers.task()).isInstanceOf(Regression.class);
    assertThat(numbers.recipe().output()).isEqualTo(new Identity());
    assertThat(numbers.recipe().training().loss().name()).isEqualTo("mse");
  }

  /** A class that the training part happens to lack is one, too. */
  @Test
  void theClassesAreThoseOfAllParts() {
    Table train = table(new Numbers("y", 1, 2, 1, 2, 1));
    Table validation = table(new Numbers("y", 1, 7, 7, 7));
    Table test = table(new Numbers("y", 0, 2, 0, 0));
    Parts parts = new Parts(train, validation, test);
    assertThat(Task.of(parts, Task.Kind.AUTO, Scaler.Kind.NONE))
        .isEqualTo(new Classification("y", List.of("0", "1", "2", "7")));
    Parts two = new Parts(train, test);
    assertThat(Task.of(two, Task.Kind.AUTO, Scaler.Kind.NONE))
        .isEqualTo(new Classification("y", List.of("0", "1", "2")));
  }

  @Test
  void severalColumnsAreNumbers() {
    Table two = table(new Numbers("y", 0, 1, 1, 0), new Numbers("z", 1, 2, 3, 4));
    Task task = task(two, Task.Kind.AUTO);
    assertThat(task).isEqualTo(new Regression(List.of("y", "z"), Scaler.none(2)));
    assertThat(task.targets()).containsExactly("y", "z");
    assertThat(task.outputs(new Identity())).isEqualTo(2);
    assertNone(
        table(new Numbers("y", 0, 1, 1, 0), PETS),
        Task.Kind.AUTO,
        "Of several columns to predict (y, pet) each must hold numbers, \"pet\" does not.");
  }

  @Test
  void whatCannotBePredictedIsRefused() {
    assertNone(
        table(), Task.Kind.AUTO, "t says of no column that it is the one to predict: name one.");
    assertNone(
        table(new Categories("y", new int[3], List.of("only"))),
        Task.Kind.AUTO,
        "t has a single class (only): at least two are needed to learn from.");
    assertNone(
        table(new Numbers("y", 3, 3, 3)),
        Task.Kind.AUTO,
        "t has a single class (3): at least two are needed to learn from.");
    Pixels photo = new Pixels("photo", new DenseMatrix(2, 1, new double[2]), new ImageSize(1, 1));
    assertNone(table(photo), Task.Kind.AUTO, "\"photo\" holds pictures: they cannot be predicted.");
  }

  /** Told before the split, so that the row's number is the table's. */
  @Test
  void aRowWithoutAValueToPredictIsRefused() {
    String message = "Row 4 of t has no value in the column \"%s\": remove the row, or fill it in.";
    for (Column target :
        List.of(
            new Categories("c", new int[] {0, 1, 0, -1, 1}, List.of("a", "b")),
            new Numbers("c", 0, 1, 1, Double.NaN, 0),
            new Numbers("c", 0.5, 1, 1, Double.NaN, 0))) {
      Table table = table(target);
      for (Holdout holdout :
          List.of(Holdout.of(0.2, 0.2), Holdout.of(0, 0.4).stratified(), Holdout.of(0, 0))) {
        assertThatThrownBy(() -> Recipe.predict().withHoldout(holdout).split(table))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(message.formatted("c"));
      }
      assertThatThrownBy(() -> new Experiment(Recipe.predict(), Parts.all(table)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message.formatted("c"));
    }
  }

  // Classes of a table.

  @Test
  void classesAreKnownByTheirNames() {
    Table data = table(new Categories("label", new int[] {0, 1, 2, 1}, List.of("c", "a", "b")));
    Categories classes = ABC.classes(data);
    assertThat(classes.levels()).containsExactly("a", "b", "c");
    assertThat(codes(classes)).containsExactly(2, 0, 1, 0);
    Answers answers = ABC.answers(data, 3);
    assertThat(answers.target(0, 2)).isEqualTo(1);
    assertThat(answers.target(3, 0)).isEqualTo(1);
  }

  private static int[] codes(Categories categories) {
    int[] codes = new int[categories.rows()];
    Arrays.setAll(codes, categories::code);
    return codes;
  }

  /** A level that no row has may be unknown. */
  @Test
  void aClassThatTheModelDoesNotKnowIsRefused() {
    Categories more = new Categories("label", new int[] {0, 2, 1}, List.of("a", "b", "z"));
    assertThatThrownBy(() -> ABC.classes(table(more)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Row 2 of t is of class \"z\", the model knows: a, b, c.");
    assertThat(codes(ABC.classes(table(more.select(new int[] {2, 0}))))).containsExactly(1, 0);
  }

  @Test
  void aMissingClassIsRefused() {
    Categories missing = new Categories("label", new int[] {0, -1}, List.of("a"));
    assertThatThrownBy(() -> ABC.classes(table(missing)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Row 2 of t has no value in the column \"label\": remove the row, or fill it in.");
  }

  /** A file of some rows may have numbers where another has words, or write them in another way. */
  @ParameterizedTest
  @CsvSource({"'0,1', 0, 1", "'1.0,0.0', 1, 0", "'0.50,10000000,x', 0.5, 1e7", "'1e1,x', 10, 10"})
  void numbersAreClassesHoweverTheyAreWritten(String labels, double first, double last) {
    List<String> names = List.of(labels.split(",", -1));
    Classification task = new Classification("y", names);
    Categories classes = task.classes(table(new Numbers("y", first, last)));
    assertThat(Double.parseDouble(names.get(classes.code(0)))).isEqualTo(first);
    assertThat(Double.parseDouble(names.get(classes.code(1)))).isEqualTo(last);
  }

  @Test
  void wordsMayBeWrittenNumbers() {
    Classification task = new Classification("y", List.of("0", "1"));
    Categories written = new Categories("y", new int[] {0, 1, 2}, List.of("1.0", "0.0", "1"));
    assertThat(codes(task.classes(table(written)))).containsExactly(1, 0, 1);
  }

  @Test
  void columnsOfAnotherKindAreRefused() {
    assertThatThrownBy(() -> ABC.classes(table(new Numbers("label", 1, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The model predicts classes (a, b, c), t has numbers.");
    Pixels photo = new Pixels("label", new DenseMatrix(2, 1, new double[2]), new ImageSize(1, 1));
    assertThatThrownBy(() -> ABC.classes(table(photo)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The model predicts classes (a, b, c), \"label\" of t holds pictures.");
    assertThatThrownBy(() -> new Regression("pet").numbers(table(PETS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A number is to be predicted, the column \"pet\" of t holds words (cat, dog).");
    assertThatThrownBy(() -> new Regression("label").numbers(table(photo)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A number is to be predicted, the column \"label\" of t holds pictures.");
  }

  /** The column is found by its name; by another one if it is the only one to predict. */
  @Test
  void theTargetMayBeCalledSomethingElse() {
    Table named = table(new Numbers("other", 7, 8), new Numbers("y", 1, 2));
    assertThat(new Regression("y").numbers(named).getFirst().get(0)).isEqualTo(1);
    Table renamed = table(new Numbers("z", 5, 6));
    assertThat(new Regression("y").numbers(renamed).getFirst().get(0)).isEqualTo(5);
    assertThatThrownBy(() -> new Regression("w").numbers(named))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t has no column \"w\": its columns are x, other, y.");
    Regression two = new Regression(List.of("y", "w"), Scaler.none(2));
    assertThatThrownBy(() -> two.numbers(renamed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t has no column \"y\": its columns are x, z.");
  }

  // Outputs.

  @ParameterizedTest
  @CsvSource({"2, sigmoid, 1", "2, softmax, 2", "2, identity, 1", "3, softmax, 3", "3, sigmoid, 3"})
  void classesHaveOutputs(int classes, String output, int outputs) {
    Classification task = new Classification("label", List.of("a", "b", "c").subList(0, classes));
    assertThat(task.outputs(Activation.parse(output))).isEqualTo(outputs);
    assertThat(task.fits(outputs)).isTrue();
    assertThat(task.fits(outputs + 2)).isFalse();
    assertThat(task.words()).isEqualTo(classes + " classes");
    task.check(Activation.parse(output));
  }

  @Test
  void theOutputGoesWithTheTask() {
    assertThat(ABC.output()).isEqualTo(new Softmax());
    assertThat(new Classification("y", List.of("a", "b")).output()).isEqualTo(new Sigmoid());
    assertThat(new Regression("y").output()).isEqualTo(new Identity());
    assertThat(ABC.givesProbabilities(new Softmax())).isTrue();
    assertThat(ABC.givesProbabilities(new Sigmoid())).isTrue();
    assertThat(ABC.givesProbabilities(new Identity())).isFalse();
    assertThat(new Regression("y").givesProbabilities(new Sigmoid())).isFalse();
  }

  @Test
  void aClassIsPredictedByItsName() {
    float[] outputs = {9, 0.25f, 0.5f, 0.125f};
    assertThat(ABC.prediction(outputs, 1, 3))
        .isEqualTo(new Prediction("b", 0.5, List.of(0.25, 0.5, 0.125)));
    Classification two = new Classification("y", List.of("no", "yes"));
    assertThat(two.prediction(outputs, 1, 1))
        .isEqualTo(new Prediction("no", 0.75, List.of(0.75, 0.25)));
    float[] same = outputs.clone();
    ABC.toUnits(same);
    assertThat(same).isEqualTo(outputs);
  }

  // Files.

  @Test
  void aTaskIsReadFromWhatItDescribes() {
    List<Task> tasks =
        List.of(
            ABC,
            new Regression("y"),
            new Regression(
                List.of("y", "\"z\""),
                new Scaler(
                    Scaler.Kind.STANDARD,
                    new double[] {-0.0, 1e9},
                    new double[] {-1 / 3.0, 1e-9})));
    for (Task task : tasks) {
      String text = Json.write(task.describe());
      assertThat(Task.read(new Fields((Map<?, ?>) Json.read(text)).map())).isEqualTo(task);
    }
  }

  @Test
  void namesAreThereOnceAndNotTooLong() {
    String name = "a".repeat(1_001);
    assertThatThrownBy(() -> new Classification("y", List.of("a", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is a class \"a\" twice: rename one.");
    assertThatThrownBy(() -> new Classification(name, List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The name of a column may have at most 1,000 characters");
    assertThatThrownBy(() -> new Regression(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("may have at most 1,000 characters");
    assertThatThrownBy(() -> new Regression(List.of("y", "y"), Scaler.none(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is a column to predict \"y\" twice: rename one.");
    assertThatThrownBy(() -> new Regression(List.of("y"), Scaler.none(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 numbers to predict need a scaler of as many columns, got 2.");
  }
}
