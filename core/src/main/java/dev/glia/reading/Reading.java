package dev.glia.reading;

import dev.glia.table.InvalidDataException;
import dev.glia.table.Table;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that was read, and what was found and done on the way.
 *
 * @param table the rows and columns to learn from
 * @param columns what became of each column of the file, in its order
 * @param remarks a line for each guess and for all that was left out, with what overrules it
 * @param problem why nothing can be learnt of what is to be predicted, and what to do; null if
 *     something may be
 */
public record Reading(
    Table table, List<ReadColumn> columns, List<String> remarks, @Nullable String problem) {

  /** Keeps copies. */
  public Reading {
    columns = List.copyOf(columns);
    remarks = List.copyOf(remarks);
  }

  /**
   * The table, if something can be learnt from it.
   *
   * @throws InvalidDataException with the {@link #problem} if there is one
   */
  public Table toLearn() throws InvalidDataException {
    if (problem != null) {
      throw new InvalidDataException(problem);
    }
    return table;
  }

  /**
   * Makes a table of what a file has.
   *
   * @throws InvalidDataException if there is nothing to learn from, saying what to do
   * @throws IOException if reading fails
   */
  public static Reading of(RawTable raw, ReadingOptions options) throws IOException {
    return new Guesses(raw, options).reading();
  }
}
