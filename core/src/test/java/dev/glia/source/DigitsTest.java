package dev.glia.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glia.Hashes;
import dev.glia.table.Categories;
import dev.glia.table.ImageSize;
import dev.glia.table.Matrix;
import dev.glia.table.Table;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {

  private static final int SIZE = 28;

  private static byte[] pixels(Table data) {
    byte[] pixels = new byte[data.rows() * SIZE * SIZE];
    int columns = data.features().columns();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) data.features().get(i / columns, i % columns);
    }
    return pixels;
  }

  private static int[] classes(Table data) {
    Categories target = (Categories) data.target();
    return IntStream.range(0, data.rows()).map(target::code).toArray();
  }

  @Test
  void theSamePixelsOnEveryMachine() {
    Table data = Digits.standard().generate();
    assertThat(data.rows()).isEqualTo(5000);
    assertThat(data.image()).isEqualTo(new ImageSize(28, 28));
    assertThat(Hashes.sha256(pixels(data)))
        .isEqualTo("1d1fa20839f5a06b15b134aab6c8b8ea7d4e0f65c97fbdea501f2c3036415eef");
    assertThat(Hashes.sha256(classes(data)))
        .isEqualTo("a52e11c9cf5007cff742de37bb664a33c61f446c4b6211f4ac2d6f951bf75455");
  }

  @Test
  void anotherSeedGivesOtherDigits() {
    byte[] one = pixels(new Digits(10, 0, false, 1).generate());
    assertThat(pixels(new Digits(10, 0, false, 1).generate())).isEqualTo(one);
    assertThat(pixels(new Digits(10, 0, false, 2).generate())).isNotEqualTo(one);
  }

  @Test
  void classesAreBalancedAndInOrderUnlessShuffled() {
    Table ordered = new Digits(23, 0.05, false, 3).generate();
    assertThat(((Categories) ordered.target()).counts())
        .containsExactly(3, 3, 3, 2, 2, 2, 2, 2, 2, 2);
    assertThat(((Categories) ordered.target()).levels())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(classes(ordered)).isSorted();
    int[] shuffled = classes(new Digits(23, 0.05, true, 3).generate());
    assertThat(shuffled).isNotEqualTo(classes(ordered));
    Arrays.sort(shuffled);
    assertThat(shuffled).containsExactly(classes(ordered));
  }

  /**
   * As in MNIST: ink about 20 pixels large, its centre of mass near the middle, paper around it.
   */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 77})
  void digitsLieAsMnistsDo(long seed) {
    Matrix digits = new Digits(500, 0, true, seed).generate().features();
    for (int row = 0; row < digits.rows(); row++) {
      double ink = 0;
      double inkX = 0;
      double inkY = 0;
      int left = SIZE;
      int right = -1;
      int top = SIZE;
      int bottom = -1;
      for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
        double grey = digits.get(row, pixel);
        int x = pixel % SIZE;
        int y = pixel / SIZE;
        ink += grey;
        inkX += grey * (x + 0.5);
        inkY += grey * (y + 0.5);
        if (grey > 0) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
      }
      String where = "seed %d, row %d".formatted(seed, row);
      int extent = 1 + Math.max(right - left, bottom - top);
      assertThat(extent).as(where).isBetween(15, 23); // 18 to 21, the pen uneven, edges soft
      assertThat(Math.min(left, top)).as(where).isPositive();
      assertThat(Math.max(right, bottom)).as(where).isLessThan(SIZE - 1);
      // Five deviations of the shift, two pixels of uneven ink, and what keeps off the edge.
      assertThat(inkX / ink).as(where).isCloseTo(14, within(5.0));
      assertThat(inkY / ink).as(where).isCloseTo(14, within(5.0));
      assertThat(ink / 255 / (SIZE * SIZE)).as(where).isBetween(0.02, 0.4);
    }
  }

  @Test
  void noiseLeavesThePaperMostlyBlack() {
    Matrix clean = new Digits(100, 0, false, 5).generate().features();
    Matrix noisy = new Digits(100, 0.05, false, 5).generate().features();
    assertThat(blackShare(clean)).isBetween(0.7, 0.9); // MNIST: 0.81
    assertThat(blackShare(noisy)).isBetween(0.7, 0.9);
    assertThat(blackShare(new Digits(100, 0.5, false, 5).generate().features())).isLessThan(0.6);
  }

  private static double blackShare(Matrix matrix) {
    long black = 0;
    for (int row = 0; row < matrix.rows(); row++) {
      for (int column = 0; column < matrix.columns(); column++) {
        black += matrix.get(row, column) == 0 ? 1 : 0;
      }
    }
    return black / (double) ((long) matrix.rows() * matrix.columns());
  }

  /**
   * Whoever learned from some digits reads others: each is nearest to a digit of its own class. The
   * nearest neighbour among 1,000 reads over 85% (guessing: 10%).
   */
  @Test
  void digitsOfAClassAreAlike() {
    Table known = new Digits(1000, 0.05, true, 8).generate();
    Table unknown = new Digits(200, 0.05, true, 9).generate();
    int right = 0;
    for (int row = 0; row < unknown.rows(); row++) {
      int nearest = nearest(known.features(), unknown.features(), row);
      right += classes(known)[nearest] == classes(unknown)[row] ? 1 : 0;
    }
    assertThat(right).isGreaterThan(170);
  }

  private static int nearest(Matrix known, Matrix unknown, int row) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int other = 0; other < known.rows(); other++) {
      double distance = 0;
      for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
        double off = known.get(other, pixel) - unknown.get(row, pixel);
        distance += off * off;
      }
      if (distance < least) {
        least = distance;
        nearest = other;
      }
    }
    return nearest;
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new Digits(9, 0, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digits needs at least 10 samples, got 9.");
    assertThatThrownBy(() -> new Digits(2_000_001, 0, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digits makes at most 2000000 samples, got 2000001.");
    assertThatThrownBy(() -> new Digits(10, -1, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digits needs a noise of at least 0, got -1.0.");
  }

  @Test
  void aPenDrawsALineWithSoftEdges() {
    PenCanvas canvas = new PenCanvas(10);
    canvas.line(2, 5, 8, 5, 1);
    for (int x = 0; x < 10; x++) {
      for (int y = 0; y < 10; y++) {
        double dx = Math.max(0, Math.max(2 - (x + 0.5), x + 0.5 - 8));
        double distance = Math.hypot(dx, y + 0.5 - 5);
        double expected = Math.clamp(1.5 - distance, 0.0, 1.0);
        assertThat(canvas.light(y * 10 + x)).isCloseTo(expected, within(1e-15));
      }
    }
    canvas.clear();
    canvas.line(3.5, 3.5, 3.5, 3.5, 0.5); // a point, on one pixel
    assertThat(canvas.light(3 * 10 + 3)).isEqualTo(1);
    assertThat(canvas.light(3 * 10 + 4)).isZero();
  }
}
