package dev.glia.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.metric.Scores;
import dev.glia.table.InvalidDataException;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

  @TempDir Path folder;

  private static EpochFinished epoch(int number, Scores train, @Nullable Scores test) {
    return new EpochFinished(
        number,
        number * 10L,
        train,
        test,
        0.5,
        () -> {
          throw new AssertionError("nobody asks");
        });
  }

  @Test
  void whatIsWrittenReadsBackAsTheSameNumbers() throws IOException {
    Scores train = Scores.ofClasses(1 / 3.0, 0.75);
    Scores test = Scores.ofClasses(Double.MIN_VALUE, 0.5);
    List<EpochFinished> epochs =
        List.of(epoch(0, train, test), epoch(50, Scores.ofClasses(Double.NaN, 1.0), test));
    Path file = folder.resolve("history.csv");
    HistoryFile.write(epochs, file);
    assertThat(file)
        .hasContent(
            """
            epoch,loss,accuracy,val_loss,val_accuracy,seconds
            0,0.3333333333333333,0.75,4.9E-324,0.5,0.5
            50,NaN,1.0,4.9E-324,0.5,0.5
            """);
    List<EpochFinished> back = HistoryFile.read(file);
    assertThat(back).extracting(EpochFinished::epoch).containsExactly(0, 50);
    assertThat(back).extracting(EpochFinished::train).containsExactly(train, epochs.get(1).train());
    assertThat(back).extracting(EpochFinished::validation).containsExactly(test, test);
  }

  @Test
  void aRegressionHasR2AndAnErrorAndMayHaveNoRowsKeptBack() throws IOException {
    EpochFinished epoch = epoch(3, Scores.ofNumbers(2, -0.5, 1234.5), null);
    assertThat(HistoryFile.text(List.of(epoch)))
        .isEqualTo("epoch,loss,r2,mae,seconds\n3,2.0,-0.5,1234.5,0.5\n");
    Path file = Files.writeString(folder.resolve("h.csv"), HistoryFile.text(List.of(epoch)));
    assertThat(HistoryFile.read(file).getFirst().validation()).isNull();
    assertThat(HistoryFile.read(file).getFirst().train()).isEqualTo(epoch.train());
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path file = Files.write(folder.resolve("h.csv"), new byte[] {(byte) 0xff, 0, 10});
    assertThatThrownBy(() -> HistoryFile.read(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("is no history");
    Files.writeString(file, "epoch,loss\n1\n");
    assertThatThrownBy(() -> HistoryFile.read(file)).hasMessageContaining("line 2: expected 2");
    Files.writeString(file, "epoch,loss\n1,x\n");
    assertThatThrownBy(() -> HistoryFile.read(file)).hasMessageContaining("loss is \"x\"");
  }
}
