package dev.glia.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {

  private static final Matrix FEATURES =
      DenseMatrix.of(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});
  private static final ClassTarget CLASSES =
      new ClassTarget(new int[] {1, 0, 1}, List.of("cat", "dog", "eel"));

  @Test
  void selectsFeaturesAndTargetsTogether() {
    Dataset data = new Dataset("pets", List.of("a", "b"), FEATURES, CLASSES);
    assertThat(data.rows()).isEqualTo(3);
    Dataset selected = data.select(new int[] {2, 1});
    assertThat(selected.name()).isEqualTo("pets");
    assertThat(selected.features().get(0, 0)).isEqualTo(5);
    ClassTarget target = (ClassTarget) selected.target();
    assertThat(target.rows()).isEqualTo(2);
    assertThat(target.classOf(0)).isEqualTo(1);
    assertThat(target.classOf(1)).isZero();
    assertThat(target.names()).containsExactly("cat", "dog", "eel");
    assertThat(target.counts()).containsExactly(1, 1, 0);
  }

  @Test
  void selectsNumbers() {
    NumberTarget target = new NumberTarget(new double[] {1.5, 2.5, 3.5}, "price");
    NumberTarget selected = target.select(new int[] {2, 2, 0});
    assertThat(selected.rows()).isEqualTo(3);
    assertThat(selected.name()).isEqualTo("price");
    assertThat(selected.value(0)).isEqualTo(3.5);
    assertThat(selected.value(2)).isEqualTo(1.5);
  }

  @Test
  void refusesPartsThatDoNotFit() {
    assertThatThrownBy(() -> new Dataset("pets", List.of("a"), FEATURES, CLASSES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pets has 2 features and 1 names for them.");
    ClassTarget two = CLASSES.select(new int[] {0, 1});
    assertThatThrownBy(() -> new Dataset("pets", List.of("a", "b"), FEATURES, two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pets has 3 rows of features and 2 of targets: both must have one an example.");
    ImageSize size = new ImageSize(3, 1);
    assertThatThrownBy(() -> new Dataset("pets", List.of("a", "b"), FEATURES, CLASSES, size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pets has 2 features, images of 3 x 1 have 3 pixels.");
  }

  @Test
  void refusesAClassWithoutAName() {
    for (int wrong : new int[] {-1, 2}) {
      assertThatThrownBy(() -> new ClassTarget(new int[] {0, wrong}, List.of("a", "b")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Row 1 has class " + wrong + ", there are 2 classes (0 to 1).");
    }
  }

  @Test
  void namesPixels() {
    ImageSize size = new ImageSize(2, 3);
    assertThat(size.pixels()).isEqualTo(6);
    assertThat(size.pixelNames())
        .containsExactly("pixel1", "pixel2", "pixel3", "pixel4", "pixel5", "pixel6");
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

  @Test
  void encodesClassesAsRowsWithASingleOne() {
    assertThat(OneHot.encode(CLASSES)).containsExactly(0, 1, 0, 1, 0, 0, 0, 1, 0);
  }

  @Test
  void theCauseOfInvalidDataIsKept() {
    Exception cause = new IllegalStateException("why");
    assertThat(new InvalidDataException("what", cause)).hasMessage("what").hasCause(cause);
  }
}
