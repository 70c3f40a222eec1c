package dev.glia.source;

import dev.glia.table.Table;

/** A data set that is made, not read: the same settings give the same rows. */
public interface Generator {

  /** Makes the rows. */
  Table generate();
}
