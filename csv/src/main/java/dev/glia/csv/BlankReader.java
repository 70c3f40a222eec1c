package dev.glia.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/**
 * A text whose fields are parted by runs of blanks, made one with a single blank between them: what
 * stands in quotes stays as it is, blanks around a line go.
 */
final class BlankReader extends Reader {

  private final BufferedReader text;
  private String line = "";
  private int at;

  BlankReader(BufferedReader text) {
    this.text = text;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (at == line.length()) {
      String next = text.readLine();
      if (next == null) {
        return -1;
      }
      line = single(next) + "\n";
      at = 0;
    }
    int count = Math.min(length, line.length() - at);
    line.getChars(at, at + count, buffer, offset);
    at += count;
    return count;
  }

  private static String single(String line) {
    StringBuilder single = new StringBuilder();
    boolean quoted = false;
    boolean gap = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (!quoted && (c == ' ' || c == '\t')) {
        gap = !single.isEmpty();
        continue;
      }
      if (gap) {
        single.append(' ');
        gap = false;
      }
      quoted ^= c == '"';
      single.append(c);
    }
    return single.toString();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
