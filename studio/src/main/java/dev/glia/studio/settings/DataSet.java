package dev.glia.studio.settings;

import dev.glia.reading.Reading;
import dev.glia.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * A data set that was made or read.
 *
 * @param table its rows
 * @param reading how the file was read; null where there is none
 */
record DataSet(Table table, @Nullable Reading reading) {

  static DataSet of(Table table) {
    return new DataSet(table, null);
  }
}
