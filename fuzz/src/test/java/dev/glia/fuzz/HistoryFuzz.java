package dev.glia.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glia.training.HistoryFile;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code history.csv}: its figures are written and read back the same. */
public final class HistoryFuzz {

  private HistoryFuzz() {}

  /** An input is the file. */
  public static void fuzzerTestOneInput(byte[] input) {
    Path file = Scratch.file("history.csv", input);
    Reading.of(input.length, () -> HistoryFile.read(file)).ifPresent(HistoryFuzz::check);
  }

  private static void check(List<EpochFinished> epochs) {
    Path written = Scratch.file("written.csv", HistoryFile.text(epochs).getBytes(UTF_8));
    List<EpochFinished> again = Reading.again(() -> HistoryFile.read(written));
    Reading.checkSame("The history", figures(epochs), figures(again));
  }

  private static List<Map<String, Object>> figures(List<EpochFinished> epochs) {
    return epochs.stream().map(HistoryFile::fields).toList();
  }
}
