package dev.glia.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glia.plot.canvas.Box;
import dev.glia.plot.canvas.Canvas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureFileTest {

  @TempDir Path folder;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void theEndingChoosesTheFormat() throws IOException {
    Samples.loss().write(folder.resolve("loss.png"));
    Samples.loss().write(folder.resolve("loss.SVG"));

    assertThat(ImageIO.read(folder.resolve("loss.png").toFile()).getWidth()).isEqualTo(1360);
    assertThat(Files.readString(folder.resolve("loss.SVG"))).startsWith("<svg ");
    assertThat(files()).hasSize(2);
  }

  @Test
  void parentFoldersAreCreated() throws IOException {
    Path file = folder.resolve("runs/moons/loss.svg");

    Samples.loss().write(file);

    assertThat(file).isNotEmptyFile();
  }

  @Test
  void anOlderPictureIsReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("loss.svg"), "old");

    Samples.loss().write(file);

    assertThat(file).content().startsWith("<svg ");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void otherEndingsAreRefusedWithTheOnesThatWork() throws IOException {
    for (String name : List.of("loss.jpg", "loss", "png", "loss.png.txt")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Samples.loss().write(folder.resolve(name)))
          .withMessageContaining("must end in .png or .svg")
          .withMessageContaining(name);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void aFolderThatIsAFileIsNamedInTheSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "kept");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Samples.loss().write(file.resolve("loss.png")))
        .withMessageContaining("Cannot write")
        .withMessageContaining("notes.txt is a file, not a folder");
    assertThat(file).hasContent("kept");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void aNameThatIsAFolderIsRefused() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("loss.png"));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Samples.loss().write(taken))
        .withMessageContaining("it is a folder");
    assertThat(files()).containsExactly(taken);
  }

  @Test
  void aPlaceWhereNothingCanBeCreatedGivesASentence() {
    // Refused even to the root user, as whom tests often run in containers.
    assumeTrue(Files.isDirectory(Path.of("/proc/self")));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Samples.loss().write(Path.of("/proc/loss.png")))
        .withMessageStartingWith("Cannot write /proc/loss.png: ")
        .withMessageEndingWith(". Choose a place that can be written.")
        .withMessageNotContaining(".glia-"); // the draft's name would only confuse
  }

  @Test
  void aFigureThatFailsLeavesTheOldPictureAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("loss.png"), "old");
    Figure failing =
        new Figure() {
          @Override
          public String title() {
            return "Fails";
          }

          @Override
          public double width() {
            return 10;
          }

          @Override
          public double height() {
            return 10;
          }

          @Override
          public void draw(Canvas canvas, Box box) {
            throw new IllegalStateException("half-way");
          }
        };

    assertThatIllegalStateException().isThrownBy(() -> failing.write(file));

    assertThat(file).hasContent("old");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void aPngBeyondAllMemoryIsRefusedWithASentence() {
    LabelledImage dot = new LabelledImage(GreyImage.of(1, 1, new float[1], 0, 1), "0");
    Figure tower = DigitGrid.of("", Collections.nCopies(1000, dot)).withColumns(1);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> tower.write(folder.resolve("tower.png")))
        .withMessageContaining("too large");
    assertThat(folder).isEmptyDirectory();
  }
}
