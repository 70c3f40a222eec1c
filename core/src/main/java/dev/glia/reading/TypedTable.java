package dev.glia.reading;

import dev.glia.internal.text.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table from a file that says what its columns hold.
 *
 * <p>Its columns of texts must have kept the texts of numbers, as nothing is read again.
 *
 * @param file its name, for sentences
 * @param title what the table is called
 * @param columns in order, all of as many rows
 * @param remarks what has been found and done so far, a line each
 * @param named whether the file names its columns
 * @param targets names of the columns that are to be predicted where nobody says otherwise; none:
 *     as in any table
 */
public record TypedTable(
    String file,
    String title,
    List<RawColumn> columns,
    List<String> remarks,
    boolean named,
    List<String> targets)
    implements RawTable {

  /** Keeps copies. */
  public TypedTable {
    columns = List.copyOf(columns);
    remarks = List.copyOf(remarks);
    targets = List.copyOf(targets);
  }

  /** What the table in a file is called: the file's name without folder and ending. */
  public static String title(Path file) {
    Path last = file.toAbsolutePath().normalize().getFileName();
    String name = last == null ? "data" : last.toString();
    if (name.toLowerCase(Locale.ROOT).endsWith(".gz")) {
      name = name.substring(0, name.length() - 3);
    }
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  @Override
  public char separator() {
    return ',';
  }

  @Override
  public List<RawColumn> asTexts(Set<Integer> numbers) {
    return columns;
  }

  @Override
  public String place(int row) {
    return "row " + Format.count(row + 1L);
  }
}
