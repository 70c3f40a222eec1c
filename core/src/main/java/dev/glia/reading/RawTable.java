package dev.glia.reading;

import dev.glia.table.Column;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table as its file has it, before anything is guessed: a {@link Reading} makes a {@link
 * dev.glia.table.Table} of it. A format of files that is to be read implements this.
 */
public interface RawTable {

  /**
   * A column of a file.
   *
   * @param name what it is called; empty where the file gives it no name
   * @param texts its texts; null where the file says what it holds
   * @param known what it holds; null where there are texts
   */
  record RawColumn(String name, @Nullable TextColumn texts, @Nullable Column known) {

    /** A column of texts, of which nothing is known. */
    public static RawColumn of(String name, TextColumn texts) {
      return new RawColumn(name, texts, null);
    }

    /** A column of which the file says what it holds. */
    public static RawColumn of(Column known) {
      return new RawColumn(known.name(), null, known);
    }
  }

  /** The file's name, for sentences. */
  String file();

  /** What the table is called: the file's name without folder and ending. */
  String title();

  /** The columns in order, all of as many rows. */
  List<RawColumn> columns();

  /** What has been found and done so far, a line each. */
  List<String> remarks();

  /** What parts the fields of a row; a comma where nothing does. */
  char separator();

  /** Whether the file names its columns; where not, a sentence calls them by their places. */
  boolean named();

  /**
   * Names of the columns that the file itself says are to be predicted; none where it does not, as
   * most formats.
   */
  default List<String> targets() {
    return List.of();
  }

  /**
   * Reads some columns again, keeping the texts of numbers, too.
   *
   * @param numbers of the columns, from 0
   * @return one for each of {@link #columns}; those that were not asked for may be as before
   * @throws IOException if reading fails
   */
  List<RawColumn> asTexts(Set<Integer> numbers) throws IOException;

  /**
   * Where a row stands in the file, such as {@code line 17}.
   *
   * @param row from 0
   * @throws IOException if reading fails
   */
  String place(int row) throws IOException;
}
