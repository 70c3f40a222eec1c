package dev.glia.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.SharedFolder;
import dev.glia.table.Categories;
import dev.glia.table.ImageSize;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {

  private static final List<String> TWO = List.of("no", "yes");

  @TempDir Path folder;

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> IdxFolder.read(folder, "pets", TWO))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(message.replace("FOLDER", folder.toString()));
  }

  private static int[] classes(Table data) {
    Categories target = (Categories) data.target();
    return IntStream.range(0, data.rows()).map(target::code).toArray();
  }

  @Test
  void filesMayLieWhereTorchvisionPutsThem() throws IOException {
    for (String inner : List.of("raw", "MNIST/raw")) {
      Path root = Files.createDirectories(folder.resolve("of " + inner.replace('/', ' ')));
      Path raw = Files.createDirectories(root.resolve(inner));
      Files.write(raw.resolve("train-images-idx3-ubyte"), IdxFiles.images(2, 1, 2, 0));
      Files.write(raw.resolve("train-labels-idx1-ubyte"), IdxFiles.labels(0, 1));
      assertThat(classes(IdxFolder.read(root))).containsExactly(0, 1);
      assertThat(IdxFolder.read(root).name()).isEqualTo(root.getFileName().toString());
    }
  }

  @Test
  void emnistHasLettersForClassesAndStandsUpright() throws IOException {
    write("emnist-letters-train-images-idx3-ubyte.gz", IdxFiles.gzip(IdxFiles.images(2, 2, 2, 0)));
    write("emnist-letters-train-labels-idx1-ubyte.gz", IdxFiles.gzip(IdxFiles.labels(1, 26)));
    write("emnist-letters-test-images-idx3-ubyte", IdxFiles.images(1, 2, 2, 8));
    write("emnist-letters-test-labels-idx1-ubyte", IdxFiles.labels(2));
    write("emnist-letters-mapping.txt", new byte[0]);

    Table data = IdxFolder.read(folder);

    List<String> letters = ((Categories) data.target()).levels();
    assertThat(letters).hasSize(26).startsWith("A", "B").endsWith("Z");
    assertThat(classes(data)).containsExactly(0, 25, 1);
    assertThat(
            IntStream.range(0, 4).mapToObj(pixel -> (int) data.features().get(1, pixel)).toList())
        .containsExactly(4, 6, 5, 7);

    write("emnist-digits-train-images-idx3-ubyte", IdxFiles.images(2, 2, 2, 0));
    assertThatThrownBy(() -> IdxFolder.read(folder))
        .hasMessage(
            folder
                + " holds the files of several sets, emnist-digits, emnist-letters: put those of one into a folder of their own.");
  }

  @Test
  void theTrainPartComesFirst() throws IOException {
    write("t10k-images-idx3-ubyte.gz", IdxFiles.gzip(IdxFiles.images(1, 1, 2, 100)));
    write("t10k-labels-idx1-ubyte", IdxFiles.labels(1));
    write("train-images-idx3-ubyte", IdxFiles.images(2, 1, 2, 0));
    write("train-labels.idx1-ubyte.gz", IdxFiles.gzip(IdxFiles.labels(3, 0)));
    assertThat(IdxFolder.isOne(folder)).isTrue();
    Table data = IdxFolder.read(folder);
    assertThat(data.name()).isEqualTo(folder.getFileName().toString());
    assertThat(data.image()).isEqualTo(new ImageSize(2, 1));
    assertThat(data.featureNames()).containsExactly("pixel1", "pixel2");
    assertThat(classes(data)).containsExactly(3, 0, 1);
    assertThat(((Categories) data.target()).levels()).containsExactly("0", "1", "2", "3");
    assertThat(data.features().get(1, 1)).isEqualTo(3);
    assertThat(data.features().get(2, 0)).isEqualTo(100);
    float[] floats = new float[6];
    double[] doubles = new double[2];
    for (int row = 0; row < 3; row++) {
      data.features().copyRow(row, floats, 2 * row);
      data.features().copyRow(row, doubles);
      assertThat(doubles[1]).isEqualTo(floats[2 * row + 1]).isEqualTo(doubles[0] + 1);
    }
    assertThat(floats).containsExactly(0, 1, 2, 3, 100, 101);
  }

  @Test
  void theFirstFaultIsTold() throws IOException {
    write("train-images-idx3-ubyte", IdxFiles.images(2, 1, 2, new byte[3]));
    write("train-labels-idx1-ubyte", IdxFiles.labels(0, 1));
    write("t10k-images-idx3-ubyte", IdxFiles.images(1, 1, 2, 0));
    assertRefused(
        "FOLDER/train-images-idx3-ubyte: its header promises 2 images (4 bytes), only 3 bytes "
            + "follow. Copy or download it again.");
  }

  @Test
  void onePairIsEnough() throws IOException {
    write("t10k-images-idx3-ubyte", IdxFiles.images(2, 1, 2, 0));
    write("t10k-labels-idx1-ubyte", IdxFiles.labels(0, 1));
    Table data = IdxFolder.read(folder, "pets", TWO);
    assertThat(data.name()).isEqualTo("pets");
    assertThat(data.rows()).isEqualTo(2);
    assertThat(((Categories) data.target()).levels()).isEqualTo(TWO);
  }

  @Test
  void aMissingFileOfAPairIsNamed() throws IOException {
    write("train-images-idx3-ubyte.gz", IdxFiles.gzip(IdxFiles.images(2, 1, 2, 0)));
    assertRefused(
        "FOLDER has no file train-labels-idx1-ubyte (or train-labels-idx1-ubyte.gz), "
            + "which belongs to train-images-idx3-ubyte.gz: put it there.");
    Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
    write("train-labels-idx1-ubyte", IdxFiles.labels(0, 1));
    assertRefused(
        "FOLDER has no file train-images-idx3-ubyte (or train-images-idx3-ubyte.gz), "
            + "which belongs to train-labels-idx1-ubyte: put it there.");
  }

  @Test
  void countsMustAgree() throws IOException {
    write("train-images-idx3-ubyte", IdxFiles.images(2, 1, 2, 0));
    write("train-labels-idx1-ubyte", IdxFiles.labels(0, 1, 1));
    assertRefused(
        "FOLDER/train-images-idx3-ubyte has 2 images and train-labels-idx1-ubyte has 3 labels: "
            + "there must be one label an image.");
  }

  @Test
  void aLabelWithoutANameIsRefused() throws IOException {
    write("train-images-idx3-ubyte", IdxFiles.images(2, 1, 2, 0));
    write("train-labels-idx1-ubyte", IdxFiles.labels(0, 2));
    assertRefused(
        "FOLDER/train-labels-idx1-ubyte: label 1 (counted from 0) is 2, pets has the labels 0 to "
            + "1.");
  }

  @Test
  void imagesMustBeEquallyLarge() throws IOException {
    write("train-images-idx3-ubyte", IdxFiles.images(2, 1, 2, 0));
    write("train-labels-idx1-ubyte", IdxFiles.labels(0, 1));
    write("t10k-images-idx3-ubyte", IdxFiles.images(1, 2, 1, 0));
    write("t10k-labels-idx1-ubyte", IdxFiles.labels(0));
    assertRefused(
        "FOLDER/t10k-images-idx3-ubyte has images of 1 x 2 pixels, train-images-idx3-ubyte of "
            + "2 x 1: all must be equally large.");
  }

  @Test
  void aFolderWithoutIdxFilesIsRefused() throws IOException {
    assertThat(IdxFolder.isOne(folder)).isFalse();
    assertRefused(
        "FOLDER holds no IDX files: expected train-images-idx3-ubyte and train-labels-idx1-ubyte"
            + " (or t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte), with or without .gz.");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> IdxFolder.read(missing))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(missing + " does not exist. A folder with IDX files was expected there.");
    Path file = Files.write(folder.resolve("file"), new byte[1]);
    assertThatThrownBy(() -> IdxFolder.read(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(file + " is not a folder. A folder with IDX files was expected there.");
  }

  @Test
  void readsTheRealMnist() throws IOException {
    Path mnist = SharedFolder.mnist();
    for (RemoteFile file : Mnist.images().files()) {
      assertThat(Checksum.complaint(mnist.resolve(file.name() + ".gz"), file)).isNull();
    }
    Table data = IdxFolder.read(mnist, "mnist", Mnist.images().classNames());
    assertThat(data.rows()).isEqualTo(70_000);
    assertThat(data.image()).isEqualTo(new ImageSize(28, 28));
    assertThat(classes(data)).startsWith(5, 0, 4, 1, 9);
    assertThat(classes(data.select(IntStream.range(60_000, 60_005).toArray())))
        .containsExactly(7, 2, 1, 0, 4);
    // The class counts of OpenML's mnist_784.
    assertThat(((Categories) data.target()).counts())
        .containsExactly(6903, 7877, 6990, 7141, 6824, 6313, 6876, 7293, 6825, 6958);
    assertThat(data.features().get(0, 5 * 28 + 12)).isEqualTo(3); // the first ink of the first 5
  }
}
