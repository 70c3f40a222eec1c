package dev.glia.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final Matrix FEATURES =
      DenseMatrix.of(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});
  private static final Categories CLASSES =
      new Categories("label", new int[] {1, 0, 1}, List.of("cat", "dog", "eel"));

  private static Table pets() {
    return Table.of("pets", List.of("a", "b"), FEATURES, CLASSES);
  }

  /** Words, numbers and pictures, two columns to predict, the features between them. */
  private static Table mixed() {
    return new Table(
        "mixed",
        List.of(
            new Numbers("price", 10, 20, 30),
            new Categories("town", new int[] {0, -1, 1}, List.of("Ulm", "Bonn")),
            new Pixels(
                "photo",
                DenseMatrix.of(new double[] {7, 8}, new double[] {9, 10}, new double[] {11, 12}),
                new ImageSize(2, 1)),
            new Numbers("rent", 1, 2, 3),
            new Numbers("rooms", 4, Double.NaN, 6)),
        List.of("price", "rent"));
  }

  private static void assertRefused(String message, List<Column> columns, List<String> targets) {
    assertThatThrownBy(() -> new Table("pets", columns, targets))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void selectsFeaturesAndTargetsTogether() {
    Table data = pets();
    assertThat(data.rows()).isEqualTo(3);
    Table selected = data.select(new int[] {2, 1});
    assertThat(selected.name()).isEqualTo("pets");
    assertThat(selected.rows()).isEqualTo(2);
    assertThat(selected.features().get(0, 0)).isEqualTo(5);
    Categories target = (Categories) selected.target();
    assertThat(target.rows()).isEqualTo(2);
    assertThat(target.code(0)).isEqualTo(1);
    assertThat(target.code(1)).isZero();
    assertThat(target.levels()).containsExactly("cat", "dog", "eel");
    assertThat(target.counts()).containsExactly(1, 1, 0);
  }

  @Test
  void aSelectionOfASelectionIsOneOfTheWhole() {
    Table selected = mixed().select(new int[] {2, 0, 2}).select(new int[] {2, 1});
    assertThat(((Numbers) selected.column("price")).values()).containsExactly(30, 10);
    assertThat(((Categories) selected.column("town")).code(0)).isEqualTo(1);
    assertThat(selected.column("photo").numbers().get(1, 0)).isEqualTo(7);
    assertThat(selected.targets()).containsExactly("price", "rent");
  }

  @Test
  void aSelectionKeepsRowsThatItsCallerChanges() {
    int[] rows = {2, 1};
    Table selected = pets().select(rows);
    rows[0] = 0;
    assertThat(selected.features().get(0, 0)).isEqualTo(5);
    assertThat(((Numbers) selected.column("a")).get(0)).isEqualTo(5);
  }

  /** What is kept of a data set of gigabytes is its rows' numbers alone. */
  @Test
  void numbersAndPixelsAreNotCopied() {
    double[] price = {10, 20, 30};
    double[] grey = {7, 8, 9};
    Table table =
        new Table(
            "t",
            List.of(
                new Numbers("price", price),
                new Pixels("photo", new DenseMatrix(3, 1, grey), new ImageSize(1, 1))),
            List.of("price"));
    Table selected = table.select(new int[] {2});
    price[2] = 99;
    grey[2] = 98;
    assertThat(((Numbers) selected.target()).get(0)).isEqualTo(99);
    assertThat(selected.features().get(0, 0)).isEqualTo(98);
    assertThat(table.features().get(2, 0)).isEqualTo(98);
  }

  @Test
  void featuresAreAllColumnsThatAreNotPredicted() {
    Table table = mixed();
    assertThat(table.targets()).containsExactly("price", "rent");
    assertThat(table.featureColumns())
        .extracting(Column::name)
        .containsExactly("town", "photo", "rooms");
    assertThat(table.featureNames()).containsExactly("town", "pixel1", "pixel2", "rooms");
    Matrix features = table.features();
    assertThat(features.rows()).isEqualTo(3);
    double[] row = new double[4];
    features.copyRow(0, row);
    assertThat(row).containsExactly(0, 7, 8, 4);
    features.copyRow(1, row);
    assertThat(row).containsExactly(-1, 9, 10, Double.NaN);
    float[] floats = new float[5];
    features.copyRow(2, floats, 1);
    assertThat(floats).containsExactly(0, 1, 11, 12, 6);
    assertThat(features.get(2, 3)).isEqualTo(6);
  }

  @Test
  void aMatrixOfNumbersStaysTheOneThatItIs() {
    Pixels pictures = new Pixels("image", FEATURES, new ImageSize(1, 2));
    assertThat(Table.of("pets", pictures, CLASSES).features()).isSameAs(FEATURES);
    double[] row = new double[2];
    pets().features().copyRow(1, row);
    assertThat(row).containsExactly(3, 4);
    assertThat(pets().featureNames()).containsExactly("a", "b");
  }

  @Test
  void onlyPicturesByThemselvesAreAnImage() {
    Pixels pictures = new Pixels("image", FEATURES, new ImageSize(1, 2));
    Table table = Table.of("pets", pictures, CLASSES);
    assertThat(table.image()).isEqualTo(new ImageSize(1, 2));
    assertThat(table.featureNames()).containsExactly("pixel1", "pixel2");
    assertThat(pets().image()).isNull();
    assertThat(mixed().image()).isNull();
  }

  @Test
  void otherColumnsCanBePredicted() {
    Table table = mixed().predicting(List.of("town"));
    assertThat(table.target()).isSameAs(table.column("town"));
    assertThat(table.featureNames()).containsExactly("price", "pixel1", "pixel2", "rent", "rooms");
    assertThat(table.predicting(List.of()).featureColumns()).hasSize(5);
    assertThatThrownBy(() -> mixed().predicting(List.of("colour")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mixed has no column \"colour\": its columns are price, town, photo, rent, rooms.");
  }

  @Test
  void aTargetIsOneColumn() {
    assertThat(pets().target()).isSameAs(CLASSES);
    assertThatThrownBy(() -> mixed().target())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mixed has 2 columns to predict (price, rent), one was expected.");
    assertThatThrownBy(() -> pets().predicting(List.of()).target())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pets says of no column that it is the one to predict: name one.");
  }

  @Test
  void aColumnIsFoundByItsName() {
    assertThat(pets().column("label")).isSameAs(CLASSES);
    assertThat(pets().find("label")).containsSame(CLASSES);
    assertThat(pets().find("Label")).isEmpty();
    assertThatThrownBy(() -> pets().column("Label"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pets has no column \"Label\": its columns are a, b, label.");
  }

  @Test
  void aRowWithoutAValueIsNamed() {
    Table table = mixed();
    table.refuseMissing(table.column("price"));
    table.refuseMissing(table.column("photo"));
    assertThatThrownBy(() -> table.refuseMissing(table.column("town")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Row 2 of mixed has no value in the column \"town\": remove the row, or fill it in.");
    assertThatThrownBy(() -> table.refuseMissing(table.column("rooms")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Row 2 of mixed has no value in the column \"rooms\"");
  }

  @Test
  void refusesPartsThatDoNotFit() {
    assertThatThrownBy(() -> Table.of("pets", List.of("a"), FEATURES, CLASSES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pets has 2 features and 1 names for them.");
    Categories two = CLASSES.select(new int[] {0, 1});
    assertThatThrownBy(() -> Table.of("pets", List.of("a", "b"), FEATURES, two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pets has 3 rows in the column \"a\" and 2 in \"label\": all must have as many.");
    assertThatThrownBy(() -> Table.of("pets", List.of("a", "label"), FEATURES, CLASSES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is a column \"label\" twice: rename one.");
    assertRefused("pets has no columns: at least one is needed.", List.of(), List.of());
    assertRefused(
        "pets has no column \"dog\": its columns are label.", List.of(CLASSES), List.of("dog"));
    assertRefused(
        "There is a column to predict \"label\" twice: rename one.",
        List.of(CLASSES),
        List.of("label", "label"));
  }

  @Test
  void theCauseOfInvalidDataIsKept() {
    Exception cause = new IllegalStateException("why");
    assertThat(new InvalidDataException("what", cause)).hasMessage("what").hasCause(cause);
  }
}
