package dev.glia.cli.terminal;

import dev.glia.internal.text.ShownText;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns: the first column left-aligned, the others as they were declared. */
public final class TextTable {

  /** A label or a column's name from a file may have any length. */
  private static final int WIDEST = 100;

  private final boolean[] right; // [columns]
  private final List<String[]> rows = new ArrayList<>();

  /** A table with a header; a header that starts with > marks a column to be right-aligned. */
  public TextTable(String... header) {
    right = new boolean[header.length];
    String[] names = new String[header.length];
    for (int column = 0; column < header.length; column++) {
      right[column] = header[column].startsWith(">");
      names[column] = right[column] ? header[column].substring(1) : header[column];
    }
    rows.add(names);
  }

  /** Adds a row. */
  public TextTable row(Object... cells) {
    String[] texts = new String[right.length];
    for (int column = 0; column < texts.length; column++) {
      texts[column] = ShownText.shortened(String.valueOf(cells[column]), WIDEST);
    }
    rows.add(texts);
    return this;
  }

  /** The lines, header first. */
  public List<String> lines() {
    int[] widths = new int[right.length];
    for (String[] row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String padding = " ".repeat(widths[column] - row[column].length());
        line.append(column == 0 ? "" : "  ");
        line.append(right[column] ? padding + row[column] : row[column] + padding);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
