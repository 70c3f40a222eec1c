package dev.glia.format;

import dev.glia.table.InvalidDataException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of an ARFF file that say something: neither empty nor comments. */
final class ArffLines implements AutoCloseable {

  private static final int LONGEST = 1 << 24; // characters of a line
  private static final int GZIP = 0x1F8B;

  private final Path file;
  private final Reader reader;
  private final StringBuilder line = new StringBuilder();
  private int number;
  private boolean ended;

  private ArffLines(Path file, Reader reader) {
    this.file = file;
    this.reader = reader;
  }

  /** Decodes strictly: what is not in the encoding is an exception. */
  static ArffLines open(Path file, Charset charset) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidDataException(
          file
              + (Files.exists(file) ? " is not a file." : " does not exist.")
              + " An ARFF file was expected there.");
    }
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      bytes.mark(2);
      int first = bytes.read() << 8 | bytes.read();
      bytes.reset();
      InputStream unpacked = first == GZIP ? new GZIPInputStream(bytes, 1 << 16) : bytes;
      return new ArffLines(
          file,
          new BufferedReader(
              new InputStreamReader(
                  unpacked,
                  charset
                      .newDecoder()
                      .onMalformedInput(CodingErrorAction.REPORT)
                      .onUnmappableCharacter(CodingErrorAction.REPORT))));
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** The next line without blanks around it; null at the end. */
  @Nullable String next() throws IOException {
    while (!ended) {
      String text = readLine().strip();
      if (number == 1 && text.startsWith("\uFEFF")) {
        text = text.substring(1).strip();
      }
      if (!text.isEmpty() && text.charAt(0) != '%') {
        return text;
      }
    }
    return null;
  }

  /** The number of the line that {@link #next} gave, from 1. */
  int number() {
    return number;
  }

  private String readLine() throws IOException {
    line.setLength(0);
    number++;
    int c;
    while ((c = reader.read()) >= 0 && c != '\n') {
      if (line.length() == LONGEST) {
        throw new InvalidDataException(
            "%s, line %d has more than %,d characters: an ARFF file with a row a line was expected."
                .formatted(file, number, LONGEST));
      }
      line.append((char) c);
    }
    ended = c < 0;
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
