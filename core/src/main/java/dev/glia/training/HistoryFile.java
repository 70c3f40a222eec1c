package dev.glia.training;

import dev.glia.internal.io.WholeFile;
import dev.glia.internal.text.OutsideText;
import dev.glia.metric.Scores;
import dev.glia.table.InvalidDataException;
import dev.glia.training.TrainingEvent.EpochFinished;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The history of a training as CSV: a line for each logged epoch, columns named as in Keras. */
public final class HistoryFile {

  private HistoryFile() {}

  /** The figures of an epoch by their columns' names, in the columns' order. */
  public static Map<String, Object> fields(EpochFinished epoch) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epoch", epoch.epoch());
    fields.putAll(epoch.train().named(""));
    if (epoch.validation() != null) {
      fields.putAll(epoch.validation().named("val_"));
    }
    fields.put("seconds", epoch.seconds());
    return fields;
  }

  /** What {@link #write} writes. */
  public static String text(List<EpochFinished> epochs) {
    StringBuilder text = new StringBuilder();
    text.append(String.join(",", fields(epochs.getFirst()).keySet())).append('\n');
    for (EpochFinished epoch : epochs) {
      text.append(String.join(",", fields(epoch).values().stream().map(String::valueOf).toList()));
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Writes the epochs, of which there is at least one.
   *
   * @throws IOException if the file can't be written; then it is as it was before
   */
  public static void write(List<EpochFinished> epochs, Path file) throws IOException {
    byte[] bytes = text(epochs).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(file, out -> out.write(bytes));
  }

  /**
   * Reads what {@link #write} wrote; updates and seconds are 0, and there are neither networks nor
   * metrics that were asked for.
   *
   * @throws InvalidDataException if it is something else
   * @throws IOException if it can't be read
   */
  public static List<EpochFinished> read(Path file) throws IOException {
    // Latin-1 takes any bytes: a file of another kind gets the sentence below.
    List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    List<String> header = lines.isEmpty() ? List.of() : Arrays.asList(lines.getFirst().split(","));
    if (!header.contains("epoch") || !header.contains("loss") || lines.size() < 2) {
      throw new InvalidDataException(
          file + " is no history of a training: expected a history.csv that glia train wrote.");
    }
    List<EpochFinished> epochs = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      List<String> fields = List.of(lines.get(i).split(",", -1));
      if (fields.size() != header.size()) {
        throw new InvalidDataException(
            "%s, line %d: expected %d fields, got %d."
                .formatted(file, i + 1, header.size(), fields.size()));
      }
      Row row = new Row(file, i + 1, header, fields);
      epochs.add(
          new EpochFinished(
              (int) row.number("epoch"),
              0,
              row.scores(""),
              header.contains("val_loss") ? row.scores("val_") : null,
              0,
              () -> {
                throw new IllegalStateException("A history holds no networks.");
              }));
    }
    return epochs;
  }

  private record Row(Path file, int line, List<String> header, List<String> fields) {
    double number(String column) throws InvalidDataException {
      String text = fields.get(header.indexOf(column));
      try {
        return OutsideText.number(text);
      } catch (NumberFormatException e) {
        throw new InvalidDataException(
            "%s, line %d: %s is %s, expected a number."
                .formatted(file, line, column, OutsideText.quoted(text)),
            e);
      }
    }

    Scores scores(String prefix) throws InvalidDataException {
      return new Scores(
          number(prefix + "loss"),
          optional(prefix + "accuracy"),
          optional(prefix + "r2"),
          optional(prefix + "mae"),
          List.of());
    }

    private @Nullable Double optional(String column) throws InvalidDataException {
      return header.contains(column) ? number(column) : null;
    }
  }
}
