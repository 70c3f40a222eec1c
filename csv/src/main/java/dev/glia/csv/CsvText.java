package dev.glia.csv;

import dev.glia.table.InvalidDataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the text of a CSV file comes from: a file, or somebody who has read it already.
 *
 * @param name what messages call it
 * @param file null if the text is here
 * @param text null if it is in the file
 */
record CsvText(String name, @Nullable Path file, @Nullable String text) {

  private static final String NO_TEXT = "is not text in UTF-8: save it in that encoding.";

  /** What files begin with that are often taken for CSV files, each byte a character. */
  private static final Map<String, String> KINDS =
      Map.of(
          "\u001f\u008b", "is compressed by gzip: unpack it first.",
          "PK\u0003\u0004", "is a zip archive, as spreadsheets are: unpack it, or save it as CSV.",
          "\u00d0\u00cf\u0011\u00e0", "is an old spreadsheet: save it as CSV.",
          "\u0089PNG", "is a picture: CSV files are read, and folders of IDX files.",
          "\u00ff\u00d8\u00ff", "is a picture: CSV files are read, and folders of IDX files.",
          "\u00ff\u00fe", "is text in UTF-16: save it in UTF-8.",
          "\u00fe\u00ff", "is text in UTF-16: save it in UTF-8.");

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

  /** Why a file is not text in UTF-8, by what it begins with: the end of a sentence. */
  String kind() throws IOException {
    if (file == null) {
      return NO_TEXT;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(8), StandardCharsets.ISO_8859_1);
      return KINDS.entrySet().stream()
          .filter(known -> start.startsWith(known.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(NO_TEXT);
    }
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
