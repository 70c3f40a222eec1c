package dev.glia.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The three kinds of columns: numbers, categories and pixels. */
class ColumnsTest {

  private static final Categories PETS =
      new Categories("pet", new int[] {1, 0, 1}, List.of("cat", "dog", "eel"));

  // Numbers.

  @Test
  void numbersAreSelectedInAnyOrder() {
    Numbers numbers = new Numbers("price", 1.5, 2.5, 3.5);
    assertThat(numbers.rows()).isEqualTo(3);
    Numbers selected = numbers.select(new int[] {2, 2, 0});
    assertThat(selected.rows()).isEqualTo(3);
    assertThat(selected.name()).isEqualTo("price");
    assertThat(selected.get(0)).isEqualTo(3.5);
    assertThat(selected.get(2)).isEqualTo(1.5);
    assertThat(selected.values()).containsExactly(3.5, 3.5, 1.5);
  }

  @Test
  void aColumnOfAMatrixIsAView() {
    double[] values = {1, 2, 3, 4, 5, 6};
    Matrix matrix = new DenseMatrix(3, 2, values);
    Numbers second = new Numbers("b", matrix, 1);
    assertThat(second.values()).containsExactly(2, 4, 6);
    Matrix numbers = second.numbers();
    assertThat(numbers.rows()).isEqualTo(3);
    assertThat(numbers.columns()).isEqualTo(1);
    Numbers selected = second.select(new int[] {2});
    Matrix selectedNumbers = selected.numbers();
    values[5] = 60;
    assertThat(selected.get(0)).isEqualTo(60);
    assertThat(numbers.get(2, 0)).isEqualTo(60);
    assertThat(selectedNumbers.get(0, 0)).isEqualTo(60);
    float[] row = new float[2];
    selectedNumbers.copyRow(0, row, 1);
    assertThat(row).containsExactly(0, 60);
  }

  @Test
  void aColumnThatTheMatrixLacksIsRefused() {
    Matrix matrix = new DenseMatrix(3, 2, new double[6]);
    for (int wrong : new int[] {-1, 2}) {
      assertThatThrownBy(() -> new Numbers("b", matrix, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("The matrix has 2 columns, there is none with number " + wrong + ".");
    }
  }

  @Test
  void theValuesAreACopy() {
    Numbers numbers = new Numbers("price", 1, 2);
    numbers.values()[0] = 9;
    assertThat(numbers.get(0)).isEqualTo(1);
  }

  @Test
  void missingNumbersAreCounted() {
    assertThat(new Numbers("x", 1, 2).missing()).isZero();
    assertThat(new Numbers("x", Double.NaN, 2, Double.NaN).missing()).isEqualTo(2);
    assertThat(new Numbers("x").missing()).isZero();
    assertThat(new Numbers("x", Double.NaN, 2).missing(0)).isTrue();
    assertThat(new Numbers("x", Double.NaN, 2).missing(1)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'0,1,1,0,1,0', true", // two classes
    "'0,1', true", // two classes with a row each
    "'3,3,3', true", // one class
    "'1,2,3', false", // each comes once: numbers
    "'1,2,3,1,2,3', false", // each comes twice only
    "'1,2,3,1,2,3,1,2,3', true", // each comes three times
    "'1,2,3,1,2', false",
    "'-1,1,-1,1', true",
    "'0.5,1,0.5,1', false",
    "'1e15,1,1e15,1', false", // too large to be a name
    "'NaN,1,0,NaN', true", // a missing one is no class
    "'Infinity,1,0,1', false"
  })
  void wholeNumbersMayNameClasses(String values, boolean name) {
    assertThat(new Numbers("y", numbers(values)).nameClasses()).isEqualTo(name);
  }

  private static double[] numbers(String values) {
    return Arrays.stream(values.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void twentyDifferentNumbersMayNameClassesAndTwentyOneMayNot() {
    for (int different : new int[] {20, 21}) {
      double[] values = new double[1000];
      Arrays.setAll(values, row -> row % different);
      assertThat(new Numbers("y", values).nameClasses()).isEqualTo(different == 20);
    }
  }

  // Categories.

  @Test
  void categoriesAreSelectedInAnyOrder() {
    Categories selected = PETS.select(new int[] {2, 1});
    assertThat(selected.name()).isEqualTo("pet");
    assertThat(selected.rows()).isEqualTo(2);
    assertThat(selected.code(0)).isEqualTo(1);
    assertThat(selected.code(1)).isZero();
    assertThat(selected.levels()).containsExactly("cat", "dog", "eel");
    assertThat(selected.counts()).containsExactly(1, 1, 0);
  }

  @Test
  void refusesACodeWithoutALevel() {
    for (int wrong : new int[] {-2, 2}) {
      assertThatThrownBy(() -> new Categories("pet", new int[] {0, wrong}, List.of("a", "b")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Row 1 has class " + wrong + ", there are 2 classes (0 to 1).");
    }
    assertThatThrownBy(() -> new Categories("pet", new int[] {0}, List.of("a", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is a class \"a\" twice: rename one.");
  }

  @Test
  void encodesCategoriesAsRowsWithASingleOne() {
    assertThat(PETS.oneHot()).containsExactly(0, 1, 0, 1, 0, 0, 0, 1, 0);
  }

  @Test
  void aMissingCategoryIsNoLevel() {
    Categories some =
        new Categories("pet", new int[] {1, Categories.MISSING, 0}, List.of("cat", "dog"));
    assertThat(some.code(1)).isEqualTo(-1);
    assertThat(some.missing(1)).isTrue();
    assertThat(some.missing(2)).isFalse();
    assertThat(some.counts()).containsExactly(1, 1);
    assertThat(some.oneHot()).containsExactly(0, 1, 0, 0, 1, 0);
    assertThat(some.numbers().get(1, 0)).isEqualTo(-1);
    assertThat(some.numbers().get(0, 0)).isEqualTo(1);
    assertThat(some.select(new int[] {1, 1}).counts()).containsExactly(0, 0);
  }

  @Test
  void numbersBecomeCategoriesInTheirOrder() {
    Categories classes =
        Categories.of(new Numbers("y", 10, -2, 0.5, Double.NaN, -0.0, 10, 0, 1e7, 1e300));
    assertThat(classes.name()).isEqualTo("y");
    assertThat(classes.levels()).containsExactly("-2", "0", "0.5", "10", "10000000", "1.0E300");
    int[] codes = new int[9];
    Arrays.setAll(codes, classes::code);
    assertThat(codes).containsExactly(3, 0, 2, -1, 1, 3, 1, 4, 5);
  }

  @ParameterizedTest
  @CsvSource({
    "3.0, 3",
    "-0.0, 0",
    "0.1, 0.1",
    "10000000, 10000000",
    "20240131, 20240131",
    "-1e14," + " -100000000000000",
    "1e15, 1.0E15",
    "1.5e9, 1500000000"
  })
  void aLevelIsTheShortestTextOfItsNumber(double number, String level) {
    assertThat(Categories.level(number)).isEqualTo(level);
    assertThat(Double.parseDouble(level)).isEqualTo(number + 0.0);
  }

  // Pixels.

  @Test
  void picturesAreSelectedAsAView() {
    double[] values = {1, 2, 3, 4, 5, 6};
    Pixels pictures = new Pixels("photo", new DenseMatrix(3, 2, values), new ImageSize(2, 1));
    Pixels selected = pictures.select(new int[] {2, 0});
    values[4] = 50;
    assertThat(selected.name()).isEqualTo("photo");
    assertThat(selected.rows()).isEqualTo(2);
    assertThat(selected.size()).isEqualTo(new ImageSize(2, 1));
    assertThat(selected.missing(0)).isFalse();
    assertThat(selected.numbers().get(0, 0)).isEqualTo(50);
    assertThat(selected.numbers().get(1, 1)).isEqualTo(2);
  }

  @Test
  void refusesPicturesOfAnotherSize() {
    assertThatThrownBy(
            () -> new Pixels("photo", DenseMatrix.of(new double[2]), new ImageSize(3, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("photo has 2 numbers a row, images of 3 x 1 have 3 pixels.");
  }

  @Test
  void namesPixels() {
    ImageSize size = new ImageSize(2, 3);
    assertThat(size.pixels()).isEqualTo(6);
    assertThat(size.pixelNames())
        .containsExactly("pixel1", "pixel2", "pixel3", "pixel4", "pixel5", "pixel6");
    for (int pixel = 0; pixel < 6; pixel++) {
      assertThat(size.pixelNamed(size.pixelNames().get(pixel))).isEqualTo(pixel);
    }
    for (String none :
        List.of("pixel0", "pixel7", "pixel01", "pixel", "pixels", "Pixel1", "pixel99999999999")) {
      assertThat(size.pixelNamed(none)).as(none).isEqualTo(-1);
    }
    assertThat(size.pixelNamed("pixel9999999999")).as("more than an int").isEqualTo(-1);
  }

  @Test
  void refusesImagesWithoutSize() {
    assertThatThrownBy(() -> new ImageSize(0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An image needs a width and a height of at least 1, got 0 x 5.");
    assertThatThrownBy(() -> new ImageSize(5, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ImageSize(65536, 65536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An image has at most 2147483647 pixels, got 65536 x 65536.");
  }

  // All.

  @Test
  void namesAreNoLongerThanNamesMayBe() {
    String name = "a".repeat(1_001);
    String message = "The name of a column may have at most 1,000 characters, got \"aaa";
    assertThatThrownBy(() -> new Numbers(name, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> new Categories(name, new int[1], List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> new Pixels(name, DenseMatrix.of(new double[1]), new ImageSize(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> new Categories("pet", new int[1], List.of(name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The name of a class may have at most 1,000 characters");
  }
}
