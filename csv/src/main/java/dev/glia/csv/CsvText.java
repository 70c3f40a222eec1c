package dev.glia.csv;

import dev.glia.table.InvalidDataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the text of a CSV file comes from: a file, or somebody who has read it already.
 *
 * @param name what messages call it
 * @param file null if the text is here
 * @param text null if it is in the file
 */
record CsvText(String name, @Nullable Path file, @Nullable String text) {

  static CsvText of(Path file) {
    return new CsvText(file.toString(), file, null);
  }

  static CsvText of(String name, String text) {
    return new CsvText(name, null, text);
  }

  void checkExists() throws InvalidDataException {
    if (file != null && !Files.isRegularFile(file)) {
      throw new InvalidDataException(
          file
              + (Files.exists(file) ? " is not a file." : " does not exist.")
              + " A CSV file was expected there.");
    }
  }

  /** Decodes a file strictly, where FastCSV would put a mark in place of what is not UTF-8. */
  BufferedReader open() throws IOException {
    if (file != null) {
      return Files.newBufferedReader(file);
    }
    return new BufferedReader(new StringReader(text == null ? "" : text));
  }

  /** The name without folder and ending. */
  String title() {
    Path path = Path.of(name).getFileName();
    String last = path == null ? name : path.toString();
    int dot = last.lastIndexOf('.');
    return dot > 0 ? last.substring(0, dot) : last;
  }

  @Override
  public String toString() {
    return name;
  }
}
