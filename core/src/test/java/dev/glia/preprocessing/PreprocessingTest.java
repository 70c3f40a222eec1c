package dev.glia.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.initializer.Initializer;
import dev.glia.layer.Layer;
import dev.glia.loss.MeanSquaredError;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.random.RandomState;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.DenseMatrix;
import dev.glia.table.ImageSize;
import dev.glia.table.Matrix;
import dev.glia.table.Numbers;
import dev.glia.table.Pixels;
import dev.glia.table.Table;
import dev.glia.task.Prediction;
import dev.glia.task.Regression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreprocessingTest {

  private static final double NAN = Double.NaN;
  private static final ImageSize TWO = new ImageSize(2, 1);

  private static final Numbers SIZE = new Numbers("size", 50, NAN, 70, 90);
  private static final Categories TOWN =
      new Categories("town", new int[] {2, 0, -1, 2}, List.of("Bonn", "Kiel", "Ulm"));
  private static final Pixels PHOTO =
      new Pixels("photo", new DenseMatrix(4, 2, new double[] {0, 1, 2, 3, 4, 5, 6, 7}), TWO);
  private static final Numbers ROOMS = new Numbers("rooms", 1, 2, 3, 4);
  private static final Numbers PRICE = new Numbers("price", 10, 20, 30, 40);

  private static Table table(Column... columns) {
    return new Table("homes", List.of(columns), List.of());
  }

  private static Table homes() {
    return table(SIZE, TOWN, PHOTO, ROOMS, PRICE).predicting(List.of("price"));
  }

  private static float[][] rows(Matrix matrix) {
    float[][] rows = new float[matrix.rows()][matrix.columns()];
    for (int row = 0; row < rows.length; row++) {
      matrix.copyRow(row, rows[row], 0);
    }
    return rows;
  }

  private static void assertRefused(Preprocessing preprocessing, Table table, String message) {
    assertThatThrownBy(() -> preprocessing.apply(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  // What is learnt of columns, and what they become.

  @Test
  void columnsBecomeInputsOneAfterTheOther() {
    Preprocessing preprocessing = Preprocessing.fit(homes(), Scaler.Kind.NONE);
    assertThat(preprocessing.columns()).containsExactly("size", "town", "photo", "rooms");
    assertThat(preprocessing.rawNames())
        .containsExactly("size", "town", "pixel1", "pixel2", "rooms");
    assertThat(preprocessing.rawWidth()).isEqualTo(5);
    assertThat(preprocessing.inputs()).isEqualTo(7);
    assertThat(preprocessing.image()).isNull();
    // size, whether it is missing, Bonn, Ulm (nobody lives in Kiel), two pixels, rooms
    assertThat(rows(preprocessing.apply(homes())))
        .isDeepEqualTo(
            new float[][] {
              {50, 0, 0, 1, 0, 1, 1},
              {70, 1, 1, 0, 2, 3, 2},
              {70, 0, 0, 0, 4, 5, 3},
              {90, 0, 0, 1, 6, 7, 4}
            });
  }

  @Test
  void inputsHaveNames() {
    Preprocessing preprocessing = Preprocessing.fit(homes(), Scaler.Kind.MINMAX);
    assertThat(preprocessing.inputNames())
        .containsExactly(
            "size", "size is missing", "town = Bonn", "town = Ulm", "pixel1", "pixel2", "rooms");
    assertThat(preprocessing.encodings())
        .extracting(Encoding::words)
        .containsExactly(
            "a number (minmax, missing ones marked)",
            "one of Bonn, Ulm",
            "a picture of 2 x 1 pixels (minmax)",
            "a number (minmax)");
  }

  @Test
  void numbersAndPixelsAreScaledEachByItself() {
    Preprocessing preprocessing = Preprocessing.fit(homes(), Scaler.Kind.MINMAX);
    assertThat(rows(preprocessing.apply(homes())))
        .isDeepEqualTo(
            new float[][] {
              {0, 0, 0, 1, 0, 0, 0},
              {0.5f, 1, 1, 0, (float) (2 / 6.0), (float) (2 / 6.0), (float) (1 / 3.0)},
              {0.5f, 0, 0, 0, (float) (4 / 6.0), (float) (4 / 6.0), (float) (2 / 3.0)},
              {1, 0, 0, 1, 1, 1, 1}
            });
    Numbers standard = new Numbers("x", 1, 5, NAN); // mean 3, deviation 2
    assertThat(
            rows(Preprocessing.fit(table(standard), Scaler.Kind.STANDARD).apply(table(standard))))
        .isDeepEqualTo(new float[][] {{-1, 0}, {1, 0}, {0, 1}});
  }

  /** The part to learn from says what is scaled how, which levels there are, which columns lack. */
  @ParameterizedTest
  @EnumSource(Scaler.Kind.class)
  void theTrainingPartAloneIsLearntFrom(Scaler.Kind scaling) {
    int rows = 100;
    double[] x = new double[rows];
    int[] codes = new int[rows];
    double[] y = new double[rows];
    Holdout.Rows chosen = Holdout.of(0.2, 0.2).rows(rows);
    for (int row : chosen.train()) {
      x[row] = row % 10;
      codes[row] = row % 2;
      y[row] = row + 0.5;
    }
    for (int[] kept : List.of(chosen.validation(), chosen.test())) {
      for (int row : kept) {
        x[row] = row % 3 == 0 ? NAN : 1000 + row;
        codes[row] = row % 2 == 0 ? 2 : -1;
        y[row] = 1e6;
      }
    }
    Table table =
        new Table(
            "t",
            List.of(
                new Numbers("x", x),
                new Categories("c", codes, List.of("a", "b", "late")),
                new Numbers("y", y)),
            List.of("y"));
    Recipe recipe = Recipe.predict().withHoldout(Holdout.of(0.2, 0.2)).withScaling(scaling);
    Parts parts = recipe.split(table);
    Experiment experiment = new Experiment(recipe, parts);
    Preprocessing learnt = experiment.untrained().preprocessing();
    assertThat(learnt).isEqualTo(Preprocessing.fit(parts.train(), scaling));
    ScaledNumbers numbers = (ScaledNumbers) learnt.encodings().get(0);
    assertThat(numbers.scaler()).isEqualTo(Scaler.fit(scaling, parts.train().column("x")));
    assertThat(numbers.marked()).as("no number is missing in the training part").isFalse();
    assertThat(numbers.mean()).isBetween(0.0, 9.0);
    assertThat(((OneHot) learnt.encodings().get(1)).levels()).containsExactly("a", "b");
    Regression task = (Regression) experiment.task();
    assertThat(task.scaler())
        .isEqualTo(Scaler.fit(Scaler.Kind.STANDARD, parts.train().column("y")));
    for (float[] row : rows(learnt.apply(parts.test()))) {
      assertThat(row[0]).isFinite();
      assertThat(row[1]).isZero();
      assertThat(row[2]).isZero();
    }
  }

  @Test
  void aMissingNumberIsTheMeanOfTheOthers() {
    Table five = table(new Numbers("size", 9, 1, NAN, 3, 4));
    Preprocessing preprocessing = Preprocessing.fit(five, Scaler.Kind.NONE);
    assertThat(preprocessing.encodings().getFirst())
        .isEqualTo(new ScaledNumbers("size", Scaler.none(1), 4.25, true));
    assertThat(rows(preprocessing.apply(five)))
        .isDeepEqualTo(new float[][] {{9, 0}, {1, 0}, {4.25f, 1}, {3, 0}, {4, 0}});
  }

  /** Nobody learnt what it means that this one is missing: so there is no mark for it. */
  @Test
  void aNumberThatWasNeverMissingMayBeSoLater() {
    Preprocessing preprocessing = Preprocessing.fit(table(ROOMS), Scaler.Kind.NONE);
    assertThat(preprocessing.inputs()).isEqualTo(1);
    assertThat(rows(preprocessing.apply(table(new Numbers("rooms", NAN, 7)))))
        .isDeepEqualTo(new float[][] {{2.5f}, {7}});
  }

  @Test
  void numbersThatAreAllMissingSayNothing() {
    Table none = table(new Numbers("x", NAN, NAN));
    Preprocessing preprocessing = Preprocessing.fit(none, Scaler.Kind.STANDARD);
    assertThat(rows(preprocessing.apply(none))).isDeepEqualTo(new float[][] {{0, 1}, {0, 1}});
  }

  @Test
  void wordsThatAreAllMissingAreRefused() {
    Table none = table(new Categories("town", new int[] {-1, -1}, List.of("Bonn")));
    assertThatThrownBy(() -> Preprocessing.fit(none, Scaler.Kind.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The column \"town\" has no words to learn from: leave it out.");
  }

  @Test
  void aNumberThatCannotBeScaledNamesItsColumn() {
    Table huge = table(ROOMS, new Numbers("x", 1, 2, 1e200, 3));
    assertThatThrownBy(() -> Preprocessing.fit(huge, Scaler.Kind.STANDARD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The column \"x\": Row 2, column 0 (counted from 0) is 1.0E200:");
  }

  // Other tables.

  @Test
  void theOrderOfTheColumnsOtherColumnsAndAMissingTargetDoNotMatter() {
    Preprocessing preprocessing = Preprocessing.fit(homes(), Scaler.Kind.STANDARD);
    float[][] expected = rows(preprocessing.apply(homes()));
    Column more = new Categories("colour", new int[4], List.of("red"));
    Numbers first = new Numbers("first", 9, 9, 9, 9);
    for (Table other :
        List.of(
            table(ROOMS, PHOTO, TOWN, SIZE),
            table(first, PRICE, ROOMS, more, PHOTO, TOWN, SIZE),
            homes().predicting(List.of()),
            homes().predicting(List.of("rooms", "size")))) {
      assertThat(rows(preprocessing.apply(other))).isDeepEqualTo(expected);
    }
  }

  @Test
  void levelsAreKnownByTheirNamesAndUnknownOnesAreZeroEverywhere() {
    Preprocessing preprocessing = Preprocessing.fit(table(TOWN), Scaler.Kind.NONE);
    Table other =
        table(
            new Categories(
                "town", new int[] {0, 1, 2, 3, -1}, List.of("Ulm", "Kiel", "Bonn", "Trier")));
    assertThat(rows(preprocessing.apply(other)))
        .isDeepEqualTo(new float[][] {{0, 1}, {0, 0}, {1, 0}, {0, 0}, {0, 0}});
  }

  /** A file whose words are all whole numbers has a column of numbers. */
  @Test
  void numbersMayBeWords() {
    Table words = table(new Categories("zip", new int[] {0, 1, 2}, List.of("a", "7", "10000000")));
    Preprocessing preprocessing = Preprocessing.fit(words, Scaler.Kind.NONE);
    assertThat(rows(preprocessing.apply(table(new Numbers("zip", 7, 1e7, 8, NAN)))))
        .isDeepEqualTo(new float[][] {{0, 1, 0}, {0, 0, 1}, {0, 0, 0}, {0, 0, 0}});
  }

  /** What is predicted all the same, but not from what the user may think. */
  @Test
  void whatIsMissingOrUnknownIsRemarked() {
    Preprocessing preprocessing = Preprocessing.fit(table(SIZE, TOWN, ROOMS), Scaler.Kind.STANDARD);
    assertThat(preprocessing.remarks(table(SIZE, TOWN, ROOMS)))
        .containsExactly(
            "\"size\" is missing in 1 of 4 rows: 70 stands for it, the mean of the rows to learn"
                + " from.",
            "\"town\" is missing or a word that the model does not know in 1 of 4 rows; it knows"
                + " Bonn, Ulm.");
    Table well =
        table(
            new Numbers("size", 1, 2),
            new Categories("town", new int[] {0, 1}, List.of("Ulm", "Bonn")),
            new Numbers("rooms", 3, 4));
    assertThat(preprocessing.remarks(well)).isEmpty();
    Numbers missing = new Numbers("rooms", NAN, NAN);
    assertThat(preprocessing.remarks(table(well.column("size"), well.column("town"), missing)))
        .containsExactly(
            "\"rooms\" is missing in 2 of 2 rows: 2.5 stands for it, the mean of the rows to learn"
                + " from.");
  }

  @Test
  void aColumnThatIsNotThereIsRefused() {
    Preprocessing preprocessing = Preprocessing.fit(homes(), Scaler.Kind.NONE);
    assertRefused(
        preprocessing,
        table(SIZE, PHOTO, ROOMS),
        "homes lacks the column town, from which the model predicts: its columns are size, photo,"
            + " rooms.");
    assertRefused(
        preprocessing,
        table(PRICE),
        "homes lacks the columns size, town, photo, rooms, from which the model predicts: its"
            + " columns are price.");
  }

  @Test
  void aColumnOfAnotherKindIsRefused() {
    Preprocessing preprocessing = Preprocessing.fit(homes(), Scaler.Kind.NONE);
    Categories words = new Categories("size", new int[4], List.of("small", "large"));
    assertRefused(
        preprocessing,
        table(words, TOWN, PHOTO, ROOMS),
        "The column \"size\" of homes holds words (small, large), the model takes numbers there.");
    assertRefused(
        preprocessing,
        table(new Pixels("size", PHOTO.numbers(), TWO), TOWN, PHOTO, ROOMS),
        "The column \"size\" of homes holds pictures, the model takes numbers there.");
    assertRefused(
        preprocessing,
        table(SIZE, new Pixels("town", PHOTO.numbers(), TWO), PHOTO, ROOMS),
        "The column \"town\" of homes holds pictures, the model takes words there.");
    assertRefused(
        preprocessing,
        table(SIZE, TOWN, new Numbers("photo", 1, 2, 3, 4), ROOMS),
        "homes lacks the column photo, from which the model predicts: its columns are size, town,"
            + " photo, rooms.");
  }

  // Pictures.

  @Test
  void picturesByThemselvesAreAnImage() {
    Preprocessing preprocessing = Preprocessing.fit(table(PHOTO), Scaler.Kind.NONE);
    assertThat(preprocessing.image()).isEqualTo(TWO);
    assertThat(preprocessing.rawNames()).containsExactly("pixel1", "pixel2");
    assertThat(preprocessing.raw(table(PHOTO))).isSameAs(PHOTO.numbers());
  }

  /** As a table file has them, in any order; other names of the pictures do not matter either. */
  @Test
  void pixelsMayBeColumnsAndColumnsPixels() {
    Preprocessing pictures = Preprocessing.fit(table(PHOTO), Scaler.Kind.MINMAX);
    Numbers first = new Numbers("pixel1", PHOTO.numbers(), 0);
    Numbers second = new Numbers("pixel2", PHOTO.numbers(), 1);
    float[][] expected = rows(pictures.apply(table(PHOTO)));
    assertThat(rows(pictures.apply(table(second, ROOMS, first)))).isDeepEqualTo(expected);
    assertThat(rows(pictures.apply(table(ROOMS, new Pixels("image", PHOTO.numbers(), TWO)))))
        .isDeepEqualTo(expected);
    Preprocessing numbers = Preprocessing.fit(table(first, second), Scaler.Kind.MINMAX);
    assertThat(rows(numbers.apply(table(PHOTO)))).isDeepEqualTo(expected);
    assertRefused(
        pictures,
        table(first, ROOMS),
        "homes lacks the column pixel2, from which the model predicts: its columns are pixel1,"
            + " rooms.");
    assertRefused(
        pictures,
        table(first, new Categories("pixel2", new int[4], List.of("a"))),
        "The column \"pixel2\" of homes is no number, the model takes the pixels of pictures"
            + " there.");
    assertRefused(
        numbers,
        table(new Pixels("dot", new DenseMatrix(1, 1, new double[1]), new ImageSize(1, 1))),
        "homes lacks the column pixel2, from which the model predicts: its columns are dot.");
  }

  /** The first pixels of larger ones would be there, and mean nothing. */
  @Test
  void picturesOfAnotherSizeAreRefusedWhateverTheyAreCalled() {
    Preprocessing preprocessing = Preprocessing.fit(table(PHOTO), Scaler.Kind.NONE);
    Matrix pixels = new DenseMatrix(1, 4, new double[4]);
    for (String name : List.of("photo", "image")) {
      for (ImageSize size : List.of(new ImageSize(2, 2), new ImageSize(4, 1))) {
        assertRefused(
            preprocessing,
            table(new Pixels(name, pixels, size)),
            "The model takes images of 2 x 1 pixels, those of homes have %d x %d."
                .formatted(size.width(), size.height()));
      }
    }
  }

  @Test
  void twoPicturesARowAreTakenBesideOneAnother() {
    Pixels back =
        new Pixels("back", new DenseMatrix(4, 1, new double[] {9, 8, 7, 6}), new ImageSize(1, 1));
    Table both = table(PHOTO, back);
    Preprocessing preprocessing = Preprocessing.fit(both, Scaler.Kind.NONE);
    assertThat(rows(preprocessing.apply(table(back, PHOTO))))
        .isDeepEqualTo(new float[][] {{0, 1, 9}, {2, 3, 8}, {4, 5, 7}, {6, 7, 6}});
    assertRefused(
        preprocessing,
        table(PHOTO, ROOMS),
        "The model takes images of 1 x 1 pixels, those of homes have 2 x 1.");
  }

  // Single rows.

  /** Not public, as a program's own records often are. */
  private record Home(@Nullable Double size, @Nullable String town, long rooms, String street) {}

  private static Model model(Preprocessing preprocessing) {
    Architecture architecture =
        new Architecture(preprocessing.inputs(), Layer.parseAll("5:tanh,1:identity"));
    return new Model(
        "homes",
        preprocessing,
        Network.initialize(architecture, new Initializer.He(), new RandomState(3)),
        new Regression("price"),
        new MeanSquaredError(),
        0,
        Map.of());
  }

  @Test
  void mapRecordTableAndRawRowGiveTheSameBits() {
    Preprocessing preprocessing = Preprocessing.fit(table(SIZE, TOWN, ROOMS), Scaler.Kind.STANDARD);
    Model model = model(preprocessing);
    List<String> towns = Arrays.asList("Bonn", "Ulm", "Trier", null);
    List<String> known = List.of("Bonn", "Ulm");
    long seed = System.nanoTime() & 0xFFFFFFFFL;
    Random random = new Random(seed);
    for (int trial = 0; trial < 200; trial++) {
      Double size = random.nextInt(4) == 0 ? null : 100 * random.nextGaussian();
      String town = towns.get(random.nextInt(4));
      long rooms = random.nextInt(9);
      double raw = size == null ? NAN : size;
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("rooms", (int) rooms);
      map.put("street", 7);
      map.put("town", town);
      map.put("size", size);
      Table table =
          table(
              new Numbers("rooms", rooms),
              new Categories(
                  "town",
                  new int[] {towns.indexOf(town) == 3 ? -1 : towns.indexOf(town)},
                  List.of("Bonn", "Ulm", "Trier")),
              new Numbers("size", raw));
      double[] row = {raw, town == null ? -1 : known.indexOf(town), rooms};
      String context = "seed %d, trial %d".formatted(seed, trial);
      Prediction expected = model.predict(row);
      assertThat(expected.value()).as(context).isFinite();
      assertThat(model.predict(map)).as(context).isEqualTo(expected);
      assertThat(model.predict(new Home(size, town, rooms, "Elm"))).as(context).isEqualTo(expected);
      assertThat(model.predict(table)).as(context).containsExactly(expected);
      assertThat(model.outputs(DenseMatrix.of(row))).as(context).isEqualTo(model.outputs(row));
      float[] inputs = new float[preprocessing.inputs()];
      preprocessing.apply(row, inputs);
      double[] doubles = new double[inputs.length];
      Matrix view = preprocessing.apply(table);
      view.copyRow(0, doubles);
      for (int i = 0; i < inputs.length; i++) {
        assertThat(view.get(0, i)).as(context).isEqualTo(inputs[i]).isEqualTo(doubles[i]);
      }
    }
  }

  /** NaN stands for what is missing, also where a category is; -1 for one that is not known. */
  @Test
  void aRawCategoryThatIsNoPlaceIsNoLevel() {
    Preprocessing preprocessing = Preprocessing.fit(table(TOWN), Scaler.Kind.NONE);
    float[] out = new float[2];
    for (double none : new double[] {NAN, -1, 2, 0.5, 1e300}) {
      preprocessing.apply(new double[] {none}, out);
      assertThat(out).as("%s", none).containsExactly(0, 0);
    }
    preprocessing.apply(new double[] {1}, out);
    assertThat(out).containsExactly(0, 1);
  }

  @Test
  void aMapMayHoldNumbersTruthsAndWords() {
    Table table =
        table(
            new Numbers("garden", 0, 1),
            new Categories("sold", new int[] {0, 1}, List.of("false", "true")),
            new Categories("floor", new int[] {0, 1}, List.of("1", "attic")));
    Preprocessing preprocessing = Preprocessing.fit(table, Scaler.Kind.NONE);
    assertThat(preprocessing.raw(Map.of("garden", true, "sold", true, "floor", 1)))
        .containsExactly(1, 1, 0);
    assertThat(preprocessing.raw(Map.of("garden", false, "sold", "false", "floor", 1.0f)))
        .containsExactly(0, 0, 0);
    assertThat(preprocessing.raw(Map.of("garden", 0.5f, "sold", "maybe", "floor", NAN)))
        .containsExactly(0.5, -1, -1);
  }

  @Test
  void aRowOfNamesThatDoesNotFitIsRefused() {
    Preprocessing preprocessing = Preprocessing.fit(table(SIZE, TOWN, ROOMS), Scaler.Kind.NONE);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("town", "Bonn");
    row.put("Size", 3);
    assertThatThrownBy(() -> preprocessing.raw(row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The model needs size, rooms, too: got town, Size.");
    assertThatThrownBy(() -> preprocessing.raw(Map.of("size", "big", "town", "Bonn", "rooms", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"size\" is a number for the model, got \"big\".");
    Preprocessing pictures = Preprocessing.fit(table(PHOTO), Scaler.Kind.NONE);
    assertThatThrownBy(() -> pictures.raw(Map.of("photo", "cat.png")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"photo\" is a picture for the model: give its pixels as a row of 2 numbers, or as a"
                + " table.");
    Map<String, @Nullable Object> lost = new HashMap<>();
    lost.put("photo", null);
    assertThatThrownBy(() -> pictures.raw(lost))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"photo\" is a picture for the model");
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    Preprocessing preprocessing = Preprocessing.fit(homes(), Scaler.Kind.NONE);
    assertThatThrownBy(() -> preprocessing.apply(new double[7], new float[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The model takes 5 features, got 7.");
    assertThatThrownBy(() -> preprocessing.apply(new double[5], new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("These columns make 7 inputs, got room for 5.");
    assertThatThrownBy(() -> preprocessing.apply(new DenseMatrix(1, 7, new double[7])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The model takes 5 features, got 7.");
  }

  // Views and their making.

  @Test
  void aSelectionOfInputsIsTheInputsOfASelection() {
    Preprocessing preprocessing = Preprocessing.fit(homes(), Scaler.Kind.STANDARD);
    int[] rows = {3, 1, 1};
    assertThat(rows(preprocessing.apply(homes()).select(rows)))
        .isDeepEqualTo(rows(preprocessing.apply(homes().select(rows))));
  }

  @Test
  void oneScalerOfSeveralColumnsIsOneOfEach() {
    Matrix data = DenseMatrix.of(new double[] {1, 10}, new double[] {2, 30}, new double[] {4, 20});
    for (Scaler scaler : List.of(Scaler.none(2), Scaler.minMax(data), Scaler.standard(data))) {
      Preprocessing preprocessing = Preprocessing.of(List.of("a", "b"), scaler);
      assertThat(rows(preprocessing.apply(data))).isDeepEqualTo(rows(scaler.apply(data)));
      assertThat(preprocessing.columns()).containsExactly("a", "b");
      float[] missing = new float[2];
      preprocessing.apply(new double[] {NAN, 10}, missing);
      assertThat(missing[0]).isEqualTo(scaler.kind() == Scaler.Kind.MINMAX ? 0.5f : 0);
    }
  }

  @Test
  void aColumnIsThereOnce() {
    List<Encoding> twice = new ArrayList<>();
    twice.add(new OneHot("x", List.of("a")));
    twice.add(new ScaledNumbers("x", Scaler.none(1), 0, false));
    assertThatThrownBy(() -> new Preprocessing(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is a feature \"x\" twice: rename one.");
    assertThatThrownBy(() -> new ScaledNumbers("x", Scaler.none(2), 0, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"x\" is one column, its scaler takes 2.");
    assertThatThrownBy(() -> new ScaledNumbers("x", Scaler.none(1), NAN, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("NaN cannot stand for a missing number of \"x\".");
  }
}
