package dev.glia.reading;

import dev.glia.table.Table;
import java.io.IOException;
import java.util.List;

/**
 * A table that was read, and what was found and done on the way.
 *
 * @param table the rows and columns to learn from
 * @param columns what became of each column of the file, in its order
 * @param remarks a line for each guess and for all that was left out, with what overrules it
 */
public record Reading(Table table, List<ReadColumn> columns, List<String> remarks) {

  /** Keeps copies. */
  public Reading {
    columns = List.copyOf(columns);
    remarks = List.copyOf(remarks);
  }

  /**
   * Makes a table of what a file has.
   *
   * @throws dev.glia.table.InvalidDataException if there is nothing to learn from, saying what to
   *     do
   * @throws IOException if reading fails
   */
  public static Reading of(RawTable raw, ReadingOptions options) throws IOException {
    return new Guesses(raw, options).reading();
  }
}
